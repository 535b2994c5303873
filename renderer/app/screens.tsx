import { Loader } from '@mantine/core';
import { IconCertificate, IconFolders, IconGauge, IconHistory, IconHome, IconListCheck, IconRoute, IconSearch, IconSettings, IconStethoscope, IconUsers } from '@tabler/icons-react';
import { type ComponentType, lazy, type LazyExoticComponent, type ReactNode, Suspense } from 'react';

import { hasRight, type Right, type Role } from '../../shared/domain/rights';
import { PageHead } from '../components/page-head';
import { DossierTrail } from './dossier-trail';
import type { Screen, ScreenName } from './navigation';

/**
 * A screen is read when it is first opened: what a feature weighs is not paid at sign-in. Its own file is
 * named, not the feature's door, through which others take parts that would then come with the whole.
 */
function onDemand<P>(read: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await read() }));
}

const AccountScreen = onDemand(async () => (await import('../features/account/account-screen')).AccountScreen);
const AgentsScreen = onDemand(async () => (await import('../features/agents/agents-screen')).AgentsScreen);
const BatchesScreen = onDemand(async () => (await import('../features/batches/batches-screen')).BatchesScreen);
const BatchScreen = onDemand(async () => (await import('../features/batches/batch-screen')).BatchScreen);
const NewBatchScreen = onDemand(async () => (await import('../features/batches/new-batch-screen')).NewBatchScreen);
const CompanySheet = onDemand(async () => (await import('../features/company/company-sheet')).CompanySheet);
const DiagnosticsScreen = onDemand(async () => (await import('../features/diagnostics/diagnostics-screen')).DiagnosticsScreen);
const DocumentsScreen = onDemand(async () => (await import('../features/documents/documents-screen')).DocumentsScreen);
const DossierScreen = onDemand(async () => (await import('../features/dossiers/dossier-screen')).DossierScreen);
const DossiersScreen = onDemand(async () => (await import('../features/dossiers/dossiers-screen')).DossiersScreen);
const FirstStepsScreen = onDemand(async () => (await import('../features/first-steps/first-steps-screen')).FirstStepsScreen);
const HabilitationScreen = onDemand(async () => (await import('../features/habilitations/habilitation-screen')).HabilitationScreen);
const HabilitationsScreen = onDemand(async () => (await import('../features/habilitations/habilitations-screen')).HabilitationsScreen);
const HomeScreen = onDemand(async () => (await import('../features/home/home-screen')).HomeScreen);
const JournalScreen = onDemand(async () => (await import('../features/journal/journal-screen')).JournalScreen);
const PieceListsScreen = onDemand(async () => (await import('../features/dossiers/piece-lists-screen')).PieceListsScreen);
const ProblemReportScreen = onDemand(async () => (await import('../features/problem-report/problem-report-screen')).ProblemReportScreen);
const QuotaScreen = onDemand(async () => (await import('../features/quota/quota-screen')).QuotaScreen);
const ComparisonScreen = onDemand(async () => (await import('../features/supplied/comparison-screen')).ComparisonScreen);
const RetentionScreen = onDemand(async () => (await import('../features/retention/retention-screen')).RetentionScreen);
const SuppliedFiles = onDemand(async () => (await import('../features/supplied/supplied-files')).SuppliedFiles);
const SearchScreen = onDemand(async () => (await import('../features/search/search-screen')).SearchScreen);
const SettingsScreen = onDemand(async () => (await import('../features/settings/settings-screen')).SettingsScreen);

interface MenuEntry {
  readonly screen: Screen;
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
  /** Null: everybody signed in. */
  readonly right: Right | null;
}

/** Entries of the left menu and of the command palette, in their order. */
const menu: readonly MenuEntry[] = [
  { screen: { name: 'home' }, label: 'Accueil', icon: IconHome, right: null },
  { screen: { name: 'dossiers' }, label: 'Dossiers', icon: IconFolders, right: 'dossiers.read' },
  { screen: { name: 'search' }, label: 'Rechercher', icon: IconSearch, right: 'consult' },
  { screen: { name: 'batches' }, label: 'Lots', icon: IconListCheck, right: 'batches.run' },
  { screen: { name: 'history' }, label: 'Historique', icon: IconHistory, right: 'journal.own' },
  { screen: { name: 'quota' }, label: 'Quota', icon: IconGauge, right: 'habilitations.read' },
  { screen: { name: 'habilitations' }, label: 'Habilitations', icon: IconCertificate, right: 'habilitations.read' },
  { screen: { name: 'agents' }, label: 'Agents', icon: IconUsers, right: 'agents.manage' },
  { screen: { name: 'first-steps' }, label: 'Premiers pas', icon: IconRoute, right: 'habilitations.read' },
  { screen: { name: 'diagnostics' }, label: 'Diagnostic', icon: IconStethoscope, right: 'diagnostics.read' },
  { screen: { name: 'settings' }, label: 'Réglages', icon: IconSettings, right: null },
];

