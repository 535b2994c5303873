import { Alert, Button, Group, Skeleton, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import type { Role } from '../../../shared/domain/rights';
import { EmptyState } from '../../components/empty-state';
import { ExportHistory } from './export-history';
import { filterOf, noFilter } from './filter-values';
import { HistoryFilters } from './history-filters';
import { JournalDetail } from './journal-detail';
import { JournalList } from './journal-list';
import type { JournalLine } from './journal-text';
import { useFilterChoices } from './use-filter-choices';
import { useJournal } from './use-journal';
import { useSettledFilter } from './use-settled-filter';

/** One line a consultation, filtered, read and exported. */
export function HistoryPanel({ role }: { readonly role: Role }): ReactNode {
  const { values, settled, change, settle } = useSettledFilter(role);
  const [opened, setOpened] = useState<JournalLine | null>(null);
  const choices = useFilterChoices(role);
  const filter = filterOf(settled);
  const { lines, total, problem, loadMore } = useJournal(filter);
  return (
    <>
      <HistoryFilters values={values} choices={choices} onChange={change} onSettle={settle} />
      {problem !== null && <Alert color="red" role="alert" mb="md">{problem}</Alert>}
      <Group justify="space-between" mb="xs" mih={36}>
        <Group gap="xs">
          <Text size="sm" c="dimmed" role="status">{values === settled ? statusText(total, problem) : 'Recherche…'}</Text>
          {values !== noFilter && <Button variant="subtle" size="compact-sm" onClick={() => change(noFilter)}>Effacer les filtres</Button>}
        </Group>
        {total !== null && total > 0 && <ExportHistory filter={filter} />}
      </Group>
      {total === null && problem === null && <Skeleton h={300} aria-label="Lecture de l’historique" />}
      {total === 0 && <EmptyState icon={IconHistory} title="Aucune ligne">{settled === noFilter ? 'Chaque consultation laissera ici une ligne : quand, par qui, pour quelle entreprise, dans quel but et avec quel résultat.' : 'Aucune ligne ne correspond à ces filtres : ôtez-en un, ou élargissez les dates.'}</EmptyState>}
      {total !== null && total > 0 && <JournalList lines={lines} total={total} onOpen={setOpened} onEnd={loadMore} />}
      <JournalDetail line={opened} onClose={() => setOpened(null)} />
    </>
  );
}

function statusText(total: number | null, problem: string | null): string {
  if (total === null) return problem === null ? 'Lecture de l’historique…' : '';
  return `${total.toLocaleString('fr-FR')} ligne${total > 1 ? 's' : ''}`;
}
