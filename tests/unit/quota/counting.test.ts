import { describe, expect, it } from 'vitest';

import type { QuotaService } from '../../../electron/quota';
import { ask, type Asked, build, headersAt, refusal, START } from './support';
import { claimOf, okAnswer, type SimulatedScheduler } from './simulation';

const DOCUMENTS = { pool: 'documents' };

/** A pool whose limit an answer has told, with `used` units drawn from it. */
async function told(used: number, limit = 50): Promise<{ quota: QuotaService; scheduler: SimulatedScheduler; answer: (call: Asked | undefined, used: number) => void }> {
  const { quota, scheduler } = build();
  const answer = (call: Asked | undefined, rank: number): void => void call?.permit?.settle(okAnswer(headersAt(scheduler.now(), limit, limit - rank)));
  const scout = ask(quota, claimOf('interactive', DOCUMENTS));
  await scheduler.runUntil(START + 1_000);
  answer(scout, used);
  await scheduler.runUntil(START + 1_001);
  return { quota, scheduler, answer };
}

async function askMany(quota: QuotaService, scheduler: SimulatedScheduler, count: number): Promise<readonly Asked[]> {
  const asked = Array.from({ length: count }, () => ask(quota, claimOf('interactive', DOCUMENTS)));
  await scheduler.runUntil(scheduler.now() + 1);
  return asked;
}

const gone = (calls: readonly Asked[]): number => calls.filter(({ permit }) => permit).length;
const viewOf = (quota: QuotaService) => quota.snapshot().windows[0];

describe('what counts as used', () => {
  it.each([
    { failure: 'connect_timeout', used: 1 },
    { failure: 'connect_refused', used: 1 },
    { failure: 'dns', used: 1 },
    { failure: 'tls', used: 1 },
    { failure: 'way_out', used: 1 },
    { failure: 'silence', used: 2 },
    { failure: 'cut', used: 2 },
    { failure: 'cancelled', used: 2 },
    { failure: 'other', used: 2 },
  ] as const)('after $failure: $used of which one was answered', async ({ failure, used }) => {
    const { quota, scheduler } = await told(1);
    const [call] = await askMany(quota, scheduler, 1);
    call?.permit?.fail(failure);
    await scheduler.runUntil(scheduler.now() + 1);
    expect(viewOf(quota)).toMatchObject({ used, inFlight: 0, remaining: 50 - used });
  });

  it('is nothing for a call that was not sent', async () => {
    const { quota, scheduler } = await told(1);
    const [call] = await askMany(quota, scheduler, 1);
    call?.permit?.release();
    expect(viewOf(quota)).toMatchObject({ used: 1, inFlight: 0 });
  });

  it('still holds a call lost after the one whose answer comes had left: it may have been counted behind it', async () => {
    const { quota, scheduler, answer } = await told(1);
    const [early] = await askMany(quota, scheduler, 1);
    const [lost] = await askMany(quota, scheduler, 1);
    lost?.permit?.fail('silence');
    await scheduler.runUntil(scheduler.now() + 100);
    answer(early, 2);
    expect(viewOf(quota)).toMatchObject({ used: 3 });
    const [later] = await askMany(quota, scheduler, 1);
    answer(later, 3);
    expect(viewOf(quota)).toMatchObject({ used: 3 });
  });

  it('is told of each token apart', async () => {
    const { quota, scheduler } = await told(50);
    const same = ask(quota, claimOf('interactive', DOCUMENTS));
    const other = ask(quota, claimOf('interactive', { ...DOCUMENTS, tokenKey: 'tok-2' }));
    await scheduler.runUntil(scheduler.now() + 1);
    expect([same.permit === null, other.permit === null]).toEqual([true, false]);
  });

  it('is kept window by window for the panel', async () => {
    const { quota, scheduler } = await told(7);
    await scheduler.runUntil(START + 4 * 60_000);
    await askMany(quota, scheduler, 1);
    expect(viewOf(quota)?.history.slice(0, 3)).toEqual([7, 0, 0]);
  });

  it('is settled once: a second time is a mistake that must be seen', async () => {
    const { quota, scheduler, answer } = await told(1);
    const [call] = await askMany(quota, scheduler, 1);
    answer(call, 2);
    expect(() => call?.permit?.release()).toThrow(/exactly once/);
  });
});