/** What this role may open. */
export function menuFor(role: Role): readonly MenuEntry[] {
  return menu.filter(({ right }) => right === null || hasRight(role, right));
}

/** Menu entry lit while a screen is shown. */
export const menuOf: Readonly<Record<ScreenName, ScreenName>> = {
  home: 'home',
  dossiers: 'dossiers',
  dossier: 'dossiers',
  company: 'dossiers',
  documents: 'dossiers',
  'piece-lists': 'settings',
  comparison: 'dossiers',
  retention: 'dossiers',
  search: 'search',
  batches: 'batches',
  'new-batch': 'batches',
  batch: 'batches',
  history: 'history',
  quota: 'quota',
  habilitations: 'habilitations',
  habilitation: 'habilitations',
  agents: 'agents',
  'first-steps': 'first-steps',
  account: 'account',
  'problem-report': 'settings',
  diagnostics: 'diagnostics',
  settings: 'settings',
};

type Renderers = { readonly [N in ScreenName]: (screen: Extract<Screen, { name: N }>) => ReactNode };

const renderers: Renderers = {
  home: () => <HomeScreen />,
  dossiers: () => <DossiersScreen />,
  dossier: ({ dossierId, isCopy }) => <DossierScreen key={dossierId} dossierId={dossierId} {...(isCopy === true ? { isCopy } : {})} />,
  company: ({ dossierId, identifier }) => (
    <div className="page">
      <DossierTrail dossierId={dossierId} />
      <CompanySheet key={`${dossierId}/${identifier}`} dossierId={dossierId} identifier={identifier} />
    </div>
  ),
  documents: ({ dossierId }) => (
    <div className="page">
      <DossierTrail dossierId={dossierId} />
      <PageHead title="Documents" summary="Tout ce qui a été téléchargé pour ce dossier, le plus récent d’abord." />
      <DocumentsScreen key={dossierId} dossierId={dossierId} />
      <SuppliedFiles key={`supplied-${dossierId}`} dossierId={dossierId} />
    </div>
  ),
  search: ({ dossierId = null }) => <SearchScreen dossierId={dossierId} />,
  'piece-lists': ({ procedure }) => <PieceListsScreen key={procedure} {...(procedure ? { procedure } : {})} />,
  comparison: ({ dossierId, pieceId }) => (
    <div className="page">
      <DossierTrail dossierId={dossierId} />
      <ComparisonScreen key={pieceId} dossierId={dossierId} pieceId={pieceId} />
    </div>
  ),
  retention: () => (
    <div className="page">
      <PageHead title="Fin de conservation" summary="Les dossiers clos, et le jour où leurs données sont supprimées de ce poste." />
      <RetentionScreen />
    </div>
  ),
  history: ({ tab = 'lines', fromSeq }) => <JournalScreen tab={tab} fromSeq={fromSeq} />,
  batches: () => <BatchesScreen />,
  'new-batch': ({ dossierId = null }) => <NewBatchScreen dossierId={dossierId} />,
  batch: ({ batchId }) => <BatchScreen key={batchId} batchId={batchId} />,
  quota: () => <QuotaScreen />,
  habilitations: () => <HabilitationsScreen />,
  habilitation: ({ habilitationId }) => <HabilitationScreen key={habilitationId} habilitationId={habilitationId} />,
  agents: () => <AgentsScreen />,
  'first-steps': () => <FirstStepsScreen />,
  account: () => <AccountScreen />,
  'problem-report': () => <ProblemReportScreen />,
  diagnostics: () => <DiagnosticsScreen />,
  settings: () => <SettingsScreen />,
};

export function ScreenView({ screen }: { readonly screen: Screen }): ReactNode {
  const render = renderers[screen.name] as (screen: Screen) => ReactNode;
  return <Suspense fallback={<Loader className="screen-wait" aria-label="Ouverture de l’écran" />}>{render(screen)}</Suspense>;
}
