import './batches.css';

import { Alert, Button, Group, Select, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconListCheck, IconPlus, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';

import { BATCH_STATES, batchStateLabels, type BatchState } from '../../../shared/domain/batch';
import { callMain, onMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { EmptyState } from '../../components/empty-state';
import { PageHead } from '../../components/page-head';
import { BatchList, type ListedBatch } from './batch-list';
import { counted } from './batch-text';
import { usePages } from './use-pages';

const PAGE_ROWS = 50;

interface Filter {
  readonly text: string;
  readonly state: BatchState | null;
}

/** Every batch of the dossiers that the agent may see, the newest first. */
export function BatchesScreen(): ReactNode {
  const [filter, setFilter] = useState<Filter>({ text: '', state: null });
  const [text] = useDebouncedValue(filter.text.trim(), 200);
  const wanted = { text, ...(filter.state === null ? {} : { states: [filter.state] }) };
  const pages = usePages<ListedBatch>(
    async (offset) => {
      const { total, batches } = await callMain('batches.list', { ...wanted, offset, limit: PAGE_ROWS });
      return { total, rows: batches };
    },
    PAGE_ROWS,
    JSON.stringify(wanted),
  );
  const { total, problem, refresh } = pages;
  useEffect(() => onMain('batches.progress', refresh), [refresh]);
  const isFiltered = text !== '' || filter.state !== null;
  const create = <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => navigate({ name: 'new-batch' })}>Nouveau lot</Button>;
  return (
    <div className="page">
      <PageHead title="Lots" summary="Une liste d’entreprises le soir, toutes les réponses le matin : chaque appel est tracé, et l’agent à l’écran passe toujours avant." actions={create} />
      {(isFiltered || filter.text !== '' || (total ?? 0) > 0) && <Filters filter={filter} onChange={setFilter} />}
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {total === null && problem === null && <Skeleton h={220} aria-label="Lecture des lots" />}
      {total === 0 && !isFiltered && <NoBatch create={create} />}
      <Text size="sm" c="dimmed" mb={8} role="status">{foundText(total, isFiltered)}</Text>
      {total !== null && total > 0 && <BatchList pages={pages} />}
    </div>
  );
}

function foundText(total: number | null, isFiltered: boolean): string {
  if (total === null || (total === 0 && !isFiltered)) return '';
  return total === 0 ? 'Aucun lot ne correspond à ces filtres.' : counted(total, 'lot');
}

function NoBatch({ create }: { readonly create: ReactNode }): ReactNode {
  return (
    <EmptyState icon={IconListCheck} title="Aucun lot" action={create}>
      Importez une liste de candidats ou de bénéficiaires (Excel, CSV, OpenDocument ou texte collé), choisissez les données, puis lancez-la tout de suite ou la nuit.
    </EmptyState>
  );
}

function Filters({ filter, onChange }: { readonly filter: Filter; readonly onChange: (filter: Filter) => void }): ReactNode {
  return (
    <Group role="search" aria-label="Lots" className="filters" gap="sm" mb="md">
      <TextInput aria-label="Rechercher un lot" placeholder="Nom du lot, auteur…" leftSection={<IconSearch size={17} aria-hidden />} w={300} value={filter.text} onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })} />
      <Select aria-label="État des lots" placeholder="Tous les états" clearable w={180} data={BATCH_STATES.map((value) => ({ value, label: batchStateLabels[value] }))} value={filter.state} onChange={(next) => onChange({ ...filter, state: BATCH_STATES.find((one) => one === next) ?? null })} />
    </Group>
  );
}
