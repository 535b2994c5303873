import { describe, expect, it } from 'vitest';

import { quotaHandlers } from '../../../electron/quota';
import { ask, type Asked, build, headersAt, refusal, scout, START } from './support';
import { claimOf, okAnswer, ServerModel, SimulatedScheduler } from './simulation';

describe('turns', () => {
  it('lets the screen pass before a batch that came first', async () => {
    const { quota, scheduler } = build();
    const scout = ask(quota, claimOf('batch'));
    await scheduler.runUntil(START + 5);
    const batch = ask(quota, claimOf('batch'));
    const screen = ask(quota, claimOf('interactive'));
    await scheduler.runUntil(START + 10);
    expect([batch.permit, screen.permit]).toEqual([null, null]);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now(), 250, 1)));
    await scheduler.runUntil(START + 20);
    expect(screen.permit).not.toBeNull();
    expect(batch.permit).toBeNull();
  });

  it('tells the true position and time left, and frees the place of a cancelled call', async () => {
    const { quota, scheduler } = build();
    await scout({ quota, scheduler }, START + 5_500, { limit: 250, remaining: 0 });
    const first = ask(quota, claimOf('interactive'));
    const second = ask(quota, claimOf('interactive'));
    await scheduler.runUntil(START + 7_000);
    expect(second.waits.at(-1)?.position).toBe(2);
    const left = second.waits[0]?.waitMs ?? 0;
    expect(left).toBeGreaterThan(52_000);
    expect(left).toBeLessThan(60_500);
    first.cancel();
    await scheduler.runUntil(START + 8_000);
    expect(first.kind).toBe('cancelled');
    expect(second.waits.at(-1)?.position).toBe(1);
  });

  it.each([
    { about: 'nobody', remaining: 249, leave: 31 },
    { about: 'a colleague', remaining: 200, leave: 1 },
  ])('asks a new window with a part of it once the limit is told: $leave calls after a window with $about', async ({ remaining, leave }) => {
    const { quota, scheduler } = build();
    await scout({ quota, scheduler }, START + 5, { limit: 250, remaining });
    await scheduler.runUntil(START + 90_000);
    const sheet = Array.from({ length: 60 }, () => ask(quota, claimOf('interactive')));
    await scheduler.runUntil(START + 90_010);
    expect(sheet.filter(({ permit }) => permit !== null)).toHaveLength(leave);
  });

  it('keeps the way free for the agent: a batch is not all on its way at once', async () => {
    const { quota, scheduler } = build({ agentIsPresent: () => true });
    await scout({ quota, scheduler }, START + 10, { limit: 250, remaining: 249 });
    const batch = Array.from({ length: 300 }, () => ask(quota, claimOf('batch')));
    await scheduler.runUntil(START + 500);
    expect(batch.filter(({ permit }) => permit).length).toBe(24);
    const agent = ask(quota, claimOf('interactive'));
    await scheduler.runUntil(START + 510);
    expect(agent.permit).not.toBeNull();
  });

  it('does not starve a batch when the screen keeps a small pool busy', async () => {
    const { quota, scheduler } = build();
    const pool = { pool: 'attestation_fiscale' };
    const batch = ask(quota, claimOf('batch', pool));
    const start = ask(quota, claimOf('interactive', pool));
    let used = 0;
    let window = -1;
    let all: Asked[] = [start, ...Array.from({ length: 60 }, () => ask(quota, claimOf('interactive', pool)))];
    for (let step = 1; step < 3_000 && !batch.permit; step += 1) {
      await scheduler.runUntil(START + step * 200);
      const current = Math.floor(scheduler.now() / 60_000);
      if (current !== window) used = 0;
      window = current;
      for (const { permit } of all.filter(({ permit }) => permit)) permit?.settle(okAnswer(headersAt(scheduler.now(), 5, Math.max(0, 5 - (used += 1)))));
      all = all.filter(({ permit }) => !permit);
    }
    expect(batch.permit).not.toBeNull();
    expect(all.length).toBeGreaterThan(0);
  });
});