describe('a window that must wait', () => {
  it('waits for Retry-After when it goes past the window, and tells it truly', async () => {
    const { quota, scheduler } = await told(1);
    const [call] = await askMany(quota, scheduler, 1);
    const at = scheduler.now();
    call?.permit?.settle({ ...refusal(at), headers: { ...headersAt(at, 50, 0), 'retry-after': '150' } });
    const again = ask(quota, claimOf('interactive', DOCUMENTS));
    await scheduler.runUntil(at + 149_000);
    expect(again.permit).toBeNull();
    const { waitMs } = again.waits[0] ?? {};
    expect(waitMs).toBeGreaterThan(148_000);
    expect(waitMs).toBeLessThan(152_000);
    await scheduler.runUntil(at + 152_000);
    expect(again.permit).not.toBeNull();
  });

  it.each([
    ['a Retry-After that is over before the window', { 'retry-after': '1' }],
    ['no header but Retry-After', { 'ratelimit-limit': undefined, 'ratelimit-remaining': undefined, 'ratelimit-reset': undefined, 'retry-after': '0' }],
  ])('is not tried again after a 429 with %s', async (_name, broken) => {
    const { quota, scheduler } = await told(1);
    const [call] = await askMany(quota, scheduler, 1);
    const at = scheduler.now();
    call?.permit?.settle({ ...refusal(at), headers: { ...headersAt(at, 50, 0), ...broken } });
    const again = ask(quota, claimOf('interactive', DOCUMENTS));
    await scheduler.runUntil(START + 59_900);
    expect(again.permit).toBeNull();
    await scheduler.runUntil(START + 63_000);
    expect(again.permit).not.toBeNull();
  });

  it.each([
    ['over long ago', '12'],
    ['in a century', '4950000000'],
    ['in milliseconds', String(START + 60_000)],
  ])('is waited for, and no longer, when it says that its end is %s', async (_name, reset) => {
    const { quota, scheduler } = await told(1);
    await scheduler.runUntil(START + 20_000);
    const [first] = await askMany(quota, scheduler, 1);
    first?.permit?.settle(okAnswer({ ...headersAt(scheduler.now(), 50, 0), 'ratelimit-reset': reset }));
    const next = ask(quota, claimOf('interactive', DOCUMENTS));
    await scheduler.runUntil(START + 59_900);
    expect(next.permit).toBeNull();
    await scheduler.runUntil(START + 125_000);
    expect(next.permit).not.toBeNull();
  });

  it('gives a refused call its turn back, before those who came after it', async () => {
    const { quota, scheduler } = await told(1);
    const claim = claimOf('interactive', DOCUMENTS);
    const first = ask(quota, claim);
    await scheduler.runUntil(scheduler.now() + 1);
    const later = ask(quota, claimOf('interactive', DOCUMENTS));
    first.permit?.settle({ ...refusal(scheduler.now()), headers: { ...headersAt(scheduler.now(), 50, 0), 'retry-after': '59' } });
    expect(later.permit).toBeNull();
    const again = ask(quota, claim);
    await scheduler.runUntil(scheduler.now() + 10);
    expect([again.waits.at(-1)?.position, later.waits.at(-1)?.position]).toEqual([1, 2]);
  });
});

describe('refusals in a row', () => {
  /** One refusal a window, from now on. */
  async function refuse(quota: QuotaService, scheduler: SimulatedScheduler, times: number): Promise<void> {
    for (let rank = 0; rank < times; rank += 1) {
      const call = ask(quota, claimOf('interactive', DOCUMENTS));
      while (!call.permit) await scheduler.runUntil(scheduler.now() + 50);
      call.permit.settle({ ...refusal(scheduler.now()), headers: headersAt(scheduler.now(), 50, 0) });
    }
  }

  it('are not ended by the answer to a call that had left before the last of them', async () => {
    const { quota, scheduler, answer } = await told(1);
    await refuse(quota, scheduler, 1);
    await scheduler.runUntil(START + 62_000);
    const calls = await askMany(quota, scheduler, 1);
    answer(calls[0], 1);
    const [accepted, refused] = await askMany(quota, scheduler, 2);
    expect([accepted?.permit, refused?.permit]).not.toContain(null);
    const row = (): number | undefined => viewOf(quota)?.remaining;
    refused?.permit?.settle({ ...refusal(scheduler.now()), headers: headersAt(scheduler.now(), 50, 0) });
    answer(accepted, 2);
    await refuse(quota, scheduler, 1);
    const after = ask(quota, claimOf('interactive', DOCUMENTS));
    while (!after.permit) await scheduler.runUntil(scheduler.now() + 50);
    // Two in a row: a tenth of the window is left alone.
    expect(row()).toBe(44);
  });

  it('are forgotten once the token has been stopped for them', async () => {
    const { quota, scheduler } = await told(1);
    await refuse(quota, scheduler, 3);
    await scheduler.runUntil(scheduler.now() + 16 * 60_000);
    await refuse(quota, scheduler, 1);
    const after = ask(quota, claimOf('interactive', DOCUMENTS));
    await scheduler.runUntil(scheduler.now() + 65_000);
    expect(after.kind).toBeNull();
    expect(after.permit).not.toBeNull();
  });
});

