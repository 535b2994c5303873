import { Accordion, Alert, Box, Button, Group, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';

import type { CardModel, Cell, ChartModel, TableModel } from '../../../shared/reading';
import { Hint } from '../../components/hint';
import { NoValue } from '../../components/no-value';
import type { CardChart } from './card-chart';
import { chartInTurn } from './chart-turns';
import { Sourced } from './provenance';

/** Where a value comes from, for the agent who doubts it. */
function sourceText(cell: Cell): string {
  return cell.sources.map(({ pointer, value }) => `${pointer} = ${JSON.stringify(value)}`).join('\n');
}

/** A table has no room for « non communiqué » in each empty cell: a dash says it, and its bubble tells. */
function TableValue({ cell }: { readonly cell: Cell }): ReactNode {
  if (!cell.missing) return <Value cell={cell} />;
  return (
    <Hint label={cell.text}>
      <Text component="span" c="dimmed" size="sm"><NoValue words={cell.text} /></Text>
    </Hint>
  );
}

function Value({ cell, focusable = false }: { readonly cell: Cell; readonly focusable?: boolean }): ReactNode {
  return (
    <Sourced detail={sourceText(cell)} focusable={focusable}>
      <Text component="span" size="sm" inherit={focusable} {...(cell.missing ? { c: 'dimmed', fs: 'italic' } : {})} style={{ overflowWrap: 'break-word' }}>
        {cell.text}
      </Text>
    </Sourced>
  );
}

function Facts({ facts }: { readonly facts: readonly Cell[] }): ReactNode {
  return (
    <Box component="dl" m={0} className="sheet-facts">
      {facts.map((cell, index) => (
        <Box key={index}>
          <Text component="dt" size="sm" c="dimmed">
            {cell.label}
          </Text>
          <Text component="dd" m={0} fw={560} size="sm">
            <Value cell={cell} focusable />
          </Text>
        </Box>
      ))}
    </Box>
  );
}

function Fields({ cells }: { readonly cells: readonly Cell[] }): ReactNode {
  const present = cells.filter((cell) => !cell.missing);
  const missing = cells.filter((cell) => cell.missing);
  return (
    <Stack gap="xs">
      <Box component="dl" m={0} className="pairs" style={{ columnGap: 16, rowGap: 6 }}>
        {present.map((cell, index) => (
          <Box key={index} style={{ display: 'contents' }}>
            <Text component="dt" size="sm" c="dimmed">
              {cell.label}
            </Text>
            <Box component="dd" m={0}>
              <Value cell={cell} />
            </Box>
          </Box>
        ))}
      </Box>
      {missing.length > 0 && (
        <Text size="xs" c="dimmed">
          Non communiqué : {missing.map(({ label }) => label).join(', ')}.
        </Text>
      )}
    </Stack>
  );
}

/** Of a long list, the lines drawn at once: the others come when they are asked for. */
const LINES_AT_FIRST = 50;

function DataTable({ table }: { readonly table: TableModel }): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const rows = isWhole ? table.rows : table.rows.slice(0, LINES_AT_FIRST);
  const left = table.rows.length - rows.length;
  return (
    <Box>
      <Text fw={600} size="sm" mb={4}>
        {table.title} <Text span c="dimmed" size="sm">({table.rows.length})</Text>
      </Text>
      <Table.ScrollContainer minWidth={Math.min(table.columns.length * 92, 900)} maxHeight={320}>
        <Table striped highlightOnHover stickyHeader verticalSpacing={6} fz="sm" aria-label={table.title}>
          <Table.Thead>
            <Table.Tr>
              {table.columns.map((column) => (
                <Table.Th key={column}>{column}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, rank) => (
              <Table.Tr key={rank}>
                {row.map((cell, index) => (
                  <Table.Td key={index}>{cell ? <TableValue cell={cell} /> : null}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {left > 0 && (
        <Button size="compact-sm" variant="subtle" mt={4} onClick={() => setWhole(true)}>
          {left === 1 ? 'Afficher la dernière ligne' : `Afficher les ${left} autres lignes`}
        </Button>
      )}
    </Box>
  );
}

const CHART_HEIGHT = 200;

/** Drawn when it comes into view, after the figures around it: the screen answers meanwhile. */
function Chart({ chart }: { readonly chart: ChartModel }): ReactNode {
  const { ref, inViewport } = useInViewport<HTMLDivElement>();
  const [Drawn, setDrawn] = useState<typeof CardChart | null>(null);
  useEffect(() => {
    if (!inViewport) return undefined;
    let isWanted = true;
    // The figures stand in the tables: a chart that cannot be read takes nothing away.
    chartInTurn().then((drawn) => isWanted && setDrawn(() => drawn), () => undefined);
    return () => {
      isWanted = false;
    };
  }, [inViewport]);
  return (
    <Box ref={ref} role="img" aria-label={`Graphique : ${chart.title}`} mih={CHART_HEIGHT}>
      {Drawn !== null && <Drawn chart={chart} height={CHART_HEIGHT} />}
    </Box>
  );
}

/** A longer detail is unfolded by whoever wants it. */
const OPEN_AT_MOST = 30;

/** The answer, from what decides to the detail: outcome, facts, charts, tables, fields, other fields. */
export function CardBody({ title, card }: { readonly title: string; readonly card: CardModel }): ReactNode {
  const details = card.fields.length + card.others.length;
  return (
    <Stack gap="md">
      {card.outcome && (
        <Text size="sm" fw={500}>
          {card.outcome.sentence}
        </Text>
      )}
      {card.notices.map((notice) => (
        <Alert key={notice.message} color={notice.tone === 'warning' ? 'orange' : 'blue'} p="xs" radius="sm">
          {notice.message}
        </Alert>
      ))}
      {card.facts.length > 0 && <Facts facts={card.facts} />}
      {card.charts.map((chart) => (
        <Chart key={chart.title} chart={chart} />
      ))}
      {card.tables.map((table) => (
        <DataTable key={table.title} table={table} />
      ))}
      {details > 0 && <Details title={title} card={card} openAtFirst={card.facts.length === 0 && !card.outcome && card.tables.length === 0 && details <= OPEN_AT_MOST} />}
    </Stack>
  );
}

function otherCount(others: readonly Cell[]): string {
  const missing = others.filter((cell) => cell.missing).length;
  return missing === 0 ? String(others.length) : `${others.length}, dont ${missing} non communiqué${missing > 1 ? 's' : ''}`;
}

function Details({ title, card, openAtFirst }: { readonly title: string; readonly card: CardModel; readonly openAtFirst: boolean }): ReactNode {
  const [opened, setOpened] = useState<readonly string[]>(openAtFirst ? ['fields', 'others'] : []);
  // What was opened once stays, so that closing is drawn; what was not is not made.
  const [made, setMade] = useState<ReadonlySet<string>>(new Set(opened));
  const open = (values: readonly string[]): void => {
    setOpened(values);
    setMade((before) => new Set([...before, ...values]));
  };
  return (
    <Accordion multiple chevronPosition="left" variant="default" value={[...opened]} onChange={open} classNames={{ item: 'sheet-detail' }} styles={{ content: { paddingInline: 4 }, control: { paddingInline: 0 }, label: { paddingBlock: 6 } }}>
      {card.fields.length > 0 && (
        <Accordion.Item value="fields">
          <Accordion.Control>
            <Group gap={6}><Text size="sm">Détail</Text><Text size="xs" c="dimmed">{card.fields.length} champ{card.fields.length > 1 ? 's' : ''}</Text><VisuallyHidden> : {title}</VisuallyHidden></Group>
          </Accordion.Control>
          <Accordion.Panel>{made.has('fields') && <Fields cells={card.fields} />}</Accordion.Panel>
        </Accordion.Item>
      )}
      {card.others.length > 0 && (
        <Accordion.Item value="others">
          <Accordion.Control>
            <Group gap={6}><Text size="sm">Autres champs</Text><Text size="xs" c="dimmed">{otherCount(card.others)}</Text><VisuallyHidden> : {title}</VisuallyHidden></Group>
          </Accordion.Control>
          <Accordion.Panel>{made.has('others') && <Fields cells={card.others} />}</Accordion.Panel>
        </Accordion.Item>
      )}
    </Accordion>
  );
}
