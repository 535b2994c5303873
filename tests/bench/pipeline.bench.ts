import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

import { DatabaseSync } from '@photostructure/sqlite';
import { Agent, request } from 'undici';

import { answersSchema, createAnswerStore, createConsult, createLinkRegistry } from '../../electron/consultation';
import { createDispatcher, createHttpClient } from '../../electron/http';
import { generateSealKey, openJournal } from '../../electron/journal';
import { createQuotaService, databaseQuotaStore, ownIpWindow, quotaSchema, systemScheduler } from '../../electron/quota';
import { systemClock } from '../../electron/storage/clock';
import { createDataCipher } from '../../electron/storage/data-cipher';
import { singleKey } from '../../electron/storage/data-key';
import { openDatabase, reserveLog } from '../../electron/storage/database';
import { Secret } from '../../electron/storage/secret';
import * as catalogue from '../../shared/catalogue';
import type { Dossier } from '../../shared/domain/dossier';
import { isLuhnValid, type Siret } from '../../shared/domain/identifiers';
import { openBare, readRows } from './journal/append';
import { median, type Metric } from './metric';

const CALLS = 1_000;
const CONCURRENCY = 20;
const RUNS = 5;
/** The largest limit that the quota believes: it never holds a call back here. */
const LIMIT = 100_000;
/** Far quicker than the service ever is; without any, what is measured is this machine's two loops alone. */
const MODEST_LATENCY_MS = 20;

// The same file serves, in a thread of its own: neither contender shares its loop with the server.
if (!isMainThread) serve((workerData as { latencyMs: number }).latencyMs);

/**
 * The whole pipeline (real journal, SQLite and quota) beside bare undici, to the same server, at the same
 * concurrency: the ratio asked for is the one without latency. Its floor is what bare undici and the journal's own
 * commits, made by bare SQLite, take together: nothing is sent before its intent is on disk.
 */
export async function run(): Promise<Metric[]> {
  const immediate = await compare(0);
  const modest = await compare(MODEST_LATENCY_MS);
  return [
    { metric: 'pipeline_1000_calls_ms', value: immediate.pipelineMs, unit: 'ms' },
    { metric: 'bare_undici_1000_calls_ms', value: immediate.bareMs, unit: 'ms' },
    { metric: 'ratio_to_bare_undici', value: immediate.ratio, unit: 'x' },
    { metric: 'durable_commits', value: immediate.commits, unit: 'commits' },
    { metric: 'bare_sqlite_same_commits_ms', value: immediate.commitsMs, unit: 'ms' },
    { metric: 'floor_ratio', value: (immediate.bareMs + immediate.commitsMs) / immediate.bareMs, unit: 'x' },
    { metric: `pipeline_1000_calls_ms_at_${MODEST_LATENCY_MS}_ms`, value: modest.pipelineMs, unit: 'ms' },
    { metric: `bare_undici_1000_calls_ms_at_${MODEST_LATENCY_MS}_ms`, value: modest.bareMs, unit: 'ms' },
    { metric: `ratio_to_bare_undici_at_${MODEST_LATENCY_MS}_ms`, value: modest.ratio, unit: 'x' },
  ];
}

async function compare(latencyMs: number) {
  const server = await startServer(latencyMs);
  const bare: number[] = [];
  const whole: PipelineRun[] = [];
  // In turn, so that a drift of the machine touches both.
  for (let index = 0; index < RUNS; index += 1) {
    bare.push(await measureBare(server.baseUrl));
    whole.push(await measurePipeline(server.baseUrl));
  }
  await server.close();
  const bareMs = median(bare);
  const [pipelineMs, commits, commitsMs] = [median(whole.map(({ ms }) => ms)), median(whole.map((run) => run.commits)), median(whole.map((run) => run.commitsMs))];
  return { bareMs, pipelineMs, commits, commitsMs, ratio: pipelineMs / bareMs };
}

async function startServer(latencyMs: number) {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { latencyMs } });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  return { baseUrl: `http://127.0.0.1:${port}`, close: () => worker.terminate() };
}

