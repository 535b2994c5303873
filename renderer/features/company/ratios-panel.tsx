import { Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import { memo, type ReactNode, useMemo } from 'react';

import { findEndpoint } from '../../../shared/catalogue';
import type { Answer } from '../../../shared/domain/consultation';
import { accountItemLabels, accountYears, eurosText, type RatioRow, ratioRows, ratioText } from '../../../shared/reading';
import { NoValue } from '../../components/no-value';
import { provenanceText, Sourced } from './provenance';

type RatioCell = NonNullable<RatioRow['values'][number]>;

/** Ratios over the years, each with its formula, its figures and the calls they came from. */
export const RatiosPanel = memo(function RatiosPanel({ answers }: { readonly answers: readonly Answer[] }): ReactNode {
  const years = useMemo(() => accountYears(answers.map((answer) => ({ ...answer, path: findEndpoint(answer.endpointId)?.path ?? '' }))), [answers]);
  const rows = useMemo(() => ratioRows(years), [years]);
  if (rows.length === 0) return null;
  return (
    <Card withBorder radius="md" padding="md" component="section" aria-labelledby="ratios-title">
      <Stack gap="sm">
        <div>
          <Title order={3} size="h5" id="ratios-title">Ratios d’instruction</Title>
          <Text size="xs" c="dimmed">Calculés sur ce poste à partir des réponses de cette fiche ; formule et chiffres au survol.</Text>
        </div>
        <Table.ScrollContainer minWidth={180 + years.length * 100}>
          <Table className="ratio-table" verticalSpacing={6} fz="sm" aria-label="Ratios d’instruction par année">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Ratio</Table.Th>
                {years.map(({ year }) => <Table.Th key={year}>{year}</Table.Th>)}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => <Row key={row.id} row={row} answers={answers} />)}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </Card>
  );
});

function Row({ row, answers }: { readonly row: RatioRow; readonly answers: readonly Answer[] }): ReactNode {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        <Sourced detail={`${row.label} = ${row.formula}\n${row.meaning}`} focusable>{row.label}</Sourced>
      </Table.Th>
      {row.values.map((value, rank) => (
        <Table.Td key={rank}>{value === null ? <Text span c="dimmed"><NoValue words="non calculable" /></Text> : <RatioValue row={row} value={value} answers={answers} />}</Table.Td>
      ))}
    </Table.Tr>
  );
}

function RatioValue({ row, value, answers }: { readonly row: RatioRow; readonly value: RatioCell; readonly answers: readonly Answer[] }): ReactNode {
  const origins = new Set(value.terms.map(({ figure }) => figure.consultationId));
  const detail = [
    `${row.label} = ${row.formula}`,
    ...value.terms.map(({ item, year, figure }) => `${accountItemLabels[item]} ${year} : ${eurosText(figure.amount) ?? figure.amount}`),
    ...answers.filter(({ consultationId }) => origins.has(consultationId)).map(provenanceText),
  ].join('\n');
  return (
    <Group justify="flex-end">
      <Sourced detail={detail} focusable>{ratioText(value.value, row.unit)}</Sourced>
    </Group>
  );
}
