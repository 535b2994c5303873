import { findEndpoint } from '../../shared/catalogue';
import { JOURNAL_EVENTS, type QuotaUse } from '../../shared/domain/journal';
import type { SearchIndex } from './search-index';

const MINUTE_MS = 60_000;
/** Calls that left; a refused one costs no quota. */
const countedEvents = new Set([JOURNAL_EVENTS.indexOf('call.intent')]);

interface Counter {
  readonly habilitationId: string | null;
  readonly pool: string;
  callCount: number;
  minute: number;
  minuteCalls: number;
  busiestMinute: number;
  busiestMinuteCalls: number;
}

/** Calls of each token and quota pool among these lines (oldest first), and its busiest minute. */
export function quotaUse(index: SearchIndex, slots: Uint32Array): readonly QuotaUse[] {
  const { columns } = index;
  const counters = new Map<string, Counter>();
  const counterOf: (Counter | null | undefined)[] = [];
  for (const slot of slots) {
    if (!countedEvents.has(columns.event[slot] as number)) continue;
    const purpose = columns.purpose[slot] as number;
    const counter = (counterOf[purpose] ??= findCounter(index, purpose, counters));
    if (counter) count(counter, Math.floor((columns.at[slot] as number) / MINUTE_MS));
  }
  return [...counters.values()].map(({ habilitationId, pool, callCount, busiestMinute, busiestMinuteCalls }) => ({
    habilitationId,
    pool,
    callCount,
    busiestMinuteCalls,
    busiestMinuteAt: new Date(busiestMinute * MINUTE_MS).toISOString(),
  }));
}

function findCounter({ dictionaries }: SearchIndex, purpose: number, counters: Map<string, Counter>): Counter | null {
  const { habilitationId = null, endpointId } = dictionaries.purpose.fields[purpose] ?? {};
  const pool = endpointId === undefined ? undefined : findEndpoint(endpointId)?.pool;
  if (pool === undefined) return null;
  const key = `${habilitationId}/${pool}`;
  const known = counters.get(key);
  if (known) return known;
  const counter = { habilitationId, pool, callCount: 0, minute: -1, minuteCalls: 0, busiestMinute: 0, busiestMinuteCalls: 0 };
  counters.set(key, counter);
  return counter;
}

function count(counter: Counter, minute: number): void {
  counter.callCount += 1;
  counter.minuteCalls = counter.minute === minute ? counter.minuteCalls + 1 : 1;
  counter.minute = minute;
  if (counter.minuteCalls <= counter.busiestMinuteCalls) return;
  counter.busiestMinuteCalls = counter.minuteCalls;
  counter.busiestMinute = minute;
}
