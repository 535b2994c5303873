import { describe, expect, it } from 'vitest';

import { memoryQuotaStore, type QuotaService } from '../../../electron/quota';
import { ask, type Asked, build, headersAt, START } from './support';
import { claimOf, okAnswer, SimulatedScheduler } from './simulation';

interface Down {
  readonly status?: number;
  readonly code?: string | null;
  readonly retryInSeconds?: number | null;
}

/** As many answers, one after the other, that say that the provider is down; to whoever is let go. */
async function answerDown(quota: QuotaService, scheduler: SimulatedScheduler, times: number, { status = 502, code = null, retryInSeconds = null }: Down = {}): Promise<void> {
  for (let rank = 0; rank < times; rank += 1) {
    const call = await one(quota, scheduler);
    call.permit?.settle({ ...okAnswer(), status, errorCode: code, retryInSeconds });
    await scheduler.runUntil(scheduler.now() + 1);
  }
}

async function one(quota: QuotaService, scheduler: SimulatedScheduler, priority: 'interactive' | 'batch' = 'batch'): Promise<Asked> {
  const call = ask(quota, claimOf(priority, { provider: 'vies' }));
  await scheduler.runUntil(scheduler.now() + 10);
  return call;
}

const stateOf = (quota: QuotaService) => quota.snapshot().breakers.find(({ provider }) => provider === 'vies');

