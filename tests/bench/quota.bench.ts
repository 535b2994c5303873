import Bottleneck from 'bottleneck';
import PQueue from 'p-queue';
import { Agent, request } from 'undici';

import type { CallPriority, QuotaPermit } from '../../electron/consultation/ports';
import { createQuotaService, systemScheduler } from '../../electron/quota';
import { type Sandbox, sandboxCompanies, startSandbox, tokenKeyOf } from '../../electron/sandbox';
import { systemClock } from '../../electron/storage/clock';
import { endpoints } from '../../shared/catalogue';
import { type Metric, percentile } from './metric';

const WINDOW_MS = 2_000;
const DATA = { pool: 'data', calls: 2_000, limit: 250 } as const;
const DOCUMENTS = { pool: 'documents', calls: 200, limit: 50 } as const;
type Load = typeof DATA | typeof DOCUMENTS;
type Reply = Parameters<QuotaPermit['settle']>[0];

/** Lets calls through in its own way; a refused call is sent again after `Retry-After`. */
interface Limiter {
  run(priority: CallPriority, send: () => Promise<Reply>): Promise<void>;
}

interface Context {
  readonly sandbox: Sandbox;
  readonly token: string;
  refused: number;
  serial: number;
}

const limiters: Readonly<Record<string, (load: Load) => Limiter>> = {
  ours: (load) => ours(load),
  bottleneck: ({ limit }) => {
    const bottleneck = new Bottleneck({ reservoir: limit, reservoirRefreshAmount: limit, reservoirRefreshInterval: WINDOW_MS });
    return { run: (priority, send) => bottleneck.schedule({ priority: priority === 'interactive' ? 0 : 5 }, () => untilAccepted(send)) };
  },
  p_queue: ({ limit }) => {
    const queue = new PQueue({ intervalCap: limit, interval: WINDOW_MS });
    return { run: async (priority, send) => void (await queue.add(() => untilAccepted(send), { priority: priority === 'interactive' ? 1 : 0 })) };
  },
  evenly_spaced: ({ limit }) => {
    const bottleneck = new Bottleneck({ minTime: WINDOW_MS / limit });
    return { run: (priority, send) => bottleneck.schedule({ priority: priority === 'interactive' ? 0 : 5 }, () => untilAccepted(send)) };
  },
};

/** Total time, refusals and delay of an agent's call, for each way of waiting. */
export async function run(): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const name of Object.keys(limiters)) {
    for (const beside of [false, true]) {
      const suffix = `${name}_${beside ? 'beside_colleague' : 'alone'}`;
      const { ratio, refused } = await throughput(name, beside);
      metrics.push({ metric: `ratio_to_minimum_${suffix}`, value: ratio, unit: 'x' });
      metrics.push({ metric: `count_429_${suffix}`, value: refused, unit: 'calls' });
    }
    metrics.push({ metric: `interactive_p95_ms_${name}`, value: await interactiveDelay(name), unit: 'ms' });
  }
  return metrics;
}

async function throughput(name: string, beside: boolean): Promise<{ ratio: number; refused: number }> {
  const context = await open();
  const colleague = beside ? startColleague(context) : null;
  const startedAt = Date.now();
  await Promise.all([DATA, DOCUMENTS].map((load) => batch(context, load, limiters[name]!(load))));
  const tookMs = Date.now() - startedAt;
  clearInterval(colleague ?? undefined);
  await context.sandbox.close();
  // Full windows from the start on; the last one's calls may go as it opens.
  const perWindow = beside ? DATA.limit - Math.floor(DATA.limit / 3) : DATA.limit;
  const windows = Math.ceil(DATA.calls / perWindow);
  const minimumMs = WINDOW_MS - (startedAt % WINDOW_MS) + (windows - 2) * WINDOW_MS;
  return { ratio: tookMs / minimumMs, refused: context.refused };
}

