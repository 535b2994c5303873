import { findEndpoint } from '../../shared/catalogue';
import type { Batch, BatchOutlook, BatchWait } from '../../shared/domain/batch';
import type { BatchStore } from './batch-store';
import type { ItemStore } from './item-store';
import { type Calendar, endOf } from './plan/calendar';
import { costOfRemaining, type PoolCost } from './plan/estimate';

export interface OutlookDeps {
  readonly store: Pick<BatchStore, 'isForced'>;
  readonly items: Pick<ItemStore, 'remaining'>;
  readonly now: () => number;
  /** Time that these calls take at full speed, from the quota engine. */
  readonly durationOf: (batch: Batch, pools: readonly PoolCost[]) => number;
}

/** How long a run still takes, as told to the agent, and what it waits for. */
export function outlookOf(deps: OutlookDeps, batch: Batch, waits: readonly BatchWait[]): BatchOutlook {
  if (batch.state === 'done' || batch.state === 'cancelled') return { timeLeftMs: 0, waits };
  const waitsForSomebody = batch.state === 'paused' && batch.resumesAt === null;
  return { timeLeftMs: waitsForSomebody ? null : timeLeftOf(deps, batch, waits), waits };
}

/** Until the last call: of all within the quota, and of each endpoint outside its provider's maintenance. */
function timeLeftOf({ store, items, now, durationOf }: OutlookDeps, batch: Batch, waits: readonly BatchWait[]): number {
  const hours = store.isForced(batch.id) ? null : batch.schedule.hours;
  const remaining = items.remaining(batch.id);
  const from = now();
  const lastsUntil = (left: typeof remaining, maintenance: Calendar['maintenance']): number => {
    const durationMs = (durationOf(batch, costOfRemaining(left, batch.choice.withDocuments)) * 100) / batch.speed;
    return endOf({ hours, maintenance }, from, durationMs) ?? from + durationMs;
  };
  const ends = remaining.flatMap((one) => {
    const maintenance = findEndpoint(one.endpointId)?.maintenance;
    return maintenance ? [lastsUntil([one], maintenance)] : [];
  });
  return Math.max(from, lastsUntil(remaining, null), ...ends, ...waits.map(({ until }) => Date.parse(until))) - from;
}
