import { Combobox, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import type { Choice } from './choices';
import { type RecentCompany, recentOption } from './use-recent-companies';

export const SEE_ALL = 'all';

export function RecentChoices({ companies }: { readonly companies: readonly RecentCompany[] }): ReactNode {
  return (
    <Combobox.Options mah={340} style={{ overflowY: 'auto' }} aria-label="Entreprises vues récemment">
      <Combobox.Group label="Vues récemment">
        {companies.map(({ dossierId, dossierTitle, identifier, siret, name }, index) => (
          <Combobox.Option key={`${dossierId}/${identifier}`} value={recentOption(index)}>
            <Text size="sm" fw={560}>{name}</Text>
            <Text size="xs" c="dimmed">{formatIdentifier(siret ?? identifier)} · {dossierTitle}</Text>
          </Combobox.Option>
        ))}
      </Combobox.Group>
    </Combobox.Options>
  );
}

interface SuggestionsProps {
  readonly choices: readonly Choice[];
  /** What was understood of a number; null for a name. */
  readonly understood: string | null;
  readonly total: number;
}

export function Suggestions({ choices, understood, total }: SuggestionsProps): ReactNode {
  const isEmpty = choices.length === 0;
  return (
    <>
      {understood !== null && <Combobox.Header role="status"><Text size="xs" c="dimmed">{understood}</Text></Combobox.Header>}
      <Combobox.Options mah={340} style={{ overflowY: 'auto' }} aria-label="Entreprises trouvées">
        {choices.map(({ choice, details, ceased }, index) => (
          <Combobox.Option key={choice.identifier} value={String(index)}>
            <Text size="sm" fw={560}>{choice.name}{ceased && ' (cessée)'}</Text>
            <Text size="xs" c="dimmed">{details}</Text>
          </Combobox.Option>
        ))}
        {isEmpty && <Combobox.Empty>Aucune entreprise à ce nom : essayez un autre mot, ou le SIREN.</Combobox.Empty>}
        {understood === null && total !== 1 && (
          <Combobox.Option value={SEE_ALL}>
            <Text size="sm" fw={560}>{isEmpty ? 'Chercher autrement : lieu, activité, dirigeant…' : `Voir les ${total} résultats, filtrer…`}</Text>
          </Combobox.Option>
        )}
      </Combobox.Options>
    </>
  );
}
