import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { formatIdentifier } from '../../shared/domain/identifiers';
import { hasRight, type Role } from '../../shared/domain/rights';
import type { ChannelOutput } from '../../shared/ipc';
import { callMain } from './bridge';
import { navigate } from './navigation';
import { menuFor } from './screens';

type Dossier = ChannelOutput<'dossiers.get'>;
type StoredDocument = ChannelOutput<'documents.list'>[number];

interface Reach {
  readonly dossiers: readonly Dossier[];
  readonly documents: readonly StoredDocument[];
}

/** Dossiers whose documents are listed: those worked on last. */
const RECENT_DOSSIERS = 20;

async function readReach(): Promise<Reach> {
  const { dossiers } = await callMain('dossiers.list', { sort: 'recent', limit: 500 });
  const recent = dossiers.slice(0, RECENT_DOSSIERS);
  const documents = await Promise.all(recent.map(({ id }) => callMain('documents.list', { dossierId: id })));
  return { dossiers, documents: documents.flat() };
}

/** Ctrl+K: every screen, dossier, company and document a few letters away. */
export function CommandPalette({ role }: { readonly role: Role }): ReactNode {
  const [{ dossiers, documents }, setReach] = useState<Reach>({ dossiers: [], documents: [] });
  const read = (): void => {
    if (!hasRight(role, 'dossiers.read')) return;
    // Without the lists the palette still reaches the screens.
    readReach().then(setReach, () => undefined);
  };
  return (
    <Spotlight
      shortcut={['mod + K']}
      attributes={{ content: { 'aria-label': 'Aller à' } }}
      actions={[screenActions(role), dossierActions(dossiers), companyActions(dossiers), documentActions(dossiers, documents)]}
      nothingFound="Rien à ce nom."
      highlightQuery
      scrollable
      limit={12}
      onSpotlightOpen={read}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Écran, dossier, entreprise, document…',
        'aria-label': 'Aller à un écran, un dossier, une entreprise ou un document',
      }}
    />
  );
}

function screenActions(role: Role): SpotlightActionGroupData {
  return {
    group: 'Écrans',
    actions: menuFor(role).map(({ screen, label }) => ({ id: `screen-${screen.name}`, label, onClick: () => navigate(screen) })),
  };
}

function dossierActions(dossiers: readonly Dossier[]): SpotlightActionGroupData {
  return {
    group: 'Dossiers',
    actions: dossiers.map(({ id, title, object }) => ({
      id: `dossier-${id}`,
      label: title,
      description: object,
      onClick: () => navigate({ name: 'dossier', dossierId: id }),
    })),
  };
}

function companyActions(dossiers: readonly Dossier[]): SpotlightActionGroupData {
  return {
    group: 'Entreprises',
    actions: dossiers.flatMap(({ id, title, companies }) =>
      companies.map(({ identifier, name }) => ({
        id: `company-${id}-${identifier}`,
        label: name,
        description: `${formatIdentifier(identifier)} · ${title}`,
        keywords: [identifier],
        onClick: () => navigate({ name: 'company', dossierId: id, identifier }),
      })),
    ),
  };
}

function documentActions(dossiers: readonly Dossier[], documents: readonly StoredDocument[]): SpotlightActionGroupData {
  const titles = new Map(dossiers.map(({ id, title }) => [id, title]));
  const names = new Map(dossiers.flatMap(({ companies }) => companies.map(({ identifier, name }) => [identifier, name] as const)));
  return {
    group: 'Documents',
    actions: documents.map(({ id, dossierId, identifier, label, fileName }) => ({
      id: `document-${id}`,
      label,
      description: [names.get(identifier), titles.get(dossierId)].filter(Boolean).join(' · '),
      keywords: [identifier, fileName],
      onClick: () => navigate({ name: 'documents', dossierId }),
    })),
  };
}
