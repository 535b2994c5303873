import { DateTime } from 'luxon';

const PARIS = 'Europe/Paris';

/** Midnight in Paris of a YYYY-MM-DD day, in unix seconds: Insee's way of writing a date. */
export function parisMidnight(day: string): number {
  return DateTime.fromISO(day, { zone: PARIS }).toSeconds();
}

export function parisDay(atMs: number): string {
  return DateTime.fromMillis(atMs, { zone: PARIS }).toFormat('yyyy-MM-dd');
}

export function daysLater(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: PARIS }).plus({ days }).toFormat('yyyy-MM-dd');
}

export function monthsLater(day: string, months: number): string {
  return DateTime.fromISO(day, { zone: PARIS }).plus({ months }).toFormat('yyyy-MM-dd');
}

/** Last day of the month before the day given. */
export function lastDayOfPreviousMonth(day: string): string {
  return DateTime.fromISO(day, { zone: PARIS }).minus({ months: 1 }).endOf('month').toFormat('yyyy-MM-dd');
}
