import type { JsonValue } from '../domain/json';
import { isoDay } from './dates';
import { readNumber } from './numbers';
import { isPrimitive, valueAt } from './pointer';

/** Where a row tells its period: the year and the month, or, the surest first, what tells the close of its year. */
export type PeriodSpec =
  | { readonly every: 'month'; readonly year: string; readonly month: string }
  | { readonly every: 'year'; readonly at: readonly string[] };

/** A month or a year on the axis of time. */
export interface Period {
  /** Of its year, or of its month counted from the year 0: the next period has the next rank. */
  readonly rank: number;
  /** Of two closes in one year, the earlier sorts first. */
  readonly order: string;
  /** « 06/2024 », or « 2024 » where no month is told. */
  readonly text: string;
}

/** Periods that an answer skips between two that it tells. */
export interface AbsentPeriods {
  readonly text: string;
  /** « 06/2024 » in two parts; a long run is told as one, whole in the first. */
  readonly parts: readonly [string, string | null];
}

/** A longer run is told as one: an odd date must not stretch an axis over centuries. */
const LONGEST_RUN = 12;

/** Period of the row at `base`; null where it tells none that can be read: such a row has no place in time. */
export function periodAt(root: JsonValue, base: string, spec: PeriodSpec): Period | null {
  const textAt = (at: string): string => {
    const value = valueAt(root, `${base}/${at}`);
    return isPrimitive(value) && value !== null ? String(value).trim() : '';
  };
  if (spec.every === 'year') return spec.at.map((at) => closedYear(textAt(at))).find((period) => period !== null) ?? null;
  const year = /^(?:19|20)\d{2}$/.test(textAt(spec.year)) ? Number(textAt(spec.year)) : undefined;
  const month = readNumber(textAt(spec.month));
  return year === undefined || !isMonth(month) ? null : monthPeriod(year * 12 + month - 1);
}

function isMonth(month: number | undefined): month is number {
  return month !== undefined && Number.isInteger(month) && month >= 1 && month <= 12;
}

function monthPeriod(rank: number): Period {
  const [year, month] = monthParts(rank);
  return { rank, order: '', text: `${month}/${year}` };
}

function monthParts(rank: number): [string, string] {
  return [String(Math.floor(rank / 12)), String((rank % 12) + 1).padStart(2, '0')];
}

/** A year, the month or the day of its close, in the forms that the providers use. */
function closedYear(text: string): Period | null {
  const day = isoDay(/^-?\d{9,10}$/.test(text) ? Number(text) : text) ?? text;
  const [, year, month] = /^((?:19|20)\d{2})(?:-?(\d{2})(?:-\d{2})?)?$/.exec(day) ?? [];
  if (year === undefined) return null;
  if (month === undefined) return { rank: Number(year), order: day, text: year };
  return isMonth(Number(month)) ? { rank: Number(year), order: day.replace(/^(\d{4})(\d{2})$/, '$1-$2'), text: `${month}/${year}` } : null;
}

/** Oldest first. */
export function comparePeriods(one: Period, other: Period): number {
  return one.rank - other.rank || compareTexts(one.order, other.order);
}

/** By code units: the same on every workstation. */
export function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** What is skipped between two periods, oldest first. */
export function absentBetween(earlier: Period, later: Period, every: PeriodSpec['every']): AbsentPeriods[] {
  const first = earlier.rank + 1;
  const count = later.rank - first;
  const textOf = (rank: number): string => (every === 'month' ? monthPeriod(rank).text : String(rank));
  if (count > LONGEST_RUN) {
    const text = `${textOf(first)} à ${textOf(later.rank - 1)}`;
    return [{ text, parts: [text, null] }];
  }
  return Array.from({ length: Math.max(count, 0) }, (_, index) => ({
    text: textOf(first + index),
    parts: every === 'month' ? monthParts(first + index) : [textOf(first + index), null],
  }));
}
