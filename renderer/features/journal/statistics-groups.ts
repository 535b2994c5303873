import type { StatisticsRow } from '../../../shared/domain/journal';

export type Dimension = 'provider' | 'endpointId' | 'outcome' | 'habilitationId' | 'agentId';

export interface GroupCount {
  /** Null gathers the lines that have no such value. */
  readonly key: string | null;
  readonly count: number;
}

/** How many lines share each value of a dimension, the most frequent first. */
export function countBy(rows: readonly StatisticsRow[], dimension: Dimension): readonly GroupCount[] {
  const counts = new Map<string | null, number>();
  for (const row of rows) counts.set(row[dimension], (counts.get(row[dimension]) ?? 0) + row.count);
  return [...counts].map(([key, count]) => ({ key, count })).sort((left, right) => right.count - left.count);
}

export interface DayCounts {
  readonly day: string;
  readonly success: number;
  readonly failure: number;
  readonly refused: number;
  readonly interrupted: number;
}

/**
 * One entry for each day of the period, days without a line included, so that a gap is seen as one.
 * A bound left empty is the first or last day that has a line.
 */
export function countByDay(rows: readonly StatisticsRow[], from = '', to = ''): readonly DayCounts[] {
  const days = rows.map(({ day }) => day).sort();
  const [first, last] = [from === '' ? days[0] : from, to === '' ? days.at(-1) : to];
  if (first === undefined || last === undefined) return [];
  const counts = new Map(daysBetween(first, last).map((day) => [day, { day, success: 0, failure: 0, refused: 0, interrupted: 0 }]));
  for (const { day, outcome, count } of rows) {
    const entry = counts.get(day);
    if (entry && outcome !== 'pending') entry[outcome] += count;
  }
  return [...counts.values()];
}

const DAY_MS = 86_400_000;

function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
