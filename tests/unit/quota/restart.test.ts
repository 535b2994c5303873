import { describe, expect, it } from 'vitest';

import { memoryQuotaStore } from '../../../electron/quota';
import type { WindowCounterState } from '../../../electron/quota/window-counter';
import { ask, type Asked, build, headersAt, refusal, scout, START } from './support';
import { claimOf, okAnswer } from './simulation';

describe('restart', () => {
  it('has units on disk before their use, a tenth of the limit at once', async () => {
    const memory = memoryQuotaStore();
    const onDisk: number[] = [];
    const save: typeof memory.save = (kind, key, state) => {
      memory.save(kind, key, state);
      const saved = memory.load('window', key);
      if (kind === 'window' && saved) onDisk.push(saved.used);
    };
    const { quota, scheduler } = build({ store: { ...memory, save } });
    await scout({ quota, scheduler }, START + 5, { limit: 250, remaining: 249 });
    const calls = Array.from({ length: 100 }, () => ask(quota, claimOf('interactive')));
    await scheduler.runUntil(START + 10);
    const sent = 1 + calls.filter(({ permit }) => permit !== null).length;
    expect(sent).toBe(101);
    expect(onDisk.at(-1)).toBeGreaterThanOrEqual(sent);
    expect(onDisk.length).toBeLessThanOrEqual(6);
  });

  it('remembers what was used, even when the program was killed', async () => {
    const store = memoryQuotaStore();
    const { quota, scheduler } = build({ store });
    const pool = { pool: 'attestation_fiscale' };
    await scout({ quota, scheduler }, START + 1_000, { limit: 5, remaining: 4 }, pool);
    const calls = Array.from({ length: 4 }, () => ask(quota, claimOf('interactive', pool)));
    await scheduler.runUntil(START + 2_000);
    expect(calls.every(({ permit }) => permit)).toBe(true);
    const restarted = build({ store, scheduler });
    const after = ask(restarted.quota, claimOf('interactive', pool));
    await scheduler.runUntil(START + 59_000);
    expect(after.permit).toBeNull();
    await scheduler.runUntil(START + 125_000);
    expect(after.permit).not.toBeNull();
  });

  it('that was closed in peace goes on to the last unit', async () => {
    const store = memoryQuotaStore();
    const { quota, scheduler } = build({ store });
    const pool = { pool: 'attestation_fiscale' };
    await scout({ quota, scheduler }, START + 1_000, { limit: 5, remaining: 4 }, pool);
    await scheduler.runUntil(START + 2_000);
    quota.close();
    const restarted = build({ store, scheduler });
    const calls: Asked[] = [];
    for (let left = 3; left >= 0; left -= 1) {
      const call = ask(restarted.quota, claimOf('interactive', pool));
      calls.push(call);
      await scheduler.runUntil(scheduler.now() + 1_000);
      call.permit?.settle(okAnswer(headersAt(scheduler.now(), 5, left)));
    }
    expect(calls.filter(({ permit }) => permit)).toHaveLength(4);
    const one = ask(restarted.quota, claimOf('interactive', pool));
    await scheduler.runUntil(START + 59_000);
    expect(one.permit).toBeNull();
  });

  it.each([
    ['another limit', { limit: 2, remaining: 1, left: 1 }],
    ['a colleague’s use', { limit: 5, remaining: 1, left: 1 }],
    ['a colleague’s use of all that was left', { limit: 5, remaining: 0, left: 0 }],
  ])('after a kill remembers %s that an answer told', async (_name, { limit, remaining, left }) => {
    const store = memoryQuotaStore();
    const { quota, scheduler } = build({ store });
    const pool = { pool: 'attestation_fiscale' };
    await scout({ quota, scheduler }, START + 1_000, { limit, remaining }, pool);
    await scheduler.runUntil(START + 2_000);
    const restarted = build({ store, scheduler });
    const calls = Array.from({ length: 5 }, () => ask(restarted.quota, claimOf('interactive', pool)));
    await scheduler.runUntil(START + 59_000);
    expect(calls.filter(({ permit }) => permit).length).toBeLessThanOrEqual(left);
  });

  it('has every call on its way on disk, even after an answer has lowered what was believed used', async () => {
    const store = memoryQuotaStore();
    const { quota: first, scheduler } = build({ store });
    const pool = { pool: 'documents' };
    const lost = Array.from({ length: 30 }, () => ask(first, claimOf('interactive', pool)));
    await scheduler.runUntil(START + 10);
    expect(lost.some(({ permit }) => permit)).toBe(true);
    const saved = store.load('window', store.keys('window')[0] ?? '');
    if (!saved) throw new Error('nothing was saved');
    store.save('window', store.keys('window')[0] ?? '', { ...saved, used: 30, inFlight: 0 });
    const { quota } = build({ store, scheduler });
    await scout({ quota, scheduler }, START + 1_000, { limit: 50, remaining: 49 }, pool);
    const calls = Array.from({ length: 25 }, () => ask(quota, claimOf('interactive', pool)));
    await scheduler.runUntil(START + 1_500);
    const onTheirWay = calls.filter(({ permit }) => permit).length;
    expect(onTheirWay).toBe(25);
    expect(store.load('window', store.keys('window')[0] ?? '')?.inFlight).toBeGreaterThanOrEqual(onTheirWay);
  });

  it('leaves room for calls of a killed life that the service may still count, then takes it back', async () => {
    const store = memoryQuotaStore();
    const { quota, scheduler } = build({ store });
    const pool = { pool: 'documents' };
    await scout({ quota, scheduler }, START + 55_000, { limit: 50, remaining: 49 }, pool);
    const lost = Array.from({ length: 30 }, () => ask(quota, claimOf('interactive', pool)));
    await scheduler.runUntil(START + 56_000);
    expect(lost.every(({ permit }) => permit)).toBe(true);
    // Killed with thirty calls on their way; started again in the next window, of which nobody has drawn.
    await scheduler.runUntil(START + 62_000);
    const restarted = build({ store, scheduler });
    const first = ask(restarted.quota, claimOf('interactive', pool));
    await scheduler.runUntil(START + 62_100);
    first.permit?.settle(okAnswer(headersAt(scheduler.now(), 50, 49)));
    const calls = Array.from({ length: 49 }, () => ask(restarted.quota, claimOf('interactive', pool)));
    const given = () => calls.filter(({ permit }) => permit).length;
    await scheduler.runUntil(START + 63_000);
    expect(given()).toBeGreaterThan(0);
    expect(given() + 1 + lost.length).toBeLessThanOrEqual(50);
    const answer = (call: Asked, remaining: number) => call.permit?.settle(okAnswer(headersAt(scheduler.now(), 50, remaining)));
    const early = calls.filter(({ permit }) => permit);
    for (const call of early) answer(call, 50 - early.length - 1);
    // Once they cannot come any more, one call asks how many did: none, says its answer.
    const askingNow = () => calls.filter((call) => call.permit && !early.includes(call));
    while (askingNow().length === 0) await scheduler.runUntil(scheduler.now() + 50);
    expect(scheduler.now()).toBeGreaterThan(START + 70_000);
    const asking = askingNow();
    expect(asking).toHaveLength(1);
    for (const call of asking) answer(call, 50 - early.length - 2);
    await scheduler.runUntil(START + 90_000);
    expect(given()).toBe(49);
  });

  it('remembers the use of the window in which it was killed, not of the one before', async () => {
    const store = memoryQuotaStore();
    const { quota, scheduler } = build({ store });
    const pool = { pool: 'documents' };
    const spend = async (ranks: readonly number[]): Promise<void> => {
      for (const rank of ranks) {
        const call = ask(quota, claimOf('interactive', pool));
        await scheduler.runUntil(scheduler.now() + 20);
        call.permit?.settle(okAnswer(headersAt(scheduler.now(), 50, 50 - rank)));
      }
    };
    await spend(Array.from({ length: 30 }, (_, index) => index + 1));
    await scheduler.runUntil(START + 62_000);
    await spend(Array.from({ length: 20 }, (_, index) => index + 1));
    const { quota: restarted } = build({ store, scheduler });
    const calls = Array.from({ length: 50 }, () => ask(restarted, claimOf('interactive', pool)));
    await scheduler.runUntil(START + 119_000);
    expect(calls.filter(({ permit }) => permit).length).toBeLessThanOrEqual(30);
  });

  const FISCAL = { pool: 'attestation_fiscale' };
  const KEY = 'sandbox tok-1 attestation_fiscale';
  const HOUR_MS = 3_600_000;
  const sound = { limit: 5, used: 0, opensAt: null, history: [], stoppedUntil: 0, refusalsInRow: 0 };

  /** How long after a start from this state the first call leaves. */
  async function firstLeavesAfter(saved: Partial<WindowCounterState>): Promise<number> {
    const store = memoryQuotaStore();
    store.save('window', KEY, { ...sound, ...saved });
    const { quota, scheduler } = build({ store });
    const call = ask(quota, claimOf('interactive', FISCAL));
    while (!call.permit && scheduler.now() < START + 48 * HOUR_MS) await scheduler.runUntil(scheduler.now() + 500);
    return scheduler.now() - START;
  }

  it('keeps a pause that the service asked for', async () => {
    expect(await firstLeavesAfter({ stoppedUntil: START + 150_000 })).toBeGreaterThanOrEqual(150_000);
  });

  it.each([
    ['a window', { used: 5, opensAt: START + 5 * HOUR_MS }, 61_000],
    ['calls on their way', { opensAt: START + 5 * HOUR_MS, inFlight: 5, used: 5 }, 80_000],
    ['calls of former lives', { left: [{ units: 5, until: START + 5 * HOUR_MS }] }, 80_000],
    ['a pause', { stoppedUntil: START + 30 * 24 * HOUR_MS }, 24 * HOUR_MS + 1_000],
  ])('is not held up by %s that was dated before the clock was set back', async (_name, saved, atMostMs) => {
    expect(await firstLeavesAfter(saved)).toBeLessThanOrEqual(atMostMs);
  });

  it('still leaves room for what the life before the last one had on its way', async () => {
    const store = memoryQuotaStore();
    store.save('window', KEY, { ...sound, opensAt: START - 1_000, left: [{ units: 4, until: START + 10_000 }] });
    const { quota, scheduler } = build({ store });
    const calls = Array.from({ length: 5 }, () => ask(quota, claimOf('interactive', FISCAL)));
    await scheduler.runUntil(START + 9_000);
    expect(calls.filter(({ permit }) => permit)).toEqual([]);
  });

  it('keeps the pause of a 429 over a kill', async () => {
    const store = memoryQuotaStore();
    const { quota, scheduler } = build({ store });
    const call = ask(quota, claimOf('interactive', FISCAL));
    await scheduler.runUntil(START + 1_000);
    call.permit?.settle({ ...refusal(scheduler.now()), headers: { ...headersAt(scheduler.now(), 5, 0), 'retry-after': '150' } });
    const { quota: restarted } = build({ store, scheduler });
    const next = ask(restarted, claimOf('interactive', FISCAL));
    await scheduler.runUntil(START + 150_000);
    expect(next.permit).toBeNull();
    await scheduler.runUntil(START + 153_000);
    expect(next.permit).not.toBeNull();
  });

  it('counts on from the refusals in a row of the life before: the third stops the token', async () => {
    const store = memoryQuotaStore();
    store.save('window', KEY, { ...sound, refusalsInRow: 2 });
    const { quota, scheduler } = build({ store });
    const call = ask(quota, claimOf('interactive', FISCAL));
    await scheduler.runUntil(START + 10);
    call.permit?.settle(refusal(scheduler.now()));
    const next = ask(quota, claimOf('interactive', FISCAL));
    await scheduler.runUntil(START + 20);
    expect(next.kind).toBe('quota');
  });
});