describe('refusals of the service', () => {
  it('waits for the next window after a 429 and puts the call back', async () => {
    const { quota, scheduler } = build();
    const claim = claimOf('interactive');
    const call = ask(quota, claim);
    await scheduler.runUntil(START + 30_000);
    expect(call.permit?.settle(refusal(scheduler.now()))).toBe('requeue');
    const again = ask(quota, claim);
    await scheduler.runUntil(START + 59_999);
    expect(again.permit).toBeNull();
    await scheduler.runUntil(START + 62_000);
    expect(again.permit).not.toBeNull();
  });

  it('opens a second later and leaves a tenth of the window after two refusals in a row', async () => {
    const { quota, scheduler } = build();
    const openings: number[] = [];
    const remaining: (number | undefined)[] = [];
    for (let round = 0; round < 3; round += 1) {
      const call = ask(quota, claimOf('interactive'));
      await scheduler.runUntil(scheduler.now() + 1);
      while (call.permit === null) await scheduler.runUntil(scheduler.now() + 10);
      openings.push(scheduler.now() % 60_000);
      remaining.push(quota.snapshot().windows[0]?.remaining);
      if (round < 2) call.permit.settle(refusal(scheduler.now()));
    }
    const [, afterOne = NaN, afterTwo = NaN] = openings;
    expect(afterTwo).toBeGreaterThanOrEqual(afterOne + 1_000);
    expect(remaining).toEqual([249, 249, 224]);
  });

  it('stops the token at the third refusal in a row, and says why', async () => {
    const { quota, scheduler } = build();
    const claim = claimOf('interactive');
    for (let round = 0; round < 3; round += 1) {
      const call = ask(quota, claim);
      await scheduler.runUntil(scheduler.now() + 65_000);
      expect(call.permit?.settle(refusal(scheduler.now()))).toBe('requeue');
    }
    const other = ask(quota, claimOf('interactive', { pool: 'documents' }));
    await scheduler.runUntil(scheduler.now() + 10);
    expect(other.kind).toBe('quota');
    expect(quota.snapshot().windows[0]?.reason).toContain('trois appels');
  });

  it.each([
    ['Retry-After missing', { 'retry-after': undefined }],
    ['Reset in the past', { 'ratelimit-reset': '12' }],
    ['garbage everywhere', { 'ratelimit-reset': 'soon', 'ratelimit-limit': '-4', 'ratelimit-remaining': 'NaN', 'retry-after': 'x', date: 'yesterday' }],
  ])('stays silent for the window with %s', async (_name, broken) => {
    const { quota, scheduler } = build();
    const claim = claimOf('interactive');
    const call = ask(quota, claim);
    await scheduler.runUntil(START + 20_000);
    const answer = refusal(scheduler.now());
    call.permit?.settle({ ...answer, headers: { ...answer.headers, ...broken } });
    const again = ask(quota, claim);
    await scheduler.runUntil(START + 59_999);
    expect(again.permit).toBeNull();
    await scheduler.runUntil(START + 130_000);
    expect(again.permit).not.toBeNull();
  });
});

describe('a service whose clock is set back', () => {
  it('is followed to the window in which it counts again', async () => {
    const { quota, scheduler } = build();
    const options = { limit: 50, windowMs: 60_000, clockErrorMs: 0 };
    const server = new ServerModel(scheduler, options);
    const callAll = async (count: number): Promise<number> => {
      const asked = Array.from({ length: count }, () => ask(quota, claimOf('batch')));
      let answered = 0;
      for (let turn = 0; turn < 4; turn += 1) {
        await scheduler.runUntil(scheduler.now() + 1);
        for (const call of asked.filter(({ permit }) => permit !== null)) {
          answered += 1;
          call.permit?.settle({ ...server.answer(), errorCode: null, retryInSeconds: null });
          call.permit = null;
        }
      }
      return answered;
    };
    expect(await callAll(10)).toBe(10);
    await scheduler.runUntil(START + 61_000);
    expect(await callAll(1)).toBe(1);
    options.clockErrorMs = -2_000;
    expect(await callAll(35)).toBe(35);
    // 45 of 50 are used in the former window, where the service is again.
    expect(await callAll(20)).toBeLessThanOrEqual(5);
    await scheduler.runUntil(START + 130_000);
    expect(server.refused).toBe(0);
  });

  it('by minutes while a spent window is waited for is found by the free questions, and not waited for', async () => {
    const scheduler = new SimulatedScheduler(START + 5_000);
    const options = { limit: 50, windowMs: 60_000, clockErrorMs: 0 };
    const server = new ServerModel(scheduler, options);
    const { quota } = build({ scheduler, readServerDate: () => Promise.resolve(server.dateHeader()) });
    const first = ask(quota, claimOf('batch'));
    await scheduler.runUntil(START + 5_100);
    first.permit?.settle(okAnswer({ ...server.answer().headers, 'ratelimit-remaining': '0' }));
    options.clockErrorMs = -300_000;
    const next = ask(quota, claimOf('batch'));
    await scheduler.runUntil(START + 59_000);
    expect(next.permit).toBeNull();
    await scheduler.runUntil(START + 65_000);
    expect(next.permit).not.toBeNull();
  });
});

