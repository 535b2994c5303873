import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

import { quotaPools } from '../../../shared/catalogue/pools';
import type { ChannelOutput } from '../../../shared/ipc';
import { whenText } from '../history';
import { CountTable } from './count-table';

interface Props {
  readonly uses: ChannelOutput<'journal.statistics'>['quotaUse'];
  readonly nameOf: (habilitationId: string | null) => string;
}

/** How near each token came to its limit in its busiest minute. */
export function QuotaUseTable({ uses, nameOf }: Props): ReactNode {
  if (uses.length === 0) return null;
  return (
    <section className="card panel" aria-labelledby="quota-use">
      <Title order={2} size="h3" id="quota-use" mb="sm">Usage du quota</Title>
      <CountTable
        label="Usage du quota par jeton"
        headings={['Jeton et famille', 'Appels', 'Minute la plus chargée', 'Le']}
        rows={uses.map(({ habilitationId, pool, callCount, busiestMinuteCalls, busiestMinuteAt }) => [
          `${nameOf(habilitationId)} · ${quotaPools.find(({ id }) => id === pool)?.label ?? pool}`,
          callCount,
          busiestMinuteText(pool, busiestMinuteCalls),
          whenText(busiestMinuteAt),
        ])}
      />
    </section>
  );
}

function busiestMinuteText(pool: string, calls: number): string {
  const limit = quotaPools.find(({ id }) => id === pool)?.limitPerMinute;
  return limit === undefined ? String(calls) : `${calls} sur ${limit}`;
}
