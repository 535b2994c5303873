import { Badge, Table, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';

import { activitySectionOf } from '../../../shared/domain/activity-sections';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { formatValue, NOT_COMMUNICATED } from '../../../shared/reading';
import type { CompanyMatch } from './use-company-matches';

interface Props {
  readonly matches: readonly CompanyMatch[];
  readonly onOpen: (match: CompanyMatch) => void;
}

/** A line a company: enough to tell two of the same name apart. */
export function ResultTable({ matches, onOpen }: Props): ReactNode {
  return (
    <div className="card" style={{ overflow: 'hidden' }}>
      <Table.ScrollContainer minWidth={860}>
        <Table highlightOnHover verticalSpacing={7} horizontalSpacing="md" fz="sm" aria-label="Entreprises trouvées">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Nom</Table.Th>
              <Table.Th w={130}>SIREN</Table.Th>
              <Table.Th>Commune du siège</Table.Th>
              <Table.Th>Activité</Table.Th>
              <Table.Th w={170}>Effectif</Table.Th>
              <Table.Th w={90}>État</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {matches.map((match) => <ResultRow key={match.siren} match={match} onOpen={() => onOpen(match)} />)}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

function ResultRow({ match, onOpen }: { readonly match: CompanyMatch; readonly onOpen: () => void }): ReactNode {
  const { siren, name, town, postcode, activity, headcountBand, isActive, isAssociation } = match;
  return (
    <Table.Tr style={{ cursor: 'pointer' }} onClick={onOpen}>
      <Table.Td>
        <UnstyledButton data-search-stop fw={560} fz="sm" style={{ textAlign: 'left' }} onClick={(event) => { event.stopPropagation(); onOpen(); }}>{name}</UnstyledButton>
        {isAssociation && <Text size="xs" c="dimmed">Association</Text>}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>{formatIdentifier(siren)}</Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{[postcode, town].filter(Boolean).join(' ') || <Missing />}</Table.Td>
      <Table.Td>
        {activity === null ? <Missing /> : <>{activity} <Text span size="xs" c="dimmed">{activitySectionOf(activity)?.title}</Text></>}
      </Table.Td>
      <Table.Td>{headcountBand === null ? <Missing /> : formatValue(headcountBand, { enum: 'headcount_band' })}</Table.Td>
      <Table.Td><Badge color={isActive ? 'teal' : 'red'} variant="light" radius="sm" tt="none">{isActive ? 'Active' : 'Cessée'}</Badge></Table.Td>
    </Table.Tr>
  );
}

function Missing(): ReactNode {
  return <Text span c="dimmed" aria-label={NOT_COMMUNICATED}>—</Text>;
}
