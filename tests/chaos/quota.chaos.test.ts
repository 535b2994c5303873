import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import fc from 'fast-check';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createDispatcher, createHttpClient } from '../../electron/http';
import { createQuotaService, systemScheduler } from '../../electron/quota';
import { QuotaEngine } from '../../electron/quota/quota-engine';
import { type LoggedRequest, startSandbox } from '../../electron/sandbox';
import { systemClock } from '../../electron/storage/clock';
import { canBeOtherAccount, OTHER_ACCOUNT } from '../support/other-account';
import { claimOf, ServerModel, SimulatedScheduler } from '../unit/quota/simulation';
import { callUntilAccepted } from './quota-caller';

const root = resolve(import.meta.dirname, '../..');
const script = join(root, '.cache', `quota-process-${process.pid}.mjs`);
let folder: string;

beforeAll(async () => {
  const external = ['@photostructure/sqlite', 'pdfkit', 'luxon', 'yazl', 'undici'];
  const bundle = await rolldown({ input: join(root, 'tests/chaos/quota-process.ts'), platform: 'node', external });
  await bundle.write({ file: script, format: 'esm', codeSplitting: false });
  await bundle.close();
});
afterAll(() => rmSync(script, { force: true }));
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'quota-chaos-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Running {
  readonly child: ChildProcess;
  /** What the process wrote after `ready`, once it ended. */
  readonly ended: Promise<string>;
}

async function start(args: readonly string[], account: { readonly uid?: number } = {}): Promise<Running> {
  const child = spawn(process.execPath, [script, ...args], { ...account, stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  const ready = new Promise<void>((resolveReady) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.startsWith('ready\n')) resolveReady();
    });
  });
  const ended = new Promise<string>((resolveEnded, reject) => {
    child.once('close', () => resolveEnded(output.slice('ready\n'.length)));
    child.once('error', reject);
  });
  await Promise.race([ready, ended.then(() => Promise.reject(new Error('the process stopped by itself')))]);
  return { child, ended };
}

const WINDOW_MS = 2_000;
const LIMIT = 40;

function mostInWindow(log: readonly LoggedRequest[], windowMs: number): number {
  const counts = new Map<number, number>();
  for (const { at } of log) counts.set(Math.floor(at / windowMs), (counts.get(Math.floor(at / windowMs)) ?? 0) + 1);
  return Math.max(...counts.values());
}

describe('a program killed while it calls', () => {
  it('never overruns a window with what it forgot', async () => {
    // Long enough for what a killed life left on its way to be counted within the share of a window that the engine grants it.
    const windowMs = 3 * WINDOW_MS;
    const sandbox = await startSandbox({ windowMs, limits: { data: LIMIT }, refusalsBeforeBan: Infinity });
    const lives = 25;
    for (let life = 0; life < lives; life += 1) {
      const { child, ended } = await start(['consume', folder, sandbox.apiUrl, String(windowMs)]);
      await delay(randomInt(windowMs / 3));
      expect(child.exitCode).toBeNull();
      child.kill('SIGKILL');
      await ended;
    }
    const log = sandbox.requestLog();
    await sandbox.close();
    expect(log.length).toBeGreaterThan(lives);
    expect(log.filter(({ status }) => status === 429)).toEqual([]);
    expect(mostInWindow(log, windowMs)).toBeLessThanOrEqual(LIMIT);
  });
});

describe('the address’s window between two processes', () => {
  it('is spent to the last unit and never overrun, under contention', async () => {
    const limit = 1_500;
    const processes = await Promise.all([1, 2, 3].map(() => start(['ip', folder, String(limit), '7'])));
    for (const { child } of processes) child.stdin?.write('go\n');
    const taken = await Promise.all(processes.map(({ ended }) => ended.then(Number)));
    expect(taken.reduce((sum, units) => sum + units, 0)).toBe(limit);
    expect(taken.filter((units) => units > 0).length).toBe(3);
  });

  it('outlives a process that is killed while it takes', async () => {
    const { child, ended } = await start(['ip', folder, '100000000', '7']);
    child.stdin?.write('go\n');
    await delay(randomInt(50));
    child.kill('SIGKILL');
    await ended;
    const next = await start(['ip', folder, '1000', '8']);
    next.child.stdin?.write('go\n');
    expect(Number(await next.ended)).toBe(1_000);
  });
});