describe('a colleague on the same token', () => {
  it('leaves the engine a quarter of what is left to have on its way, and no more', async () => {
    const { quota, scheduler, answer } = await told(10);
    const calls = await askMany(quota, scheduler, 40);
    expect(gone(calls)).toBe(10);
    answer(calls[0], 26);
    await scheduler.runUntil(scheduler.now() + 1);
    // 24 are left, nine are on their way: nobody goes.
    expect(gone(calls)).toBe(10);
  });

  it('is expected again for five windows, then no longer', async () => {
    const gonePerWindow: number[] = [];
    const { quota, scheduler, answer } = await told(10);
    for (let window = 1; window <= 7; window += 1) {
      await scheduler.runUntil(START + window * 60_000 + 5_000);
      const calls = await askMany(quota, scheduler, 8);
      gonePerWindow.push(gone(calls));
      for (const [rank, call] of calls.filter(({ permit }) => permit).entries()) answer(call, rank + 1);
      for (const call of calls) call.cancel();
      await scheduler.runUntil(scheduler.now() + 1);
    }
    expect(gonePerWindow).toEqual([1, 1, 1, 1, 6, 6, 6]);
  });

  it('is expected after a refusal that tells nothing else', async () => {
    const { quota, scheduler } = await told(1);
    const [call] = await askMany(quota, scheduler, 1);
    call?.permit?.settle({ status: 429, headers: {}, errorCode: null, retryInSeconds: null });
    await scheduler.runUntil(START + 130_000);
    expect(gone(await askMany(quota, scheduler, 8))).toBe(1);
  });
});

describe('slow answers at the opening of a window', () => {
  it('hold back less and less: the stake doubles while they are waited for', async () => {
    const { quota, scheduler } = await told(1);
    await scheduler.runUntil(START + 65_000);
    const opened = scheduler.now();
    const calls = await askMany(quota, scheduler, 50);
    const goneAt: number[] = [gone(calls)];
    for (const ms of [190, 210, 410, 610]) {
      await scheduler.runUntil(opened + ms);
      goneAt.push(gone(calls));
    }
    expect(goneAt).toEqual([6, 6, 12, 24, 48]);
  });

  it('are not those of the former window, which tell nothing of this one', async () => {
    const { quota, scheduler } = await told(1);
    await scheduler.runUntil(START + 55_000);
    const slow = await askMany(quota, scheduler, 3);
    expect(gone(slow)).toBe(3);
    await scheduler.runUntil(START + 65_000);
    expect(gone(await askMany(quota, scheduler, 20))).toBe(6);
  });
});

describe('the screen and batches', () => {
  it('across pools share the address: the screen first', async () => {
    let units = 0;
    const take = (): number => (units > 0 ? units-- : 0);
    const { quota, scheduler } = build({ ipWindow: { take } });
    const batch = ask(quota, claimOf('batch', DOCUMENTS));
    const screen = ask(quota, claimOf('interactive'));
    await scheduler.runUntil(START + 10);
    units = 1;
    await scheduler.runUntil(START + 1_200);
    expect([screen.permit === null, batch.permit === null]).toEqual([false, true]);
  });

  it('a batch that has just come takes no turn of the screen', async () => {
    let units = 0;
    const take = (): number => (units > 0 ? units-- : 0);
    const { quota, scheduler } = build({ ipWindow: { take } });
    const calls = [ask(quota, claimOf('batch', DOCUMENTS)), ...Array.from({ length: 10 }, () => ask(quota, claimOf('interactive', DOCUMENTS)))];
    const order: number[] = [];
    while (order.length < calls.length) {
      units = 1;
      await scheduler.runUntil(scheduler.now() + 1_000);
      for (const [rank, call] of calls.entries()) {
        if (!call.permit) continue;
        order.push(rank);
        call.permit.settle(okAnswer());
        call.permit = null;
      }
    }
    expect(order).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0]);
  });

  it('an agent who has just called keeps his reserve, though nobody says that he is there', async () => {
    const { quota, scheduler, answer } = await told(1);
    const batch = Array.from({ length: 60 }, () => ask(quota, claimOf('batch', DOCUMENTS)));
    let used = 1;
    for (let step = 0; step < 20; step += 1) {
      await scheduler.runUntil(scheduler.now() + 50);
      for (const call of batch.filter(({ permit }) => permit)) {
        answer(call, (used += 1));
        call.permit = null;
      }
    }
    expect(used).toBe(45);
  });

  it('a unit given back lets the next one go at once', async () => {
    const { quota, scheduler } = await told(49);
    const [last] = await askMany(quota, scheduler, 1);
    const [next] = await askMany(quota, scheduler, 1);
    expect([last?.permit === null, next?.permit === null]).toEqual([false, true]);
    last?.permit?.release();
    await scheduler.runUntil(scheduler.now() + 1);
    expect(next?.permit).not.toBeNull();
  });
});
