import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

import { quotaPools } from '../../../shared/catalogue/pools';
import { hasRight, type Role } from '../../../shared/domain/rights';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { useLoaded } from '../../components/use-loaded';
import { whenText } from '../history';
import { CountTable } from './count-table';

interface Props {
  readonly uses: ChannelOutput<'journal.statistics'>['quotaUse'];
  readonly role: Role;
}

/** How near each token came to its limit in its busiest minute. */
export function QuotaUseTable({ uses, role }: Props): ReactNode {
  const habilitations = useLoaded(() => (hasRight(role, 'habilitations.read') ? callMain('habilitations.list', undefined) : Promise.resolve([])), role).value ?? [];
  if (uses.length === 0) return null;
  const titleOf = (id: string | null): string => habilitations.find((habilitation) => habilitation.id === id)?.title ?? untitled(id);
  return (
    <section className="card panel" aria-labelledby="quota-use">
      <Title order={2} size="h3" id="quota-use" mb="sm">Usage du quota</Title>
      <CountTable
        label="Usage du quota par jeton"
        headings={['Jeton et famille', 'Appels', 'Minute la plus chargée', 'Le']}
        rows={uses.map(({ habilitationId, pool, callCount, busiestMinuteCalls, busiestMinuteAt }) => [
          `${titleOf(habilitationId)} · ${quotaPools.find(({ id }) => id === pool)?.label ?? pool}`,
          callCount,
          busiestMinuteText(pool, busiestMinuteCalls),
          whenText(busiestMinuteAt),
        ])}
      />
    </section>
  );
}

/** Whoever may not read habilitations still tells one token from another. */
function untitled(id: string | null): string {
  return id === null ? 'Sans habilitation' : `Habilitation ${id.slice(0, 8)}`;
}

function busiestMinuteText(pool: string, calls: number): string {
  const limit = quotaPools.find(({ id }) => id === pool)?.limitPerMinute;
  return limit === undefined ? String(calls) : `${calls} sur ${limit}`;
}
