import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { QuotaEngine } from '../../../electron/quota/quota-engine';
import { memoryQuotaStore } from '../../../electron/quota/quota-store';
import { claimOf, ServerModel, SimulatedScheduler } from './simulation';

const START = Date.UTC(2027, 2, 1, 9, 0, 0);
const WINDOW_MS = 60_000;
/** The service ends a call within 10 s, however long it waits for a provider. */
const LONGEST_WAY_MS = 10_000;

/** What is documented holds: a limit that no answer has told yet is another matter. */
const pools = [
  { pool: 'attestation_fiscale', limit: 5 },
  { pool: 'documents', limit: 50 },
] as const;

interface Life {
  readonly calls: number;
  readonly lastsMs: number;
  /** Else it is closed, and writes down what it knows. */
  readonly isKilled: boolean;
  /** Until the next one. */
  readonly pauseMs: number;
}

interface Scenario {
  readonly pool: (typeof pools)[number];
  readonly clockErrorMs: number;
  readonly phaseMs: number;
  readonly lives: readonly Life[];
  readonly waysMs: readonly number[];
}

const short = fc.integer({ min: 1, max: 300 });
const scenarios: fc.Arbitrary<Scenario> = fc.record({
  pool: fc.constantFrom(...pools),
  clockErrorMs: fc.integer({ min: -3_600_000, max: 3_600_000 }),
  phaseMs: fc.integer({ min: 0, max: WINDOW_MS - 1 }),
  lives: fc.array(
    fc.record({
      calls: fc.integer({ min: 1, max: 70 }),
      lastsMs: fc.oneof(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 90_000 })),
      isKilled: fc.boolean(),
      pauseMs: fc.integer({ min: 0, max: 40_000 }),
    }),
    { minLength: 2, maxLength: 5 },
  ),
  waysMs: fc.array(fc.oneof(short, short, fc.integer({ min: 1_000, max: LONGEST_WAY_MS })), { minLength: 3, maxLength: 9 }),
});

interface Outcome {
  readonly refused: number;
  /** Calls of the last life, which nothing ends. */
  readonly done: number;
}

/** Each life but the last ends in the middle of whatever it does; what had left still reaches the service. */
async function play({ pool: { pool, limit }, clockErrorMs, phaseMs, lives, waysMs }: Scenario): Promise<Outcome> {
  const scheduler = new SimulatedScheduler(START + phaseMs);
  const server = new ServerModel(scheduler, { limit, windowMs: WINDOW_MS, clockErrorMs });
  const disk = memoryQuotaStore();
  let ways = 0;
  const way = (): number => waysMs[(ways += 1) % waysMs.length] ?? 50;
  let done = 0;
  for (const [rank, { calls, lastsMs, isKilled, pauseMs }] of lives.entries()) {
    const isLast = rank === lives.length - 1;
    let isAlive = true;
    const save: typeof disk.save = (kind, key, state) => {
      if (isAlive) disk.save(kind, key, state);
    };
    const engine = new QuotaEngine({ scheduler, store: { ...disk, save } });
    const call = async (): Promise<void> => {
      const permit = await engine.acquire(claimOf('batch', { pool }), { signal: new AbortController().signal, onWait: () => undefined });
      scheduler.setTimer(scheduler.now() + way(), () => {
        const answer = server.answer();
        scheduler.setTimer(scheduler.now() + way(), () => {
          permit.settle({ ...answer, errorCode: null, retryInSeconds: null });
          if (isLast) done += 1;
        });
      });
    };
    for (let index = 0; index < calls; index += 1) void call().catch(() => undefined);
    await scheduler.runUntil(scheduler.now() + (isLast ? 100 * WINDOW_MS : lastsMs));
    isAlive = !isKilled;
    engine.close();
    await scheduler.runUntil(scheduler.now() + pauseMs);
  }
  return { refused: server.refused, done };
}

describe('quota engine that is killed or closed, and started again, against a model of the service', () => {
  it('is never refused for what a former life had used or left on its way', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        expect(await play(scenario)).toEqual({ refused: 0, done: scenario.lives.at(-1)?.calls });
      }),
      { numRuns: 100 },
    );
  });
});
