import type { RefusalReason } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { lineReader } from './search';
import { OUTCOMES, type SearchIndex } from './search-index';

/** Read at most: the newest say why; a million old ones would not say more. */
const MOST_LINES = 20_000;
const MOST_REASONS = 50;
const concerned = new Set([OUTCOMES.indexOf('refused'), OUTCOMES.indexOf('failure')]);

/** Reasons of the newest failed and refused lines among these, most frequent first. */
export function refusalReasons(database: Database, index: SearchIndex, slots: Uint32Array): readonly RefusalReason[] {
  const failed = slots.filter((slot) => concerned.has(index.columns.outcome[slot] as number)).slice(-MOST_LINES);
  const read = lineReader(database, index);
  const reasons = new Map<string, RefusalReason>();
  for (let position = failed.length - 1; position >= 0; position -= 1) {
    const { outcome, provider, httpStatus, code, detail } = read(failed[position] as number);
    if (outcome !== 'refused' && outcome !== 'failure') continue;
    const key = JSON.stringify([outcome, provider, httpStatus, code, code === null ? detail : null]);
    const known = reasons.get(key) ?? { outcome, provider, httpStatus, code, detail, count: 0 };
    reasons.set(key, { ...known, count: known.count + 1 });
  }
  return [...reasons.values()].sort((a, b) => b.count - a.count).slice(0, MOST_REASONS);
}
