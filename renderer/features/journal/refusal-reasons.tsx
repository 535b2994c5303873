import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

import type { ChannelInput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { useLoaded } from '../../components/use-loaded';

type Filter = ChannelInput<'journal.statistics'>['filter'];

const READ_LINES = 500;

/** Why calls were refused or failed, from the latest lines of the period. */
export function RefusalReasons({ filter }: { readonly filter: Filter }): ReactNode {
  const { value } = useLoaded(() => readReasons(filter), JSON.stringify(filter));
  if (value === null || value.length === 0) return null;
  return (
    <section className="card panel" aria-labelledby="refusals">
      <Title order={2} size="h3" id="refusals">Motifs de refus et d’échec</Title>
      <Text size="sm" c="dimmed" mb="sm">Sur les {READ_LINES} derniers refus et les {READ_LINES} derniers échecs de la période.</Text>
      <ul className="plain-list">
        {value.map(({ reason, count }) => <li key={reason}><b>{count.toLocaleString('fr-FR')}</b> × {reason}</li>)}
      </ul>
    </section>
  );
}

async function readReasons(filter: Filter): Promise<readonly { readonly reason: string; readonly count: number }[]> {
  const pages = await Promise.all(
    (['refused', 'failure'] as const).map((outcome) => callMain('journal.search', { filter: { ...filter, outcome }, limit: READ_LINES })),
  );
  const counts = new Map<string, number>();
  for (const { detail, code, httpStatus } of pages.flatMap(({ lines }) => lines)) {
    const reason = detail ?? code ?? (httpStatus === null ? 'Sans précision' : `Statut ${httpStatus}`);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((left, right) => right.count - left.count);
}
