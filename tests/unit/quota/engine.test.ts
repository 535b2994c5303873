import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { QuotaClaim, QuotaPermit, QuotaWait } from '../../../electron/consultation/ports';
import { createQuotaService, fileIpWindow, memoryQuotaStore, quotaHandlers, type QuotaService, type QuotaServiceOptions } from '../../../electron/quota';
import { claimOf, okAnswer, ServerModel, SimulatedScheduler } from './simulation';

const START = Date.UTC(2027, 2, 1, 9, 0, 0);

function build(options: Partial<QuotaServiceOptions> = {}): { quota: QuotaService; scheduler: SimulatedScheduler } {
  const scheduler = (options.scheduler as SimulatedScheduler | undefined) ?? new SimulatedScheduler(START);
  return { scheduler, quota: createQuotaService({ titleOf: () => 'Habilitation', environment: () => 'sandbox', ...options, scheduler }) };
}

interface Asked {
  permit: QuotaPermit | null;
  kind: string | null;
  readonly waits: QuotaWait[];
  readonly cancel: () => void;
}

function ask(quota: QuotaService, claim: QuotaClaim): Asked {
  const controller = new AbortController();
  const asked: Asked = { permit: null, kind: null, waits: [], cancel: () => controller.abort() };
  quota.acquire(claim, { signal: controller.signal, onWait: (wait) => asked.waits.push(wait) }).then(
    (permit) => (asked.permit = permit),
    (error: { apiError?: { kind: string } }) => (asked.kind = error.apiError?.kind ?? 'unknown'),
  );
  return asked;
}

function headersAt(now: number, limit: number, remaining: number): Record<string, string> {
  const reset = (Math.floor(now / 60_000) + 1) * 60;
  const date = new Date(Math.floor(now / 1_000) * 1_000).toUTCString();
  return { date, 'ratelimit-limit': String(limit), 'ratelimit-remaining': String(remaining), 'ratelimit-reset': String(reset) };
}

function refusal(now: number): Parameters<QuotaPermit['settle']>[0] {
  return { status: 429, headers: { ...headersAt(now, 250, 0), 'retry-after': String(60 - Math.floor((now / 1_000) % 60)) }, errorCode: '00429', retryInSeconds: null };
}

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
    const scout = ask(quota, claimOf('interactive'));
    await scheduler.runUntil(START + 5_500);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now(), 250, 0)));
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
    const scout = ask(quota, claimOf('interactive'));
    await scheduler.runUntil(START + 5);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now(), 250, remaining)));
    await scheduler.runUntil(START + 90_000);
    const sheet = Array.from({ length: 60 }, () => ask(quota, claimOf('interactive')));
    await scheduler.runUntil(START + 90_010);
    expect(sheet.filter(({ permit }) => permit !== null)).toHaveLength(leave);
  });

  it('keeps the way free for the agent: a batch is not all on its way at once', async () => {
    const { quota, scheduler } = build({ agentIsPresent: () => true });
    const scout = ask(quota, claimOf('interactive'));
    await scheduler.runUntil(START + 10);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now(), 250, 249)));
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
    const scout = ask(quota, claimOf('interactive'));
    await scheduler.runUntil(START + 5);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now(), 250, 249)));
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
    const scout = ask(quota, claimOf('interactive', pool));
    await scheduler.runUntil(START + 1_000);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now(), 5, 4)));
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
    const scout = ask(quota, claimOf('interactive', pool));
    await scheduler.runUntil(START + 1_000);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now(), 50, 49)));
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
    const scout = ask(quota, claimOf('interactive', pool));
    await scheduler.runUntil(START + 55_000);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now(), 50, 49)));
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
});

describe('window of the address shared by two sessions', () => {
  let folder = '';
  const file = (): string => {
    writeFileSync(join(folder, 'file'), '');
    return join(folder, 'file');
  };
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'quota-ip-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['a folder that cannot be made', () => join(file(), 'folder')],
  ])('leaves a session that meets %s alone with a quarter of it', (_name, place) => {
    const window = fileIpWindow(place(), 100);
    expect([window.take('production', 7, 20), window.take('production', 7, 20), window.take('production', 8, 20)]).toEqual([20, 5, 20]);
  });

  it('starts again in the same file when a killed session left it damaged', () => {
    writeFileSync(join(folder, 'ip-window.db'), 'not a database, and longer than its header would be'.repeat(50));
    expect(fileIpWindow(folder, 100).take('production', 7, 60)).toBe(60);
    expect(fileIpWindow(folder, 100).take('production', 7, 60)).toBe(40);
  });

  it('is shared again once the file can serve', () => {
    const blocked = join(folder, 'later');
    writeFileSync(blocked, '');
    const window = fileIpWindow(blocked, 100);
    window.take('production', 7, 1);
    rmSync(blocked);
    for (let take = 0; take < 20; take += 1) window.take('production', 7, 1);
    window.take('production', 7, 60);
    expect(fileIpWindow(blocked, 100).take('production', 7, 60)).toBe(40);
  });

  it('is never overrun by both together', () => {
    const one = fileIpWindow(folder, 25);
    const other = fileIpWindow(folder, 25);
    const granted = [one.take('production', 7, 10), other.take('production', 7, 10), one.take('production', 7, 10), other.take('production', 7, 10)];
    expect(granted).toEqual([10, 10, 5, 0]);
    expect(other.take('production', 8, 10)).toBe(10);
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
    const scout = ask(quota, claimOf('interactive', pool));
    await scheduler.runUntil(START + 30_000);
    scout.permit?.settle(okAnswer(headersAt(scheduler.now(), 5, 0)));
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
