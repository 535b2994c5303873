import { Agent, request } from 'undici';

import { sandboxCompanies } from '../../electron/sandbox';
import { callPath, endpoints } from '../../shared/catalogue';
import { type Metric, median, percentile } from './metric';
import { type Limiter, limiters, pause, type Reply } from './quota/limiters';
import { buildService, type MeasuredPool, type Report, type Service, startService } from './quota/service';

const WINDOW_MS = 2_000;
const ROUNDS_OF_OURS = 3;
const INTERACTIVE_CALLS = 40;
const INTERACTIVE_EVERY_MS = 150;
const BATCH_CALLS = 1_000;

const [company] = sandboxCompanies().filter(({ siren, siret }) => siren && siret);
const recipient = sandboxCompanies().map(({ siret }) => siret ?? '').find((siret) => siret !== '' && siret !== company?.siret) ?? '';
const data = measuredPool('data', 250, 2_000);
const pools = [data, measuredPool('documents', 50, 200)];
const agent = new Agent({ connections: 32 });

/** Total time, refusals and delay of an agent's call, for each way of waiting. */
export async function run(): Promise<Metric[]> {
  await buildService();
  const metrics: Metric[] = [];
  for (const name of Object.keys(limiters)) {
    for (const beside of [false, true]) metrics.push(...(await throughput(name, beside)));
    metrics.push(...(await interactiveDelay(name)));
  }
  return metrics;
}

/** Medians of several rounds for ours, one round for the peers, which wait by the same figures every time. */
async function throughput(name: string, beside: boolean): Promise<Metric[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < (name === 'ours' ? ROUNDS_OF_OURS : 1); round += 1) rounds.push(await playRound(name, beside));
  const suffix = `${name}_${beside ? 'beside_colleague' : 'alone'}`;
  const figure = (label: string, unit: string, of: (round: Round) => number): Metric => ({ metric: `${label}_${suffix}`, value: median(rounds.map(of)), unit });
  return [
    figure('ratio_to_minimum', 'x', ({ tookMs, minimumMs }) => tookMs / minimumMs),
    figure('total', 'ms', ({ tookMs }) => tookMs),
    figure('minimum', 'ms', ({ minimumMs }) => minimumMs),
    figure('count_429', 'calls', ({ refused }) => refused),
    figure('most_429_in_a_window', 'calls', ({ mostRefusedInWindow }) => mostRefusedInWindow),
  ];
}

interface Round {
  readonly tookMs: number;
  readonly minimumMs: number;
  readonly refused: number;
  /** Of one pool. */
  readonly mostRefusedInWindow: number;
}

async function playRound(name: string, beside: boolean): Promise<Round> {
  const service = await open();
  if (beside) service.startColleague();
  const startedAt = Date.now();
  await Promise.all(pools.map((pool) => runBatch(limiterOf(name, pool, service), service, pool, pool.calls)));
  const tookMs = Date.now() - startedAt;
  const report = await service.report();
  await service.stop();
  const refusals = report.windows.map(({ refused }) => refused);
  return {
    tookMs,
    minimumMs: Math.max(...pools.map((pool) => minimumOf(pool, startedAt, report))),
    refused: refusals.reduce((sum, refused) => sum + refused, 0),
    mostRefusedInWindow: Math.max(...refusals),
  };
}

/**
 * Time from the start to the opening of the last window that perfect calls need: each window gives its limit
 * less what the colleague really got of it.
 */
function minimumOf({ pool, calls, limit }: MeasuredPool, startedAt: number, { windows }: Report): number {
  const takenIn = new Map(windows.filter((window) => window.pool === pool).map(({ index, takenByColleague }) => [index, takenByColleague]));
  let left = calls;
  let index = Math.floor(startedAt / WINDOW_MS);
  for (left -= limit - (takenIn.get(index) ?? 0); left > 0; left -= limit - (takenIn.get(index) ?? 0)) index += 1;
  return index * WINDOW_MS - startedAt;
}

interface Delay {
  /** Until the limiter let the call go. */
  readonly queuedMs: number;
  readonly wholeMs: number;
}

/**
 * How much longer an agent's call takes while a batch fills the queue: 95th percentile over that of idle calls.
 * `interactive_queued` is the limiter's own part; the rest is the service's, busy with the batch.
 */
async function interactiveDelay(name: string): Promise<Metric[]> {
  const service = await open();
  const limiter = limiterOf(name, data, service);
  const time = async (): Promise<Delay> => {
    const askedAt = performance.now();
    let queuedMs = 0;
    await limiter.run('interactive', () => {
      queuedMs = performance.now() - askedAt;
      return send(service, data);
    });
    return { queuedMs, wholeMs: performance.now() - askedAt };
  };
  const series = async (): Promise<Delay[]> => {
    const delays: Promise<Delay>[] = [];
    for (let index = 0; index < INTERACTIVE_CALLS; index += 1) {
      delays.push(time());
      await pause(INTERACTIVE_EVERY_MS);
    }
    return Promise.all(delays);
  };
  const idle = await series();
  const batch = runBatch(limiter, service, data, BATCH_CALLS);
  const busy = await series();
  await batch;
  await service.stop();
  const added = (part: (delay: Delay) => number): number => percentile(busy.map(part), 0.95) - percentile(idle.map(part), 0.95);
  return [
    { metric: `interactive_p95_ms_${name}`, value: added(({ wholeMs }) => wholeMs), unit: 'ms' },
    { metric: `interactive_queued_p95_ms_${name}`, value: added(({ queuedMs }) => queuedMs), unit: 'ms' },
  ];
}

/** Starts as a window opens, so that every run meets the same windows. */
async function open(): Promise<Service> {
  const service = await startService({ windowMs: WINDOW_MS, pools });
  await pause(WINDOW_MS - (Date.now() % WINDOW_MS) + 20);
  return service;
}

function limiterOf(name: string, pool: MeasuredPool, { apiUrl }: Service): Limiter {
  const make = limiters[name];
  if (!make) throw new Error(`unknown limiter ${name}`);
  const readServerDate = async (): Promise<string | null> => {
    const answer = await request(`${apiUrl}/v3/ping`, { dispatcher: agent });
    await answer.body.dump();
    return String(answer.headers['date']);
  };
  return make(pool, { windowMs: WINDOW_MS, readServerDate });
}

async function runBatch(limiter: Limiter, service: Service, pool: MeasuredPool, calls: number): Promise<void> {
  await Promise.all(Array.from({ length: calls }, () => limiter.run('batch', () => send(service, pool))));
}

let serial = 0;

async function send({ apiUrl, token }: Service, { path }: MeasuredPool): Promise<Reply> {
  // Two identical calls at once would meet a 409.
  const query = new URLSearchParams({ context: 'Banc de mesure', recipient, object: `lot ${(serial += 1)}` });
  const answer = await request(`${apiUrl}${path}?${query.toString()}`, { dispatcher: agent, headers: { authorization: `Bearer ${token}` } });
  await answer.body.dump();
  const headers = Object.fromEntries(Object.entries(answer.headers).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]));
  return { status: answer.statusCode, headers, errorCode: null, retryInSeconds: null };
}

function measuredPool(pool: MeasuredPool['pool'], limit: number, calls: number): MeasuredPool {
  const endpoint = endpoints.find((candidate) => candidate.pool === pool && candidate.version > 2 && !candidate.deprecated);
  if (!endpoint || !company) throw new Error(`nothing to call in pool ${pool}`);
  const identifier = endpoint.identifierParameter === 'siret' ? company.siret : company.siren;
  return { pool, limit, calls, path: callPath(endpoint, identifier ?? '', {}) };
}
