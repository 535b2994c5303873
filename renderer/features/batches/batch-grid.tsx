import { Group, Select, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';

import { type Batch, type BatchGridRow, type BatchItem, ITEM_STATES, itemStateLabels, type ItemState } from '../../../shared/domain/batch';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { callMain } from '../../app/bridge';
import { counted, endpointTitle, numberText } from './batch-text';
import { ItemDialog } from './item-dialog';
import { usePages } from './use-pages';
import { VirtualTable } from './virtual-table';

const PAGE_ROWS = 50;
const LINE_WIDTH_PX = 480;
const CELL_WIDTH_PX = 150;

interface Filter {
  readonly state: ItemState | null;
  readonly endpointId: string | null;
  readonly text: string;
}

/** Company × piece: a row a line of the list, a column a datum. */
export function BatchGrid({ batch }: { readonly batch: Batch }): ReactNode {
  const [filter, setFilter] = useState<Filter>({ state: null, endpointId: null, text: '' });
  const [opened, setOpened] = useState<{ readonly item: BatchItem; readonly row: BatchGridRow } | null>(null);
  const [text] = useDebouncedValue(filter.text.trim(), 250);
  const wanted = {
    ...(filter.state === null ? {} : { states: [filter.state] }),
    ...(filter.endpointId === null ? {} : { endpointId: filter.endpointId }),
    ...(text === '' ? {} : { text }),
  };
  const { id, choice, counts } = batch;
  const pages = usePages<BatchGridRow>(async (offset) => callMain('batches.grid', { id, filter: wanted, offset, limit: PAGE_ROWS }), PAGE_ROWS, JSON.stringify(wanted));
  const { refresh, total, problem } = pages;
  const progress = JSON.stringify(counts);
  useEffect(refresh, [progress, refresh]);
  return (
    <Stack gap="sm">
      <GridFilters filter={filter} endpointIds={choice.endpointIds} onChange={setFilter} />
      {problem !== null && <Text c="var(--mantine-color-error)" role="alert">{problem}</Text>}
      <Text size="sm" c="dimmed" role="status">{total === null ? 'Lecture…' : total === 0 ? 'Aucune ligne ne correspond à ces filtres : ôtez-en un.' : counted(total, 'ligne')}</Text>
      {total !== null && total > 0 && (
        <VirtualTable
          label="Résultats du lot"
          pages={pages}
          height="max(320px, calc(100vh - 420px))"
          minWidth={LINE_WIDTH_PX + CELL_WIDTH_PX * choice.endpointIds.length}
          columns={`56px 150px minmax(180px, 1.4fr) repeat(${choice.endpointIds.length}, minmax(${CELL_WIDTH_PX - 14}px, 1fr))`}
          headings={['Ligne', 'Identifiant', 'Nom', ...choice.endpointIds.map((endpointId) => <span key={endpointId} title={endpointTitle(endpointId)}>{endpointTitle(endpointId)}</span>)]}
          cells={(row) => [
            numberText(row.line.number),
            formatIdentifier(row.line.siret ?? row.line.siren ?? row.line.rna ?? ''),
            <span key="name" title={row.line.name}>{row.line.name}</span>,
            ...row.cells.map((item, index) => <GridCell key={index} item={item} onOpen={(chosen) => setOpened({ item: chosen, row })} />),
          ]}
        />
      )}
      {opened !== null && <ItemDialog batch={batch} item={opened.item} line={opened.row.line} onClose={() => setOpened(null)} />}
    </Stack>
  );
}

const tones: Readonly<Record<ItemState, string>> = { waiting: 'plain', running: 'plain', answered: 'ok', absent: 'plain', failed: 'bad', refused: 'bad', unknown: 'warn', cancelled: 'plain' };

function GridCell({ item, onOpen }: { readonly item: BatchItem | null; readonly onOpen: (item: BatchItem) => void }): ReactNode {
  if (item === null) return <Text size="xs" c="dimmed" title="Cette ligne n’a pas l’identifiant demandé">sans objet</Text>;
  const { state, documentCount, missingDocuments, lineNumber, endpointId } = item;
  const documents = documentCount > 0 ? ` · ${documentCount} doc.` : '';
  const label = `${itemStateLabels[state]}${documents}${missingDocuments > 0 ? ' · incomplet' : ''}`;
  return (
    <UnstyledButton className="batch-cell ellipsis" data-tone={missingDocuments > 0 ? 'warn' : tones[state]} aria-label={`${label} : ${endpointTitle(endpointId)}, ligne ${lineNumber}`} onClick={() => onOpen(item)}>
      {label}
    </UnstyledButton>
  );
}

interface FiltersProps {
  readonly filter: Filter;
  readonly endpointIds: readonly string[];
  readonly onChange: (filter: Filter) => void;
}

function GridFilters({ filter, endpointIds, onChange }: FiltersProps): ReactNode {
  return (
    <Group role="search" aria-label="Filtres de la grille" className="filters" gap="sm">
      <TextInput aria-label="Nom ou identifiant" placeholder="Nom ou identifiant" leftSection={<IconSearch size={17} aria-hidden />} w={230} value={filter.text} onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })} />
      <Select aria-label="État des appels" placeholder="Tous les états" clearable w={180} data={ITEM_STATES.map((value) => ({ value, label: itemStateLabels[value] }))} value={filter.state} onChange={(next) => onChange({ ...filter, state: ITEM_STATES.find((one) => one === next) ?? null })} />
      <Select aria-label="Donnée" placeholder="Toutes les données" clearable w={280} data={endpointIds.map((value) => ({ value, label: endpointTitle(value) }))} value={filter.endpointId} onChange={(endpointId) => onChange({ ...filter, endpointId })} />
    </Group>
  );
}
