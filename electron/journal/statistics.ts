import type { JournalFilter, QuotaUse, RefusalReason, StatisticsRow } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { quotaUse } from './quota-use';
import { refusalReasons } from './refusal-reasons';
import { matchingSlots } from './search';
import { OUTCOMES, type SearchIndex } from './search-index';

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

export interface Statistics {
  readonly rows: readonly StatisticsRow[];
  readonly total: number;
  readonly reasons: readonly RefusalReason[];
  readonly quotaUse: readonly QuotaUse[];
}

interface SlotCount {
  /** Days since the epoch. */
  readonly day: number;
  /** A line that stands for the others. */
  readonly slot: number;
  count: number;
}

/** Counts the lines of a filter by day, agent, provider, endpoint, habilitation and outcome; says why calls failed and how full quotas were. */
export function statistics(
  database: Database,
  index: SearchIndex,
  request: { readonly filter: JournalFilter; readonly agentScope?: string | undefined },
): Statistics {
  const slots = matchingSlots(database, index, request.filter, request.agentScope);
  const { at, actor, purpose, outcome } = index.columns;
  const counts = new Map<string, SlotCount>();
  const dayOf = localDays();
  for (const slot of slots) {
    const day = dayOf(at[slot] as number);
    const key = `${day}/${actor[slot]}/${purpose[slot]}/${outcome[slot]}`;
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { day, slot, count: 1 });
  }
  return { rows: mergeByWords(index, [...counts.values()]), total: slots.length, reasons: refusalReasons(database, index, slots), quotaUse: quotaUse(index, slots) };
}

/**
 * Day of an instant on the clocks of this workstation, as days since the epoch. Summer has another offset than winter: the zone
 * is asked once a quarter of an hour of the journal, which every shift of a clock begins with.
 */
function localDays(): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    const day = known.get(quarter);
    if (day !== undefined) return day;
    const local = new Date(at);
    const found = Date.UTC(local.getFullYear(), local.getMonth(), local.getDate()) / DAY_MS;
    known.set(quarter, found);
    return found;
  };
}

/** Purposes differ by dossier too: lines that show alike are counted together. */
function mergeByWords(index: SearchIndex, counts: readonly SlotCount[]): readonly StatisticsRow[] {
  const { columns, dictionaries } = index;
  const merged = new Map<string, StatisticsRow>();
  for (const { day, slot, count } of counts) {
    const actor = dictionaries.actor.fields[columns.actor[slot] as number] ?? {};
    const purpose = dictionaries.purpose.fields[columns.purpose[slot] as number] ?? {};
    const row = {
      day: new Date(day * DAY_MS).toISOString().slice(0, 10),
      agentId: actor.agentId ?? null,
      agentName: actor.agentName ?? null,
      provider: purpose.provider ?? null,
      endpointId: purpose.endpointId ?? null,
      habilitationId: purpose.habilitationId ?? null,
      outcome: OUTCOMES[columns.outcome[slot] as number] ?? 'pending',
    };
    const key = Object.values(row).join('\n');
    merged.set(key, { ...row, count: (merged.get(key)?.count ?? 0) + count });
  }
  return [...merged.values()];
}