describe('the address’s window between two accounts of the machine', () => {
  it('is open to both, whatever the program creates by itself', async () => {
    const shared = join(folder, 'shared');
    const { child, ended } = await start(['ip', shared, '10', '7']);
    child.stdin?.write('go\n');
    expect(await ended).toBe('10\n');
    expect(statSync(shared).mode & 0o7777).toBe(0o1777);
    expect(statSync(join(shared, 'ip-window.db')).mode & 0o777).toBe(0o666);
  });

  it.runIf(canBeOtherAccount)('counts what either took', async () => {
    chmodSync(folder, 0o755);
    const shared = join(folder, 'shared');
    const ours = await start(['ip', shared, '10', '7']);
    ours.child.stdin?.write('go\n');
    await ours.ended;
    for (const windowIndex of ['7', '8']) {
      const theirs = await start(['ip', shared, '40', windowIndex], { uid: OTHER_ACCOUNT });
      theirs.child.stdin?.write('go\n');
      expect(await theirs.ended).toBe(windowIndex === '7' ? '30\n' : '40\n');
    }
  });
});

describe('a service that restarts in the middle', () => {
  it('gets every call in the end, and no window of it is overrun', async () => {
    const options = { windowMs: WINDOW_MS, limits: { data: LIMIT }, refusalsBeforeBan: Infinity } as const;
    let sandbox = await startSandbox(options);
    const { apiUrl } = sandbox;
    const dispatcher = createDispatcher();
    const http = createHttpClient({ dispatcher, userAgent: 'chaos' });
    const quota = createQuotaService({ scheduler: systemScheduler(systemClock), windowMs: WINDOW_MS, environment: () => 'sandbox', titleOf: () => '' });
    let done = 0;
    const calls = Array.from({ length: 3 * LIMIT }, () => callUntilAccepted(quota, http, apiUrl).then(() => (done += 1)));
    while (done < LIMIT / 2) await delay(20);
    const first = sandbox.requestLog();
    await sandbox.close();
    await delay(300);
    sandbox = await startSandbox({ ...options, port: Number(new URL(apiUrl).port) });
    await Promise.all(calls);
    const second = sandbox.requestLog();
    await sandbox.close();
    await dispatcher.close();
    expect(done).toBe(3 * LIMIT);
    expect([...first, ...second].filter(({ status }) => status === 429)).toEqual([]);
  });
});

type Headers = Record<string, string>;
/** Ways in which headers were seen, or may be feared, to be wrong. */
const spoilers: Readonly<Record<string, (headers: Headers) => Headers>> = {
  intact: (headers) => headers,
  'no Retry-After': (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'retry-after')),
  'no quota header': ({ date }) => ({ date: date ?? '' }),
  'no header at all': () => ({}),
  'Reset in the past': (headers) => ({ ...headers, 'ratelimit-reset': '1700000000' }),
  'Reset of another unit': (headers) => ({ ...headers, 'ratelimit-reset': `${headers['ratelimit-reset']}000` }),
  'Reset as a delay': (headers) => ({ ...headers, 'ratelimit-reset': '17' }),
  'Date of another clock': (headers) => ({ ...headers, date: new Date(Date.parse(headers['date'] ?? '') + 7_200_000).toUTCString() }),
  garbage: () => ({ 'ratelimit-limit': '-4', 'ratelimit-remaining': 'NaN', 'ratelimit-reset': 'soon', 'retry-after': 'x', date: 'yesterday' }),
};

const START = Date.UTC(2027, 2, 1, 9, 0, 0);
const MINUTE_MS = 60_000;

interface Play {
  readonly spoil: (headers: Headers, turn: number) => Headers;
  /** The server's clock against ours moves by this much, then. */
  readonly jump?: Jump;
  readonly calls: number;
  /** Of each way in turn; 40 ms unless told. */
  readonly latenciesMs?: readonly number[];
}

interface Jump {
  readonly at: number;
  readonly byMs: number;
}

interface Refusal {
  readonly sentAt: number;
  readonly receivedAt: number;
  /** Number of the service's window that refused. */
  readonly window: number;
}

interface Outcome {
  readonly refusals: readonly Refusal[];
  readonly done: number;
}

