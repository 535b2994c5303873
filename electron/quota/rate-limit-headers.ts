import type { AnswerObservation } from '../consultation/ports';

/** Quota headers of one answer; null where missing or absurd (API Entreprise docs, volumétrie). */
export interface RateLimitHeaders {
  readonly limit: number | null;
  readonly remaining: number | null;
  /** Server time, milliseconds since the epoch. */
  readonly resetAt: number | null;
  readonly retryAfterMs: number | null;
  /** Server time, milliseconds since the epoch, cut to the second. */
  readonly date: number | null;
}

const LARGEST_LIMIT = 100_000;
/** 9999-12-31, seconds: above it the value is not a date in seconds. */
const LATEST_SECONDS = 253_402_300_799;
const LONGEST_RETRY_SECONDS = 24 * 3_600;

export function readRateLimitHeaders(headers: AnswerObservation['headers']): RateLimitHeaders {
  const find = (name: string): string | undefined => headers[name] ?? findIgnoringCase(headers, name);
  const limit = wholeNumber(find('ratelimit-limit'), 1, LARGEST_LIMIT);
  const remaining = wholeNumber(find('ratelimit-remaining'), 0, limit ?? LARGEST_LIMIT);
  const resetSeconds = wholeNumber(find('ratelimit-reset'), 1, LATEST_SECONDS);
  const retryAfter = wholeNumber(find('retry-after'), 0, LONGEST_RETRY_SECONDS);
  return {
    limit,
    remaining,
    resetAt: resetSeconds === null ? null : resetSeconds * 1_000,
    retryAfterMs: retryAfter === null ? null : retryAfter * 1_000,
    date: readHttpDate(find('date')),
  };
}

function findIgnoringCase(headers: AnswerObservation['headers'], name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function wholeNumber(text: string | undefined, least: number, greatest: number): number | null {
  if (text === undefined || !/^\d{1,15}$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= least && value <= greatest ? value : null;
}

/** A `Date` header, milliseconds since the epoch; null when it is not one. */
export function readHttpDate(text: string | undefined): number | null {
  if (text === undefined || !/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null;
  const value = Date.parse(text);
  return Number.isNaN(value) ? null : value;
}
