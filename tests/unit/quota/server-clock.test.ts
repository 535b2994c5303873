import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readRateLimitHeaders } from '../../../electron/quota/rate-limit-headers';
import { ServerClock } from '../../../electron/quota/server-clock';

const START = Date.UTC(2027, 2, 1, 9, 0, 0);
const WINDOW_MS = 60_000;

interface Answer {
  readonly afterMs: number;
  readonly upMs: number;
  readonly downMs: number;
  /** A busy server refreshes its `Date` late. */
  readonly lateMs: number;
  readonly tellsReset: boolean;
}

const answers: fc.Arbitrary<readonly Answer[]> = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 600_000 }),
    upMs: fc.integer({ min: 1, max: 5_000 }),
    downMs: fc.integer({ min: 1, max: 5_000 }),
    lateMs: fc.integer({ min: 0, max: 2_000 }),
    tellsReset: fc.boolean(),
  }),
  { minLength: 1, maxLength: 20 },
);

describe('what is known of the service’s clock', () => {
  it('always holds the truth, whatever the way, a late date and two quartzes that drift apart', () => {
    const errors = fc.integer({ min: -3_600_000, max: 3_600_000 });
    const drifts = fc.double({ min: -9e-5, max: 9e-5, noNaN: true });
    fc.assert(
      fc.property(errors, drifts, answers, (errorMs, drift, all) => {
        const clock = new ServerClock(WINDOW_MS);
        const serverAt = (now: number): number => now + errorMs + (now - START) * drift;
        let now = START;
        for (const { afterMs, upMs, downMs, lateMs, tellsReset } of all) {
          const sentAt = (now += afterMs);
          const madeAt = serverAt((now += upMs));
          const receivedAt = (now += downMs);
          const resetAt = tellsReset ? Math.floor(madeAt / WINDOW_MS + 1) * WINDOW_MS : null;
          clock.observe({ date: Math.floor((madeAt - lateMs) / 1_000) * 1_000, resetAt }, { sentAt, receivedAt });
          if (!clock.isKnown) continue;
          for (const later of [now, now + 3_600_000]) {
            expect(clock.earliest(later)).toBeLessThanOrEqual(serverAt(later) + 1e-3);
            expect(clock.latest(later)).toBeGreaterThanOrEqual(serverAt(later) - 1e-3);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('quota headers', () => {
  const nothing = { limit: null, remaining: null, resetAt: null, retryAfterMs: null, date: null };

  it('are read whatever their case', () => {
    expect(readRateLimitHeaders({ 'RateLimit-Limit': '250', 'Ratelimit-Remaining': '12', 'RATELIMIT-RESET': '1900000000', 'Retry-After': '7' })).toEqual({ ...nothing, limit: 250, remaining: 12, resetAt: 1_900_000_000_000, retryAfterMs: 7_000 });
  });

  it.each([
    ['more left than the limit', { 'ratelimit-limit': '50', 'ratelimit-remaining': '51' }, { ...nothing, limit: 50 }],
    ['a limit of nothing', { 'ratelimit-limit': '0' }, nothing],
    ['a pause of more than a day', { 'retry-after': '86401' }, nothing],
    ['a pause as a date', { 'retry-after': 'Mon, 01 Mar 2027 09:00:00 GMT' }, nothing],
    ['numbers of other kinds', { 'ratelimit-limit': '1e3', 'ratelimit-remaining': '-1', 'ratelimit-reset': '12.5' }, nothing],
    ['a date that is not one', { date: 'Mon, 32 Mar 2027 09:00:00 GMT' }, nothing],
  ])('that say %s teach nothing of it', (_name, headers, expected) => {
    expect(readRateLimitHeaders(headers)).toEqual(expected);
  });
});
