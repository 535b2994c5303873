import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { build, START } from './support';
import { claimOf, okAnswer } from './simulation';

interface Scenario {
  readonly backAt: number;
  readonly latencies: readonly number[];
  readonly arrivals: readonly { readonly at: number; readonly interactive: boolean }[];
}

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  backAt: fc.integer({ min: 0, max: 120_000 }),
  latencies: fc.array(fc.integer({ min: 20, max: 12_000 }), { minLength: 3, maxLength: 7 }),
  arrivals: fc.array(fc.record({ at: fc.integer({ min: 0, max: 90_000 }), interactive: fc.boolean() }), { minLength: 4, maxLength: 40 }),
});

interface Played {
  readonly interactive: boolean;
  readonly askedAt: number;
  sentAt: number | null;
  answeredAt: number | null;
  refusedAt: number | null;
  /** The provider was taken for down when the call left. */
  isTrial: boolean;
}

async function play({ backAt, latencies, arrivals }: Scenario): Promise<readonly Played[]> {
  const { quota, scheduler } = build();
  const calls: Played[] = [];
  const isOpen = (): boolean => quota.snapshot().breakers.some(({ provider, state }) => provider === 'vies' && state !== 'closed');
  const one = async (interactive: boolean): Promise<void> => {
    const call: Played = { interactive, askedAt: scheduler.now(), sentAt: null, answeredAt: null, refusedAt: null, isTrial: false };
    calls.push(call);
    try {
      const permit = await quota.acquire(claimOf(interactive ? 'interactive' : 'batch', { provider: 'vies' }), { signal: new AbortController().signal, onWait: () => undefined });
      call.sentAt = scheduler.now();
      call.isTrial = isOpen();
      scheduler.setTimer(call.sentAt + (latencies[calls.indexOf(call) % latencies.length] ?? 20), () => {
        call.answeredAt = scheduler.now();
        permit.settle({ ...okAnswer(), status: scheduler.now() - START >= backAt ? 200 : 502 });
      });
    } catch {
      call.refusedAt = scheduler.now();
    }
  };
  for (const { at, interactive } of arrivals) scheduler.setTimer(START + at, () => void one(interactive));
  await scheduler.runUntil(START + 3_600_000);
  return calls;
}

const isUnderWay = (call: Played, at: number): boolean => call.sentAt !== null && call.sentAt < at && (call.answeredAt ?? Infinity) > at;

describe('a provider that is down', () => {
  it('never refuses an agent at the screen while a call under way may still tell that it is back', () =>
    fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const calls = await play(scenario);
        for (const { interactive, refusedAt } of calls) {
          if (interactive && refusedAt !== null) expect(calls.filter((other) => isUnderWay(other, refusedAt))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    ));

  it('is tried by one call at a time, and makes no agent wait for more than the calls under way and one trial', () =>
    fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const calls = await play(scenario);
        for (const trial of calls.filter(({ isTrial }) => isTrial)) expect(calls.filter((other) => isUnderWay(other, trial.sentAt ?? 0))).toEqual([]);
        const longest = Math.max(...scenario.latencies);
        for (const { interactive, askedAt, refusedAt } of calls) {
          if (interactive && refusedAt !== null) expect(refusedAt - askedAt).toBeLessThanOrEqual(3 * longest + 1_000);
        }
        expect(calls.every(({ refusedAt, answeredAt }) => refusedAt !== null || answeredAt !== null)).toBe(true);
      }),
      { numRuns: 150 },
    ));
});