describe('the breaker of a provider', () => {
  it.each([
    { status: 500, code: null, opens: false },
    { status: 502, code: null, opens: true },
    { status: 503, code: null, opens: true },
    { status: 504, code: null, opens: true },
    // Of one company or one document, not of the provider's health.
    { status: 502, code: '03501', opens: false },
    { status: 502, code: '01501', opens: false },
    { status: 502, code: '04053', opens: false },
    { status: 404, code: null, opens: false },
  ])('opens after three answers $status $code in a row: $opens', async ({ status, code, opens }) => {
    const { quota, scheduler } = build();
    await answerDown(quota, scheduler, 3, { status, code });
    expect(stateOf(quota)?.state).toBe(opens ? 'open' : 'closed');
  });

  it('is reset by an answer in between, and not by one of the service’s own failures', async () => {
    const { quota, scheduler } = build();
    await answerDown(quota, scheduler, 2);
    await answerDown(quota, scheduler, 1, { status: 200 });
    await answerDown(quota, scheduler, 2);
    expect(stateOf(quota)?.state).toBe('closed');
    await answerDown(quota, scheduler, 1, { status: 500 });
    await answerDown(quota, scheduler, 1);
    expect(stateOf(quota)?.state).toBe('open');
  });

  it('lets one call through when its pause is over, closes on its success', async () => {
    const { quota, scheduler } = build();
    await answerDown(quota, scheduler, 3);
    await scheduler.runUntil(scheduler.now() + 31_000);
    // An answer of another provider has just told that there is room for all of them.
    const other = ask(quota, claimOf('batch'));
    await scheduler.runUntil(scheduler.now() + 10);
    other.permit?.settle(okAnswer(headersAt(scheduler.now(), 250, 246)));
    const calls = await Promise.all(Array.from({ length: 5 }, () => one(quota, scheduler)));
    expect(calls.filter(({ permit }) => permit)).toHaveLength(1);
    calls.find(({ permit }) => permit)?.permit?.settle(okAnswer());
    await scheduler.runUntil(scheduler.now() + 2_000);
    expect(calls.every(({ permit }) => permit)).toBe(true);
    expect(stateOf(quota)?.state).toBe('closed');
  });

  it('stays open longer after each trial that fails, ten minutes at most', async () => {
    const { quota, scheduler } = build();
    await answerDown(quota, scheduler, 3);
    const pauses: number[] = [];
    for (let trial = 0; trial < 7; trial += 1) {
      const until = Date.parse(stateOf(quota)?.until ?? '');
      pauses.push(Math.round((until - scheduler.now()) / 1_000));
      await scheduler.runUntil(until);
      await answerDown(quota, scheduler, 1);
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600]);
  });

  it('may be tried by an agent at the screen, once in ten seconds, and by no batch', async () => {
    const { quota, scheduler } = build();
    await answerDown(quota, scheduler, 3);
    expect((await one(quota, scheduler, 'batch')).kind).toBe('provider_down');
    const first = await one(quota, scheduler, 'interactive');
    expect(first.permit).not.toBeNull();
    first.permit?.fail('cut');
    expect((await one(quota, scheduler, 'interactive')).kind).toBe('provider_down');
    await scheduler.runUntil(scheduler.now() + 10_000);
    expect((await one(quota, scheduler, 'interactive')).permit).not.toBeNull();
  });

  it('makes an agent at the screen wait for a batch’s call under way, then lets him try: the others learn what came of it', async () => {
    const { quota, scheduler } = build();
    await answerDown(quota, scheduler, 1);
    const underWay = [await one(quota, scheduler), await one(quota, scheduler)];
    underWay[0]?.permit?.settle({ ...okAnswer(), status: 502 });
    await answerDown(quota, scheduler, 1);
    expect(stateOf(quota)?.state).toBe('open');
    const clicks = [await one(quota, scheduler, 'interactive'), await one(quota, scheduler, 'interactive')];
    expect(clicks.map(({ permit, kind, waits }) => ({ permit, kind, isTold: waits.length > 0 }))).toEqual(clicks.map(() => ({ permit: null, kind: null, isTold: true })));
    underWay[1]?.permit?.settle({ ...okAnswer(), status: 502 });
    await scheduler.runUntil(scheduler.now() + 2_000);
    expect(clicks[0]?.permit).not.toBeNull();
    expect(clicks[1]?.permit).toBeNull();
    clicks[0]?.permit?.settle({ ...okAnswer(), status: 502 });
    await scheduler.runUntil(scheduler.now() + 2_000);
    expect(clicks[1]?.kind).toBe('provider_down');
  });

  it('believes a maintenance that is announced with its end, which nobody tries before', async () => {
    const { quota, scheduler } = build();
    await answerDown(quota, scheduler, 1, { status: 502, code: '04020', retryInSeconds: 7_200 });
    expect(stateOf(quota)).toMatchObject({ state: 'open', reason: expect.stringContaining('maintenance') as string });
    await scheduler.runUntil(START + 3_600_000);
    expect((await one(quota, scheduler, 'interactive')).kind).toBe('provider_down');
    await scheduler.runUntil(START + 7_205_000);
    expect((await one(quota, scheduler, 'batch')).permit).not.toBeNull();
  });

  it('outlives a kill', async () => {
    const store = memoryQuotaStore();
    const { quota, scheduler } = build({ store });
    await answerDown(quota, scheduler, 3);
    const restarted = build({ store, scheduler });
    expect((await one(restarted.quota, scheduler)).kind).toBe('provider_down');
  });
});

describe('a token that is stopped', () => {
  it('stays so over a kill, a quarter of an hour, and no longer under a clock that was set back', async () => {
    const store = memoryQuotaStore();
    const { quota, scheduler } = build({ store });
    for (let round = 0; round < 3; round += 1) {
      const call = ask(quota, claimOf('interactive'));
      while (!call.permit) await scheduler.runUntil(scheduler.now() + 100);
      call.permit.settle({ ...okAnswer(), status: 429 });
    }
    const stoppedAt = scheduler.now();
    const kindAt = async (start: number): Promise<string | null> => {
      const { quota: restarted, scheduler: later } = build({ store, scheduler: new SimulatedScheduler(start) });
      const call = ask(restarted, claimOf('interactive', { pool: 'documents' }));
      await later.runUntil(start + 10);
      return call.kind;
    };
    expect(await kindAt(stoppedAt + 14 * 60_000)).toBe('quota');
    expect(await kindAt(stoppedAt + 16 * 60_000)).toBeNull();
    const { quota: setBack, scheduler: hoursBefore } = build({ store, scheduler: new SimulatedScheduler(stoppedAt - 5 * 3_600_000) });
    ask(setBack, claimOf('interactive', { pool: 'documents' }));
    await hoursBefore.runUntil(hoursBefore.now() + 16 * 60_000);
    const call = ask(setBack, claimOf('interactive', { pool: 'documents' }));
    await hoursBefore.runUntil(hoursBefore.now() + 10);
    expect(call.kind).toBeNull();
  });
});

