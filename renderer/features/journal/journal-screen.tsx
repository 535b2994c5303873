import { Tabs } from '@mantine/core';
import { IconArchive, IconChartBar, IconFileSearch, IconHistory, IconShieldCheck } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';

import { hasRight, type Right, type Role } from '../../../shared/domain/rights';
import { type HistoryTab, navigate } from '../../app/navigation';
import { useSession } from '../../app/session-store';
import { PageHead } from '../../components/page-head';
import { HistoryPanel } from '../history';
import { AuditPanel } from './audit-panel';
import { RetentionPanel } from './retention-panel';
import { StatisticsPanel } from './statistics-panel';
import { VerifyPanel } from './verify-panel';

interface Tab {
  readonly tab: HistoryTab;
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
  /** One of these is enough. */
  readonly rights: readonly Right[];
  readonly panel: (role: Role, fromSeq: number | undefined) => ReactNode;
}

const tabs: readonly Tab[] = [
  { tab: 'lines', label: 'Lignes', icon: IconHistory, rights: ['journal.own'], panel: (role) => <HistoryPanel role={role} /> },
  { tab: 'verify', label: 'Vérifier', icon: IconShieldCheck, rights: ['journal.own'], panel: (_role, fromSeq) => <VerifyPanel key={fromSeq} fromSeq={fromSeq} /> },
  { tab: 'audit', label: 'Réponse à un contrôle', icon: IconFileSearch, rights: ['journal.own'], panel: () => <AuditPanel /> },
  { tab: 'statistics', label: 'Statistiques', icon: IconChartBar, rights: ['journal.own'], panel: (role) => <StatisticsPanel role={role} /> },
  { tab: 'retention', label: 'Conservation', icon: IconArchive, rights: ['journal.keep'], panel: (role) => <RetentionPanel role={role} /> },
];

/** « Historique »: the lines, their proof, the answer to the operators, the figures and the end of retention. */
export function JournalScreen({ tab, fromSeq }: { readonly tab: HistoryTab; readonly fromSeq?: number | undefined }): ReactNode {
  const role = useSession((state) => state.start?.session?.agent.role);
  if (role === undefined) return null;
  const offered = tabs.filter(({ rights }) => rights.some((right) => hasRight(role, right)));
  return (
    <div className="page page-wide">
      <PageHead
        title="Historique"
        summary={hasRight(role, 'journal.all') ? 'Tout ce qui a été consulté depuis ce poste.' : 'Tout ce que vous avez consulté depuis ce poste.'}
      />
      <Tabs value={tab} onChange={(next) => navigate({ name: 'history', tab: next as HistoryTab })} keepMounted={false} className="tabs-page">
        <Tabs.List mb="lg" aria-label="Parties de l’historique">
          {offered.map(({ tab: value, label, icon: Icon }) => (
            <Tabs.Tab key={value} value={value} leftSection={<Icon size={17} stroke={1.6} aria-hidden />}>{label}</Tabs.Tab>
          ))}
        </Tabs.List>
        {offered.map(({ tab: value, panel }) => <Tabs.Panel key={value} value={value}>{panel(role, fromSeq)}</Tabs.Panel>)}
      </Tabs>
    </div>
  );
}
