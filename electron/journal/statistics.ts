import type { JournalFilter, QuotaUse, RefusalReason, StatisticsRow } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { quotaUse } from './quota-use';
import { refusalReasons } from './refusal-reasons';
import { matchingSlots } from './search';
import { OUTCOMES, type SearchIndex } from './search-index';

const DAY_MS = 86_400_000;

export interface Statistics {
  readonly rows: readonly StatisticsRow[];
  readonly total: number;
  readonly reasons: readonly RefusalReason[];
  readonly quotaUse: readonly QuotaUse[];
}

/** Counts the lines of a filter by day, agent, provider, endpoint, habilitation and outcome; says why calls failed and how full quotas were. */
export function statistics(
  database: Database,
  index: SearchIndex,
  request: { readonly filter: JournalFilter; readonly agentScope?: string | undefined; readonly offsetMinutes: number },
): Statistics {
  const slots = matchingSlots(database, index, request.filter, request.agentScope);
  const { at, actor, purpose, outcome } = index.columns;
  const counts = new Map<string, { slot: number; count: number }>();
  for (const slot of slots) {
    const day = Math.floor(((at[slot] as number) + request.offsetMinutes * 60_000) / DAY_MS);
    const key = `${day}/${actor[slot]}/${purpose[slot]}/${outcome[slot]}`;
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { slot, count: 1 });
  }
  return { rows: mergeByWords(index, [...counts.values()], request.offsetMinutes), total: slots.length, reasons: refusalReasons(database, index, slots), quotaUse: quotaUse(index, slots) };
}

/** Purposes differ by dossier too: lines that show alike are counted together. */
function mergeByWords(index: SearchIndex, counts: readonly { slot: number; count: number }[], offsetMinutes: number): readonly StatisticsRow[] {
  const { columns, dictionaries } = index;
  const merged = new Map<string, StatisticsRow>();
  for (const { slot, count } of counts) {
    const actor = dictionaries.actor.fields[columns.actor[slot] as number] ?? {};
    const purpose = dictionaries.purpose.fields[columns.purpose[slot] as number] ?? {};
    const row = {
      day: new Date((columns.at[slot] as number) + offsetMinutes * 60_000).toISOString().slice(0, 10),
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