async function play({ spoil, jump, calls, latenciesMs = [40] }: Play): Promise<Outcome> {
  const scheduler = new SimulatedScheduler(START + 12_345);
  const options = { limit: 50, windowMs: MINUTE_MS, clockErrorMs: 1_234 };
  const server = new ServerModel(scheduler, options);
  const engine = new QuotaEngine({ scheduler });
  const refusals: Refusal[] = [];
  let done = 0;
  let turn = 0;
  let ways = 0;
  const latency = (): number => latenciesMs[(ways += 1) % latenciesMs.length] ?? 40;
  const call = async (): Promise<void> => {
    const claim = claimOf('batch', { pool: 'documents' });
    for (;;) {
      const permit = await engine.acquire(claim, { signal: new AbortController().signal, onWait: () => undefined });
      const sentAt = scheduler.now();
      const verdict = await new Promise<string>((resolveVerdict) => {
        scheduler.setTimer(scheduler.now() + latency(), () => {
          const { status, headers } = server.answer();
          const window = server.windowIndex;
          const received = spoil(headers, (turn += 1));
          scheduler.setTimer(scheduler.now() + latency(), () => {
            if (status === 429) refusals.push({ sentAt, receivedAt: scheduler.now(), window });
            resolveVerdict(permit.settle({ status, headers: received, errorCode: null, retryInSeconds: null }));
          });
        });
      });
      if (verdict === 'deliver') break;
    }
    done += 1;
  };
  for (let index = 0; index < calls; index += 1) void call().catch(() => undefined);
  if (jump) scheduler.setTimer(jump.at, () => (options.clockErrorMs += jump.byMs));
  await scheduler.runUntil(START + 40 * MINUTE_MS);
  return { refusals, done };
}

describe('wrong headers', () => {
  it.each(Object.entries(spoilers))('bring no refusal and stop nothing: %s on every answer', async (_name, spoil) => {
    expect(await play({ spoil, calls: 200 })).toEqual({ refusals: [], done: 200 });
  });

  it('bring no refusal and stop nothing when they come and go', async () => {
    const names = fc.array(fc.constantFrom(...Object.keys(spoilers)), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(names, async (order) => {
        const spoil = (headers: Headers, turn: number): Headers => spoilers[order[turn % order.length] ?? '']?.(headers) ?? headers;
        expect(await play({ spoil, calls: 200 })).toEqual({ refusals: [], done: 200 });
      }),
      { numRuns: 150 },
    );
  });
});

const jumps = (byMs: { readonly min: number; readonly max: number }): fc.Arbitrary<Jump> =>
  fc.record({ at: fc.integer({ min: START + 12_345, max: START + 180_000 }), byMs: fc.oneof(fc.integer(byMs), fc.integer({ min: -3_000, max: 3_000 })) });
const HOUR_MS = 3_600_000;
const ROUND_TRIP_MS = 80;
const keepAll = (headers: Headers): Headers => headers;

describe('a clock that is set while calls run', () => {
  it('sends nothing more to a window once its first refusal is known, and stops nothing for long', async () => {
    const latencies = fc.array(fc.integer({ min: 5, max: 1_500 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(jumps({ min: -HOUR_MS, max: HOUR_MS }), latencies, async (jump, latenciesMs) => {
        const { refusals, done } = await play({ spoil: keepAll, jump, calls: 200, latenciesMs });
        const late = refusals.filter(({ sentAt, window }) => refusals.some((other) => other.window === window && other.receivedAt < sentAt));
        expect(late).toEqual([]);
        // Set back by minutes, the service refuses in each window that was spent once: the third stops the token.
        if (new Set(refusals.map(({ window }) => window)).size < 3) expect(done).toBe(200);
      }),
      { numRuns: 150 },
    );
  });

  it('costs one refusal, but for the calls that no answer could warn', async () => {
    // Forward, or back by less than a window: no window but one is met twice.
    await fc.assert(
      fc.asyncProperty(jumps({ min: 1 - MINUTE_MS, max: HOUR_MS }), async (jump) => {
        const { refusals, done } = await play({ spoil: keepAll, jump, calls: 200 });
        expect(refusals.filter(({ sentAt }) => sentAt > jump.at + ROUND_TRIP_MS).length).toBeLessThanOrEqual(1);
        expect(done).toBe(200);
      }),
      { numRuns: 150 },
    );
  });
});
