import { Alert, Badge, Skeleton, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import type { ComparisonRow } from '../../../shared/domain/supplied-file';
import { callMain } from '../../app/bridge';
import { SectionCard } from '../../components/section-card';
import { useLoaded } from '../../components/use-loaded';

const verdicts: Readonly<Record<ComparisonRow['verdict'], { readonly word: string; readonly color: string }>> = {
  agrees: { word: 'Concorde', color: 'teal' },
  differs: { word: 'Diffère', color: 'amber' },
  unread: { word: 'Non lu', color: 'gray' },
};

/** What agrees, what differs, what could not be read. */
export function ComparisonTable({ pieceId, documentId }: { readonly pieceId: string; readonly documentId: string }): ReactNode {
  const { value, problem } = useLoaded(() => callMain('pieces.compare', { pieceId, documentId }), `${pieceId} ${documentId}`);
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={220} aria-label="Comparaison des deux documents" />;
  return (
    <SectionCard title="Comparaison">
      <Stack gap="sm">
        <Text size="sm" role="status">{value.summary}</Text>
        <Table.ScrollContainer minWidth={640}>
          <Table verticalSpacing="xs" aria-label="Comparaison des deux documents">
            <Table.Thead>
              <Table.Tr>{['Point', 'Document fourni', 'Document de la source', 'Constat'].map((name) => <Table.Th key={name}>{name}</Table.Th>)}</Table.Tr>
            </Table.Thead>
            <Table.Tbody>{value.rows.map((row) => <Row key={row.label} row={row} />)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </SectionCard>
  );
}

function Row({ row: { label, supplied, source, verdict, note } }: { readonly row: ComparisonRow }): ReactNode {
  const { word, color } = verdicts[verdict];
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Th scope="row" fw={560}>{label}</Table.Th>
      <Table.Td>{supplied ?? '—'}</Table.Td>
      <Table.Td>{source ?? '—'}</Table.Td>
      <Table.Td maw={380}>
        <Badge variant="light" color={color} radius="sm" tt="none" fw={560} miw="max-content">{word}</Badge>
        {note !== null && <Text size="xs" c="dimmed" mt={4}>{note}</Text>}
      </Table.Td>
    </Table.Tr>
  );
}
