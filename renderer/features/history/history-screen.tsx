import { Alert, Skeleton, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconHistory } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { hasRight } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { useSession } from '../../app/session-store';
import { EmptyState } from '../../components/empty-state';
import { PageHead } from '../../components/page-head';
import { useLoaded } from '../../components/use-loaded';
import { ExportMenu } from './export-menu';
import { type FilterValues, HistoryFilters, noFilter } from './history-filters';
import { JournalDetail } from './journal-detail';
import { JournalList } from './journal-list';
import type { JournalFilter, JournalLine } from './journal-text';
import { useJournal } from './use-journal';

const TYPING_MS = 250;

/** « Historique »: one line a consultation, filtered, read and exported. */
export function HistoryScreen(): ReactNode {
  const role = useSession((state) => state.start?.session?.agent.role);
  const [values, setValues] = useState<FilterValues>(noFilter);
  const [settled] = useDebouncedValue(values, TYPING_MS);
  const [opened, setOpened] = useState<JournalLine | null>(null);
  const filter = filterOf(settled);
  const { lines, total, problem, loadMore } = useJournal(filter);
  const readsDossiers = role !== undefined && hasRight(role, 'dossiers.read');
  const dossiers = useLoaded(() => (readsDossiers ? callMain('dossiers.list', {}) : Promise.resolve([])), '');
  const seesAll = role !== undefined && hasRight(role, 'journal.all');
  return (
    <div className="page page-wide">
      <PageHead
        title="Historique"
        summary={seesAll ? 'Tout ce qui a été consulté depuis ce poste.' : 'Tout ce que vous avez consulté depuis ce poste.'}
        actions={<ExportMenu filter={filter} />}
      />
      <HistoryFilters values={values} dossiers={dossiers.value ?? []} onChange={setValues} />
      {problem !== null && <Alert color="red" role="alert" mb="md">{problem}</Alert>}
      <Text size="sm" c="dimmed" mb="xs" role="status">{statusText(total, problem)}</Text>
      {total === null && problem === null && <Skeleton h={300} />}
      {total === 0 && <EmptyState icon={IconHistory} title="Aucune ligne">{settled === noFilter ? 'Chaque consultation laissera ici une ligne : quand, par qui, pour quelle entreprise, dans quel but et avec quel résultat.' : 'Aucune ligne ne correspond à ces filtres.'}</EmptyState>}
      {total !== null && total > 0 && <JournalList lines={lines} total={total} onOpen={setOpened} onEnd={loadMore} />}
      <JournalDetail line={opened} onClose={() => setOpened(null)} />
    </div>
  );
}

function statusText(total: number | null, problem: string | null): string {
  if (total === null) return problem === null ? 'Lecture de l’historique…' : '';
  return `${total.toLocaleString('fr-FR')} ligne${total > 1 ? 's' : ''}`;
}

/** Days are those of this workstation, both ends included. */
function filterOf(values: FilterValues): JournalFilter {
  const text = values.text.trim();
  const identifier = values.identifier.replace(/[\s\u00a0\u202f]/g, '');
  return {
    kind: values.kind,
    ...(text === '' ? {} : { text }),
    ...(values.from === '' ? {} : { from: new Date(`${values.from}T00:00:00`).toISOString() }),
    ...(values.to === '' ? {} : { to: new Date(`${values.to}T23:59:59.999`).toISOString() }),
    ...(values.outcome === null ? {} : { outcome: values.outcome }),
    ...(values.endpointId === null ? {} : { endpointId: values.endpointId }),
    ...(values.dossierId === null ? {} : { dossierId: values.dossierId }),
    ...(identifier === '' ? {} : { identifier }),
    ...(values.requestIds.length === 0 ? {} : { requestIds: [...values.requestIds] }),
  };
}