describe('a probable ban', () => {
  const banOf = (quota: QuotaService) => quota.snapshot().ban;
  const silent = async (quota: QuotaService, scheduler: SimulatedScheduler, provider: string): Promise<void> => {
    const call = ask(quota, claimOf('interactive', { provider }));
    await scheduler.runUntil(scheduler.now() + 10);
    call.permit?.fail('silence');
    await scheduler.runUntil(scheduler.now() + 10);
  };

  it('is suspected of providers that are silent together, and not of one alone', async () => {
    const { quota, scheduler } = build({ isOtherHostReachable: async () => true, probe: async () => false });
    for (let rank = 0; rank < 5; rank += 1) await silent(quota, scheduler, 'vies');
    expect(banOf(quota)).toBeNull();
    await silent(quota, scheduler, 'insee');
    expect(banOf(quota)).not.toBeNull();
  });

  it.each(['tls', 'way_out', 'dns', 'connect_refused', 'cut', 'cancelled', 'other'] as const)('is not suspected of %s', async (failure) => {
    const { quota, scheduler } = build({ isOtherHostReachable: async () => true, probe: async () => false });
    for (const provider of ['vies', 'insee', 'dgfip', 'urssaf']) {
      const call = ask(quota, claimOf('interactive', { provider }));
      await scheduler.runUntil(scheduler.now() + 10);
      call.permit?.fail(failure);
    }
    await scheduler.runUntil(scheduler.now() + 10);
    expect(banOf(quota)).toBeNull();
  });

  it('is forgotten of silences that an answer has ended', async () => {
    const { quota, scheduler } = build({ isOtherHostReachable: async () => true, probe: async () => false });
    for (let round = 0; round < 3; round += 1) {
      await silent(quota, scheduler, 'vies');
      await silent(quota, scheduler, 'insee');
      const call = ask(quota, claimOf('interactive'));
      await scheduler.runUntil(scheduler.now() + 10);
      call.permit?.settle(okAnswer());
    }
    expect(banOf(quota)).toBeNull();
  });

  it('is lifted by the answer to a call that was on its way', async () => {
    const { quota, scheduler } = build({ isOtherHostReachable: async () => true, probe: async () => false });
    const calls = Array.from({ length: 4 }, () => ask(quota, claimOf('interactive')));
    while (calls.some(({ permit }) => !permit)) await scheduler.runUntil(scheduler.now() + 500);
    for (const call of calls.slice(1)) call.permit?.fail('connect_timeout');
    await scheduler.runUntil(scheduler.now() + 10);
    expect(banOf(quota)).not.toBeNull();
    calls[0]?.permit?.settle(okAnswer());
    await scheduler.runUntil(scheduler.now() + 10);
    expect(banOf(quota)).toBeNull();
  });

  it('is probed once an hour at least', async () => {
    const probedAt: number[] = [];
    const { quota, scheduler } = build({ isOtherHostReachable: async () => true, probe: async () => (probedAt.push(scheduler.now()), false) });
    for (const provider of ['vies', 'insee', 'vies']) await silent(quota, scheduler, provider);
    await scheduler.runUntil(START + 11 * 3_600_000);
    const gaps = probedAt.slice(1).map((at, rank) => Math.round((at - (probedAt[rank] ?? 0)) / 60_000));
    expect(gaps.slice(0, 3)).toEqual([10, 20, 40]);
    expect(new Set(gaps.slice(3))).toEqual(new Set([60]));
  });
});
