import type { JsonPrimitive } from '../domain/json';

const dayFormat = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', day: 'numeric', month: 'long', year: 'numeric' });
const utcDayFormat = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const monthFormat = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', month: 'long', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' });
const isoParisFormat = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The year 9999 in seconds: beyond, a number is no day (milliseconds, an identifier). */
const LAST_SECOND = 253_402_300_799;

function frenchDay(format: Intl.DateTimeFormat, date: Date): string {
  return format.format(date).replace(/^1 /, '1er ').replace(/ /g, '\u00a0');
}

/**
 * A day given in Unix seconds: INSEE and Infogreffe send midnight in Paris, possibly negative
 * (API Entreprise, OpenAPI); read in UTC it would be the day before.
 */
function dayOfSeconds(seconds: number): string | undefined {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > LAST_SECOND) return undefined;
  return frenchDay(dayFormat, new Date(seconds * 1000));
}

/** A calendar day that exists, else undefined: 31 February is shown as it came. */
function calendarDay(year: number, month: number, day: number): Date | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : undefined;
}

function monthText(year: number, month: number): string | undefined {
  if (month < 1 || month > 12) return undefined;
  return monthFormat.format(new Date(Date.UTC(year, month - 1, 1))).replace(/ /g, '\u00a0');
}

type Read = (groups: readonly string[]) => string | undefined;

const shapes: readonly (readonly [RegExp, Read])[] = [
  [
    /^(\d{4})-(\d{2})-(\d{2})$/,
    ([year, month, day]) => {
      const date = calendarDay(Number(year), Number(month), Number(day));
      return date && frenchDay(utcDayFormat, date);
    },
  ],
  [/^(\d{4}-\d{2}-\d{2}T.+)$/, ([instant]) => instantText(instant ?? '')],
  [/^(\d{4})-(\d{2})$/, ([year, month]) => monthText(Number(year), Number(month))],
  [/^(\d{2})-(\d{4})$/, ([month, year]) => monthText(Number(year), Number(month))],
  [/^((?:19|20)\d{2})(\d{2})$/, ([year, month]) => monthText(Number(year), Number(month))],
  [/^(-?\d{9,10})$/, ([seconds]) => dayOfSeconds(Number(seconds))],
];

function instantText(text: string): string | undefined {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return undefined;
  // Midnight in UTC is how a bare day is written by the services that only know instants.
  if (date.getTime() % 86_400_000 === 0) return frenchDay(utcDayFormat, date);
  return `${frenchDay(dayFormat, date)} à ${timeFormat.format(date)}`;
}

/**
 * Reads a date in any of the formats that the providers use; undefined when the text is none of them.
 * A day and a month without a year (« 02-24 », « 30-06 ») are ambiguous and stay as they came.
 */
export function readDate(value: JsonPrimitive): string | undefined {
  if (typeof value === 'number') return dayOfSeconds(value);
  if (typeof value !== 'string') return undefined;
  for (const [pattern, read] of shapes) {
    const match = pattern.exec(value.trim());
    if (match) return read(match.slice(1));
  }
  return undefined;
}

/** ISO day in Paris of a day given in seconds or as text; null when it is neither. */
export function isoDay(value: JsonPrimitive | undefined): string | null {
  if (typeof value === 'number' && Math.abs(value) <= LAST_SECOND) return isoParisFormat.format(new Date(value * 1000));
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;
}

/** Moment of a call, on the agent's clock in Paris: « 24 novembre 2026 à 09:12 ». */
export function readInstant(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${frenchDay(dayFormat, date)} à ${timeFormat.format(date)}`;
}
