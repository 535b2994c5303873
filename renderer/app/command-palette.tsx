import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { formatIdentifier } from '../../shared/domain/identifiers';
import { hasRight, type Role } from '../../shared/domain/rights';
import type { ChannelOutput } from '../../shared/ipc';
import { callMain } from './bridge';
import { navigate } from './navigation';
import { menu } from './screens';

type Dossier = ChannelOutput<'dossiers.list'>[number];

/** Ctrl+K: every screen, dossier and company a few letters away. */
export function CommandPalette({ role }: { readonly role: Role }): ReactNode {
  const [dossiers, setDossiers] = useState<readonly Dossier[]>([]);
  const readDossiers = (): void => {
    if (!hasRight(role, 'dossiers.read')) return;
    // Without the list the palette still reaches the screens.
    callMain('dossiers.list', {}).then(setDossiers, () => undefined);
  };
  return (
    <Spotlight
      shortcut={['mod + K']}
      actions={[screenActions(role), dossierActions(dossiers), companyActions(dossiers)]}
      nothingFound="Rien à ce nom."
      highlightQuery
      scrollable
      limit={12}
      onSpotlightOpen={readDossiers}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Écran, dossier, entreprise…',
        'aria-label': 'Aller à un écran, un dossier ou une entreprise',
      }}
    />
  );
}

function screenActions(role: Role): SpotlightActionGroupData {
  return {
    group: 'Écrans',
    actions: menu
      .filter(({ right }) => right === null || hasRight(role, right))
      .map(({ screen, label }) => ({ id: `screen-${screen.name}`, label, onClick: () => navigate(screen) })),
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
