import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createQuotaService, memoryQuotaStore, type PingStatus, type QuotaService, type QuotaServiceOptions } from '../../../electron/quota';
import { claimOf, okAnswer, ServerModel, SimulatedScheduler } from './simulation';

const START = Date.UTC(2027, 2, 1, 9, 0, 0);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function build(options: Partial<QuotaServiceOptions> & { scheduler: SimulatedScheduler }): QuotaService {
  return createQuotaService({ environment: () => 'production', titleOf: () => 'Habilitation', ...options });
}

async function askOne(quota: QuotaService, scheduler: SimulatedScheduler, overrides: Parameters<typeof claimOf>[1] = {}) {
  const claim = claimOf('interactive', { environment: 'production', ...overrides });
  const permit = quota.acquire(claim, { signal: new AbortController().signal, onWait: () => undefined });
  permit.catch(() => undefined);
  await scheduler.runUntil(scheduler.now() + 1);
  return permit;
}

describe('the opening of a window', () => {
  interface Way {
    readonly clockErrorMs: number;
    readonly phaseMs: number;
    readonly upMs: number;
    readonly downMs: number;
  }

  const ways: fc.Arbitrary<Way> = fc.record({
    clockErrorMs: fc.integer({ min: -HOUR_MS, max: HOUR_MS }),
    // Windows that end before the questions are over are another matter.
    phaseMs: fc.integer({ min: 0, max: 45_000 }),
    upMs: fc.integer({ min: 1, max: 60 }),
    downMs: fc.integer({ min: 1, max: 60 }),
  });

  /** Spends the first window with one call; returns how late after the true opening the next call left. */
  async function lateness({ clockErrorMs, phaseMs, upMs, downMs }: Way): Promise<{ late: number; questions: number; refused: number }> {
    const openingOfFirst = START - clockErrorMs;
    const scheduler = new SimulatedScheduler(openingOfFirst + phaseMs);
    const server = new ServerModel(scheduler, { limit: 1, windowMs: MINUTE_MS, clockErrorMs });
    let questions = 0;
    const readServerDate = (): Promise<string> =>
      new Promise((resolve) => {
        questions += 1;
        scheduler.setTimer(scheduler.now() + upMs, () => {
          const date = server.dateHeader();
          scheduler.setTimer(scheduler.now() + downMs, () => resolve(date));
        });
      });
    const quota = build({ scheduler, readServerDate });
    let leftAt = NaN;
    for (let call = 0; call < 2; call += 1) {
      const permit = quota.acquire(claimOf('interactive', { environment: 'production' }), { signal: new AbortController().signal, onWait: () => undefined });
      void permit.then((granted) => {
        leftAt = scheduler.now();
        scheduler.setTimer(leftAt + upMs, () => {
          const answer = server.answer();
          scheduler.setTimer(scheduler.now() + downMs, () => granted.settle({ ...answer, errorCode: null, retryInSeconds: null }));
        });
      });
    }
    await scheduler.runUntil(openingOfFirst + 2 * MINUTE_MS);
    return { late: leftAt - openingOfFirst - MINUTE_MS, questions, refused: server.refused };
  }

  it('is met within a tenth of a second and never too early, whatever the clock’s error and the way', async () => {
    await fc.assert(
      fc.asyncProperty(ways, async (way) => {
        const { late, questions, refused } = await lateness(way);
        expect(refused).toBe(0);
        expect(late).toBeGreaterThanOrEqual(0);
        // Half the doubt that is good enough, the way back that no question can tell, the safety, the drift of a minute.
        expect(late).toBeLessThanOrEqual(Math.max(50, 1.5 * (way.upMs + way.downMs)) + 20);
        expect(questions).toBeLessThanOrEqual(8);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a ban', () => {
  async function beSilent(quota: QuotaService, scheduler: SimulatedScheduler, environment: 'production' | 'staging'): Promise<void> {
    for (let round = 0; round < 3; round += 1) (await askOne(quota, scheduler, { environment })).fail('connect_timeout');
    await scheduler.runUntil(scheduler.now() + 10);
  }

  const kindOf = (permit: Promise<unknown>): Promise<string> => permit.then(() => 'sent', (error: { apiError: { kind: string } }) => error.apiError.kind);

  it('stops one environment and leaves the other alone; the screen sees the one in use', async () => {
    const scheduler = new SimulatedScheduler(START);
    let environment = 'production';
    const quota = build({ scheduler, environment: () => environment, isOtherHostReachable: async () => true, probe: async () => false });
    await beSilent(quota, scheduler, 'production');
    expect(await kindOf(askOne(quota, scheduler, {}))).toBe('probable_ban');
    expect(await kindOf(askOne(quota, scheduler, { environment: 'staging' }))).toBe('sent');
    expect(quota.snapshot().ban?.until).toBe(new Date(Date.parse(quota.snapshot().ban?.since ?? '') + 12 * HOUR_MS).toISOString());
    environment = 'staging';
    expect(quota.snapshot().ban).toBeNull();
  });

  it('is probed at growing intervals after a restart, though nobody asks, and lifted by an answer', async () => {
    const scheduler = new SimulatedScheduler(START);
    const store = memoryQuotaStore();
    await beSilent(build({ scheduler, store, isOtherHostReachable: async () => true, probe: async () => false }), scheduler, 'production');
    const probedAt: number[] = [];
    const restarted = new SimulatedScheduler(scheduler.now() + MINUTE_MS);
    const quota = build({ scheduler: restarted, store, probe: async () => probedAt.push(restarted.now()) >= 4 });
    await restarted.runUntil(START + 3 * HOUR_MS);
    expect(probedAt.map((at) => Math.round((at - START) / MINUTE_MS))).toEqual([5, 15, 35, 75]);
    expect(quota.snapshot().ban).toBeNull();
  });

  it('ends after 12 hours whatever the probes say', async () => {
    const scheduler = new SimulatedScheduler(START);
    const quota = build({ scheduler, isOtherHostReachable: async () => true, probe: async () => false });
    await beSilent(quota, scheduler, 'production');
    await scheduler.runUntil(START + 12 * HOUR_MS - MINUTE_MS);
    expect(quota.snapshot().ban).not.toBeNull();
    await scheduler.runUntil(START + 12 * HOUR_MS + MINUTE_MS);
    expect(quota.snapshot().ban).toBeNull();
    expect(await kindOf(askOne(quota, scheduler))).toBe('sent');
  });

  it('is not stretched by a clock that was set back between two runs', async () => {
    const store = memoryQuotaStore();
    const before = new SimulatedScheduler(START + 48 * HOUR_MS);
    await beSilent(build({ scheduler: before, store, isOtherHostReachable: async () => true }), before, 'production');
    const scheduler = new SimulatedScheduler(START);
    const quota = build({ scheduler, store });
    await scheduler.runUntil(START + 13 * HOUR_MS);
    expect(quota.snapshot().ban).toBeNull();
  });
});

describe('the pings of a provider', () => {
  async function bringDown(quota: QuotaService, scheduler: SimulatedScheduler): Promise<void> {
    for (let call = 0; call < 3; call += 1) {
      const permit = await askOne(quota, scheduler, { provider: 'dgfip' });
      permit.settle({ ...okAnswer(), status: 502 });
      await scheduler.runUntil(scheduler.now() + 1);
    }
    await scheduler.runUntil(scheduler.now() + 10);
  }

  it('are read every two minutes while it is down, and not when all is well', async () => {
    const scheduler = new SimulatedScheduler(START);
    const asked: { at: number; route: string }[] = [];
    let status: PingStatus = 'bad_gateway';
    const readPing = async (_environment: string, route: string): Promise<PingStatus> => {
      asked.push({ at: scheduler.now() - START, route });
      return status;
    };
    const quota = build({ scheduler, readPing });
    (await askOne(quota, scheduler)).settle(okAnswer());
    await scheduler.runUntil(START + HOUR_MS);
    expect(asked).toEqual([]);
    await bringDown(quota, scheduler);
    await scheduler.runUntil(START + HOUR_MS + 5 * MINUTE_MS);
    expect(new Set(asked.map(({ route }) => route))).toEqual(new Set(['/ping/dgfip/attestation_fiscale', '/ping/dgfip/chiffre_affaires', '/ping/dgfip/liasses_fiscales']));
    expect(new Set(asked.map(({ at }) => Math.floor(at / MINUTE_MS)))).toEqual(new Set([60, 62, 64]));
    expect(quota.snapshot().breakers.find(({ provider }) => provider === 'dgfip')?.state).toBe('open');
    status = 'ok';
    await scheduler.runUntil(START + HOUR_MS + 7 * MINUTE_MS);
    expect(quota.snapshot().breakers.find(({ provider }) => provider === 'dgfip')?.state).toBe('half_open');
  });

  it('that disagree between routes tell nothing of the provider', async () => {
    const scheduler = new SimulatedScheduler(START);
    const quota = build({ scheduler, readPing: async (_environment, route) => (route.endsWith('chiffre_affaires') ? 'ok' : 'bad_gateway') });
    await bringDown(quota, scheduler);
    const until = quota.snapshot().breakers.find(({ provider }) => provider === 'dgfip')?.until;
    expect(Date.parse(until ?? '') - START).toBeLessThan(31_000);
  });

  it('are left alone during a ban', async () => {
    const scheduler = new SimulatedScheduler(START);
    let asked = 0;
    const quota = build({ scheduler, readPing: async () => ((asked += 1), 'bad_gateway'), isOtherHostReachable: async () => true, probe: async () => false });
    await bringDown(quota, scheduler);
    for (let round = 0; round < 3; round += 1) (await askOne(quota, scheduler)).fail('connect_timeout');
    await scheduler.runUntil(scheduler.now() + 100);
    const before = asked;
    await scheduler.runUntil(START + HOUR_MS);
    expect(asked).toBe(before);
  });

  it('go on after a restart for a provider that was down', async () => {
    const scheduler = new SimulatedScheduler(START);
    const store = memoryQuotaStore();
    await bringDown(build({ scheduler, store }), scheduler);
    const routes: string[] = [];
    build({ scheduler, store, readPing: async (_environment, route) => routes.push(route) > 0 ? 'unknown' : 'ok' });
    await scheduler.runUntil(scheduler.now() + 1_000);
    expect(routes).toContain('/ping/dgfip/attestation_fiscale');
  });
});