async function interactiveDelay(name: string): Promise<number> {
  const context = await open();
  const limiter = limiters[name]!(DATA);
  const time = async (): Promise<number> => {
    const askedAt = performance.now();
    await limiter.run('interactive', () => send(context, DATA));
    return performance.now() - askedAt;
  };
  const series = async (): Promise<number[]> => {
    const delays: Promise<number>[] = [];
    for (let index = 0; index < 30; index += 1) {
      delays.push(time());
      await pause(200);
    }
    return Promise.all(delays);
  };
  const idle = percentile(await series(), 0.95);
  const full = Promise.all(Array.from({ length: 1_000 }, () => limiter.run('batch', () => send(context, DATA))));
  const busy = percentile(await series(), 0.95);
  await full;
  await context.sandbox.close();
  return busy - idle;
}

async function open(): Promise<Context> {
  const sandbox = await startSandbox({ windowMs: WINDOW_MS, refusalsBeforeBan: Infinity, ipLimit: 100_000 });
  // Starts as a window opens, so that every run meets the same windows.
  await pause(WINDOW_MS - (Date.now() % WINDOW_MS) + 20);
  return { sandbox, token: sandbox.tokens.complete, refused: 0, serial: 0 };
}

async function batch(context: Context, load: Load, limiter: Limiter): Promise<void> {
  await Promise.all(Array.from({ length: load.calls }, () => limiter.run('batch', () => send(context, load))));
}

/** A third of each window, a little at a time over its first half. */
function startColleague({ sandbox, token }: Context): NodeJS.Timeout {
  const taken = new Map<string, number>();
  return setInterval(() => {
    const share = Math.min(1, (Date.now() % WINDOW_MS) / (WINDOW_MS / 2));
    for (const { pool, limit } of [DATA, DOCUMENTS]) {
      const key = `${pool} ${Math.floor(Date.now() / WINDOW_MS)}`;
      const units = Math.floor((limit / 3) * share) - (taken.get(key) ?? 0);
      if (units <= 0) continue;
      taken.set(key, (taken.get(key) ?? 0) + units);
      sandbox.control.consume({ tokenKey: tokenKeyOf(token), pool, units });
    }
  }, 10);
}

function ours({ pool }: Load): Limiter {
  const quota = createQuotaService({ scheduler: systemScheduler(systemClock), windowMs: WINDOW_MS, environment: () => 'sandbox', titleOf: () => '' });
  const options = { signal: new AbortController().signal, onWait: () => undefined };
  return {
    run: async (priority, sendOnce) => {
      const claim = { environment: 'sandbox', habilitationId: 'bench', tokenKey: 'bench', pool, provider: 'insee', priority } as const;
      for (;;) {
        const permit = await quota.acquire(claim, options);
        if (permit.settle(await sendOnce()) === 'deliver') return;
      }
    },
  };
}

async function untilAccepted(send: () => Promise<Reply>): Promise<void> {
  for (;;) {
    const { status, headers } = await send();
    if (status !== 429) return;
    await pause(Number(headers['retry-after'] ?? 1) * 1_000);
  }
}

const agent = new Agent({ connections: 32 });
const siren = sandboxCompanies().find((company) => company.siren)?.siren ?? '';
const [siret = '', recipient = ''] = sandboxCompanies().flatMap((company) => company.siret ?? []);

async function send(context: Context, { pool }: Load): Promise<Reply> {
  const endpoint = endpoints.find((candidate) => candidate.pool === pool && candidate.version > 2 && !candidate.deprecated);
  if (!endpoint) throw new Error(`no endpoint in pool ${pool}`);
  const identifier = endpoint.identifierParameter === 'siret' ? siret : siren;
  const path = endpoint.path.replace(`{${endpoint.identifierParameter}}`, identifier);
  // Two identical calls at once would meet a 409.
  const query = new URLSearchParams({ context: 'Banc de mesure', recipient, object: `lot ${(context.serial += 1)}` });
  const answer = await request(`${context.sandbox.apiUrl}${path}?${query.toString()}`, {
    dispatcher: agent,
    headers: { authorization: `Bearer ${context.token}` },
  });
  await answer.body.dump();
  if (answer.statusCode === 429) context.refused += 1;
  const headers = Object.fromEntries(Object.entries(answer.headers).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]));
  return { status: answer.statusCode, headers, errorCode: null, retryInSeconds: null };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