function serve(latencyMs: number): void {
  const body = JSON.stringify({ data: { siren: '100000009', denomination: 'ÉBÉNISTERIE DU LAC' }, links: {}, meta: {} });
  const usedByToken = new Map<string, number>();
  const server = createServer(({ headers: { authorization = '' } }, response) => {
    const used = (usedByToken.get(authorization) ?? 0) + 1;
    usedByToken.set(authorization, used);
    const headers = {
      'content-type': 'application/json',
      'ratelimit-limit': String(LIMIT),
      'ratelimit-remaining': String(LIMIT - used),
      'ratelimit-reset': String(Math.ceil(Date.now() / 60_000) * 60),
      'x-request-id': 'b5f2c1de-0000-4000-8000-000000000000',
    };
    const answer = () => response.writeHead(200, headers).end(body);
    if (latencyMs === 0) answer();
    else setTimeout(answer, latencyMs);
  });
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
}

async function measureBare(baseUrl: string): Promise<number> {
  const dispatcher = new Agent();
  return timed(async (siren) => {
    const { body } = await request(`${baseUrl}/v4/insee/sirene/unites_legales/${siren}`, { dispatcher });
    await body.json();
  });
}

interface PipelineRun {
  readonly ms: number;
  readonly commits: number;
  /** The same rows in as many transactions of bare SQLite. */
  readonly commitsMs: number;
}

async function measurePipeline(baseUrl: string): Promise<PipelineRun> {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-bench-'));
  const { database } = openDatabase(join(folder, 'instruire.db'), [answersSchema, quotaSchema]);
  const heads: number[] = [];
  const witness = { read: () => null, write: ({ seq }: { readonly seq: number }) => void heads.push(seq), close: () => undefined };
  const journal = openJournal({ path: join(folder, 'journal.db'), clock: systemClock, workstation: 'banc', sealKey: generateSealKey().key, witness });
  const quota = createQuotaService({
    environment: () => 'sandbox',
    scheduler: systemScheduler(systemClock),
    store: databaseQuotaStore(database),
    ipWindow: ownIpWindow(1_000_000),
    titleOf: () => 'Banc',
  });
  const grant = { habilitationId: 'h', environment: 'sandbox' as const, baseUrl, tokenKey: 'banc', token: new Secret(folder) };
  const answers = createAnswerStore(database, createDataCipher(singleKey(Buffer.alloc(32, 7))));
  const consult = createConsult({
    catalogue,
    dossiers: { find: () => dossier },
    authorisation: { authorise: () => ({ ok: true, grant }), reportTokenRefused: () => undefined },
    trace: journal,
    quota,
    links: createLinkRegistry(systemClock),
    answers,
    http: createHttpClient({ dispatcher: createDispatcher(), userAgent: 'Instruire/banc' }),
    clock: systemClock,
    useLongTimeouts: () => false,
  });
  // Each call has its own signal, as on screen and in batches.
  const options = () => ({ signal: new AbortController().signal, onState: () => undefined, priority: 'interactive' as const });
  const ms = await timed((identifier) =>
    consult({ consultationId: identifier, dossierId: 'd', endpointId: 'insee.unite_legale.v4', identifier, parameters: {} }, { id: 'a', displayName: 'Banc' }, options()),
  );
  answers.flush();
  const commitsMs = measureCommits(folder, heads);
  journal.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
  return { ms, commits: heads.length, commitsMs };
}

function measureCommits(folder: string, heads: readonly number[]): number {
  const reader = new DatabaseSync(join(folder, 'journal.db'), { readOnly: true });
  const commit = openBare(join(folder, 'bare.db'), reader, reserveLog);
  const rows = readRows(reader, 0);
  const elapsed = heads.map((seq, index) => commit(rows.slice(heads[index - 1] ?? 0, seq)));
  reader.close();
  return elapsed.reduce((sum, each) => sum + each, 0);
}

async function timed(call: (siren: string) => Promise<unknown>): Promise<number> {
  const sirens = madeUpSirens(CALLS);
  const startedAt = performance.now();
  const worker = async () => {
    for (let siren = sirens.pop(); siren !== undefined; siren = sirens.pop()) await call(siren);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return performance.now() - startedAt;
}

function madeUpSirens(count: number): string[] {
  const sirens: string[] = [];
  for (let number = 100_000_000; sirens.length < count; number += 1) if (isLuhnValid(String(number))) sirens.push(String(number));
  return sirens;
}

const dossier: Dossier = {
  id: 'd',
  title: 'Banc',
  habilitationId: 'h',
  useCase: 'marches_publics',
  procedure: null,
  context: 'Marchés publics',
  recipient: '90000000100017' as Siret,
  object: 'MP-2026-014',
  notes: '',
  tags: [],
  deadline: null,
  state: 'open',
  companies: [],
  createdBy: 'a',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