describe('bans and dead providers', () => {
  it('stops everything when all routes are silent and another host answers, and comes back by itself', async () => {
    let answers = false;
    const { quota, scheduler } = build({ isOtherHostReachable: async () => true, probe: async () => answers });
    for (let round = 0; round < 3; round += 1) {
      const call = ask(quota, claimOf('interactive'));
      await scheduler.runUntil(scheduler.now() + 100);
      call.permit?.fail('connect_timeout');
    }
    await scheduler.runUntil(scheduler.now() + 10);
    const during = ask(quota, claimOf('interactive', { pool: 'documents' }));
    await scheduler.runUntil(scheduler.now() + 10);
    expect(during.kind).toBe('probable_ban');
    expect(quota.snapshot().ban).not.toBeNull();
    answers = true;
    await scheduler.runUntil(scheduler.now() + 6 * 60_000);
    expect(quota.snapshot().ban).toBeNull();
  });

  it('takes a cut network for what it is', async () => {
    const { quota, scheduler } = build({ isOtherHostReachable: async () => false });
    for (let round = 0; round < 5; round += 1) {
      const call = ask(quota, claimOf('interactive'));
      await scheduler.runUntil(scheduler.now() + 100);
      call.permit?.fail('connect_timeout');
    }
    await scheduler.runUntil(scheduler.now() + 100);
    expect(quota.snapshot().ban).toBeNull();
  });

  it('does not burn the pool on a dead provider, and lets the others through', async () => {
    const { quota, scheduler } = build();
    const calls = Array.from({ length: 100 }, () => ask(quota, claimOf('batch', { provider: 'vies' })));
    let sent = 0;
    for (let step = 0; step < 50; step += 1) {
      await scheduler.runUntil(scheduler.now() + 50);
      for (const call of calls.filter(({ permit }) => permit)) {
        sent += 1;
        call.permit?.settle({ ...okAnswer(headersAt(scheduler.now(), 250, 250 - sent)), status: 502 });
        call.permit = null;
      }
    }
    expect(sent).toBeLessThanOrEqual(4);
    expect(calls.filter(({ kind }) => kind === 'provider_down').length).toBe(100 - sent);
    const other = ask(quota, claimOf('batch'));
    await scheduler.runUntil(scheduler.now() + 100);
    expect(other.permit).not.toBeNull();
  });
});

describe('estimate', () => {
  it('tells the cost and the true duration of a batch', () => {
    const { quota } = build();
    const { calls, durationMs } = quota.estimate('hab-1', [{ pool: 'attestation_fiscale', calls: 12 }], 'batch');
    expect({ calls, durationMs }).toEqual({ calls: 12, durationMs: 120_000 });
  });

  it('counts what is used and who waits already, for the dossier’s habilitation only', async () => {
    const { quota, scheduler } = build();
    const pool = { pool: 'attestation_fiscale' } as const;
    await scout({ quota, scheduler }, START + 30_000, { limit: 5, remaining: 0 }, pool);
    ask(quota, claimOf('batch', pool));
    await scheduler.runUntil(START + 30_100);
    const { 'quota.estimate': handle } = quotaHandlers({
      quota,
      habilitationOf: (_session, dossierId) => (dossierId === 'd-1' ? 'hab-1' : 'hab-2'),
      visibleHabilitations: () => new Set(['hab-1']),
    });
    const context = {} as Parameters<typeof handle>[1];
    const plan = [{ pool: 'attestation_fiscale', calls: 5 } as const];
    const mine = await handle({ dossierId: 'd-1', plan, priority: 'batch' }, context);
    const other = await handle({ dossierId: 'd-2', plan, priority: 'batch' }, context);
    expect(Date.parse(mine.startsAt) - START).toBeGreaterThanOrEqual(60_000);
    expect(mine.durationMs).toBeGreaterThan(29_000 + 60_000);
    expect(other).toEqual({ calls: 5, startsAt: new Date(scheduler.now()).toISOString(), durationMs: 0 });
  });
});

describe('what an agent sees', () => {
  it('is the use of his own habilitations, and of nobody else’s', async () => {
    const { quota, scheduler } = build();
    for (const rank of [1, 2]) ask(quota, claimOf('interactive', { habilitationId: `hab-${rank}`, tokenKey: `tok-${rank}` }));
    await scheduler.runUntil(START + 10);
    const { 'quota.snapshot': handle } = quotaHandlers({ quota, habilitationOf: () => 'hab-2', visibleHabilitations: () => new Set(['hab-2']) });
    const { windows } = await handle(undefined, {} as Parameters<typeof handle>[1]);
    expect(windows.map(({ habilitationId }) => habilitationId)).toEqual(['hab-2']);
  });

  it('after a renewal is the use of the token that serves', async () => {
    const { quota, scheduler } = build();
    for (const [rank, limit] of [100, 40].entries()) {
      const call = ask(quota, claimOf('interactive', { tokenKey: `tok-${rank}` }));
      await scheduler.runUntil(scheduler.now() + 10);
      call.permit?.settle(okAnswer(headersAt(scheduler.now(), limit, limit - 1)));
    }
    expect(quota.limitOf('hab-1', 'data')).toBe(40);
  });
});

describe('reserve of the agent at the screen', () => {
  it('is left by batches, and melts with the window: what nobody used is not lost', async () => {
    const { quota, scheduler } = build({ agentIsPresent: () => true });
    const batch = Array.from({ length: 260 }, () => ask(quota, claimOf('batch')));
    let sent = 0;
    const sentAt: number[] = [];
    for (let tenth = 1; tenth <= 589; tenth += 1) {
      await scheduler.runUntil(START + tenth * 100);
      for (const call of batch.filter(({ permit }) => permit)) {
        sent += 1;
        call.permit?.settle(okAnswer(headersAt(scheduler.now(), 250, 250 - sent)));
        call.permit = null;
      }
      if ([20, 300, 500, 589].includes(tenth)) sentAt.push(sent);
    }
    expect(sentAt).toEqual([225, 237, 245, 250]);
  });
});
