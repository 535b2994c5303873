import { findEndpoint } from '../../../shared/catalogue';
import { quotaPools } from '../../../shared/catalogue/pools';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { BatchPlan, BatchSchedule } from '../../../shared/domain/batch';
import { type CallCount, DOWNLOAD_POOL, givesDocuments } from './calls';
import { endOf, opensAt } from './calendar';

export interface PoolCost {
  readonly pool: string;
  readonly calls: number;
}

export interface EstimateInput {
  readonly counts: readonly CallCount[];
  readonly schedule: BatchSchedule;
  readonly withDocuments: boolean;
  readonly limitOf: (pool: string) => number;
  /** Time that these calls take when they may leave at any hour, from the quota engine. */
  readonly durationOf: (pools: readonly PoolCost[]) => number;
  readonly now: number;
}

/** Cost by pool; of an endpoint that gives documents, one download a call at the least. */
function costOf(counts: readonly CallCount[], withDocuments: boolean): readonly PoolCost[] {
  const calls = new Map<string, number>();
  const add = (pool: string, count: number): void => void calls.set(pool, (calls.get(pool) ?? 0) + count);
  for (const { endpoint, calls: count } of counts) {
    if (count === 0) continue;
    add(endpoint.pool, count);
    if (withDocuments && givesDocuments(endpoint)) add(DOWNLOAD_POOL, count);
  }
  return [...calls].map(([pool, count]) => ({ pool, calls: count }));
}

/** Cost of what is still to be done. */
export function costOfRemaining(remaining: readonly { readonly endpointId: string; readonly calls: number }[], withDocuments: boolean): readonly PoolCost[] {
  const counts = remaining.flatMap(({ endpointId, calls }) => {
    const endpoint = findEndpoint(endpointId);
    return endpoint ? [{ endpoint, calls, unsuited: 0 }] : [];
  });
  return costOf(counts, withDocuments);
}

/** What a run would cost and when it would be over. Pools are spent side by side, each within its own maintenances. */
export function estimatePlan(input: EstimateInput): Omit<BatchPlan, 'excluded' | 'warnings'> {
  const { counts, schedule, withDocuments, limitOf, durationOf, now } = input;
  const pools = costOf(counts, withDocuments);
  const hours = schedule.hours;
  const wantedAt = Math.max(now, schedule.startAt === null ? now : Date.parse(schedule.startAt));
  const startsAt = opensAt({ hours, maintenance: null }, wantedAt) ?? wantedAt;
  const ends = pools.map((cost) => {
    const maintenance = commonMaintenance(counts.map(({ endpoint }) => endpoint).filter(({ pool }) => pool === cost.pool));
    const durationMs = durationOf([cost]);
    return endOf({ hours, maintenance }, startsAt, durationMs) ?? startsAt + durationMs;
  });
  return {
    calls: counts.reduce((sum, { calls }) => sum + calls, 0),
    pools: pools.map(({ pool, calls }) => ({ pool, label: labelOf(pool), calls, limitPerMinute: limitOf(pool) })),
    unsuited: counts.filter(({ unsuited }) => unsuited > 0).map(({ endpoint, unsuited }) => ({ endpointId: endpoint.id, lines: unsuited })),
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(Math.max(startsAt, ...ends)).toISOString(),
    durationMs: durationOf(pools),
  };
}

/** A maintenance stops a pool only when every endpoint of it has the same. */
function commonMaintenance(endpoints: readonly Endpoint[]): Endpoint['maintenance'] {
  const [first, ...others] = endpoints.map(({ maintenance }) => maintenance);
  if (!first || others.some((other) => other?.from !== first.from || other.to !== first.to)) return null;
  return first;
}

function labelOf(pool: string): string {
  const label = quotaPools.find(({ id }) => id === pool)?.label ?? pool;
  return pool === DOWNLOAD_POOL ? `${label} (au moins)` : label;
}
