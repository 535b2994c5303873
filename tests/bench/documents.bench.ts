import { fork } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { Agent, request } from 'undici';

import { createDocumentRecords, createFileStore, documentsSchema } from '../../electron/documents';
import { createDispatcher, createHttpClient, MAX_DOCUMENT_BYTES } from '../../electron/http';
import { createDataCipher } from '../../electron/storage/data-cipher';
import { singleKey } from '../../electron/storage/data-key';
import { openDatabase } from '../../electron/storage/database';
import { documentRecord } from './documents/made-up-records';
import { measureLists } from './documents/lists';
import { median, type Metric } from './metric';

const DOCUMENTS = 200;
const DOCUMENT_BYTES = 1024 * 1024;
/** As many as the application lets through at once. */
const CONCURRENCY = 6;
const ROUNDS = 9;
const MEGABYTE = 1024 * 1024;
const SERVE = 'serve-documents';

// The same file serves, in a process of its own: neither contender shares its loop, its threads or its memory with the server.
if (process.argv[2] === SERVE) serve();

/**
 * The encrypted store (bounded, inspected, hashed, sealed, on disk for good, recorded) beside bare undici writing plain
 * files, from the same server at the same concurrency; then the lists of a workstation that has seen years of work.
 */
export async function run(): Promise<Metric[]> {
  const server = await startServer();
  const rounds: Round[] = [];
  for (let index = 0; index <= ROUNDS; index += 1) rounds.push(await measureRound(server.baseUrl));
  server.close();
  // The first warms up.
  rounds.shift();
  const middle = (value: (round: Round) => number): number => median(rounds.map(value));
  return [
    { metric: 'store_200_documents_ms', value: middle(({ store }) => store.ms), unit: 'ms' },
    { metric: 'plain_200_documents_ms', value: middle(({ plainMs }) => plainMs), unit: 'ms' },
    { metric: 'store_ratio', value: middle(({ store, plainMs }) => store.ms / plainMs), unit: 'x' },
    { metric: 'plain_unflushed_200_documents_ms', value: middle(({ unflushedMs }) => unflushedMs), unit: 'ms' },
    { metric: 'store_ratio_to_unflushed', value: middle(({ store, unflushedMs }) => store.ms / unflushedMs), unit: 'x' },
    { metric: 'store_memory_growth', value: middle(({ store }) => store.growthBytes) / MEGABYTE, unit: 'MB' },
    ...(await measureLists()),
  ];
}

/** Measured one right after the other: a drift of the machine touches all of them, and leaves what lies between them. */
interface Round {
  readonly unflushedMs: number;
  readonly plainMs: number;
  readonly store: Measure;
}

async function measureRound(baseUrl: string): Promise<Round> {
  const unflushedMs = await measurePlain(baseUrl, false);
  const plainMs = await measurePlain(baseUrl, true);
  return { unflushedMs, plainMs, store: await measureStore(baseUrl) };
}

interface Measure {
  readonly ms: number;
  /** Peak of the second half above that of the first: what would grow with the number of documents. */
  readonly growthBytes: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Nobody pays for what another left behind. */
async function inTurn(work: (index: number) => Promise<void>): Promise<number> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < DOCUMENTS; index = next++) await work(index);
  };
  collectGarbage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return performance.now() - startedAt;
}

/** @param flush whether the file is on disk, as the store's are, or still in the system's memory when the next begins. */
async function measurePlain(baseUrl: string, flush: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-plain-'));
  const dispatcher = new Agent();
  const ms = await inTurn(async (index) => {
    const { body } = await request(`${baseUrl}/${index}.pdf`, { dispatcher });
    await pipeline(body, createWriteStream(join(folder, `${index}.pdf`), { flush }));
  });
  await dispatcher.close();
  rmSync(folder, { recursive: true, force: true });
  return ms;
}

async function measureStore(baseUrl: string): Promise<Measure> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-store-'));
  const { database } = openDatabase(join(folder, 'instruire.db'), [documentsSchema]);
  const records = createDocumentRecords(database);
  const store = createFileStore(join(folder, 'documents'), createDataCipher(singleKey(Buffer.alloc(32, 7))));
  const dispatcher = createDispatcher();
  const http = createHttpClient({ dispatcher, userAgent: 'bench' });
  const peaks = [0, 0];
  const ms = await inTurn(async (index) => {
    const wanted = { url: new URL(`${baseUrl}/${index}.pdf`), timeoutMs: 60_000, maxBytes: MAX_DOCUMENT_BYTES, signal: new AbortController().signal };
    const file = await http.stream(wanted, (_head, chunks) => store.receive(chunks));
    const record = documentRecord({ fileId: await file.keep(), sha256: file.sha256, byteLength: file.byteLength, dossierId: 'd' });
    await records.together(() => records.add(record));
    const half = index < DOCUMENTS / 2 ? 0 : 1;
    peaks[half] = Math.max(peaks[half] ?? 0, process.memoryUsage.rss());
  });
  const kept = records.list('d', undefined).length;
  if (kept !== DOCUMENTS) throw new Error(`${kept} documents kept instead of ${DOCUMENTS}`);
  await dispatcher.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
  return { ms, growthBytes: Math.max(0, (peaks[1] ?? 0) - (peaks[0] ?? 0)) };
}

async function startServer() {
  const server = fork(fileURLToPath(import.meta.url), [SERVE]);
  const port = await new Promise<unknown>((resolve) => server.once('message', resolve));
  return { baseUrl: `http://127.0.0.1:${String(port)}`, close: () => server.disconnect() };
}

/** Each document is its own: nothing is stored once for two. Ends with the one who measures. */
function serve(): void {
  process.once('disconnect', () => process.exit());
  const filling = Buffer.alloc(DOCUMENT_BYTES);
  for (let at = 0; at < filling.length; at += 4) filling.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, at);
  const server = createServer((incoming, response) => {
    const head = Buffer.from(`%PDF-1.7\n% ${incoming.url ?? ''}\n`);
    const end = Buffer.from('\n%%EOF\n');
    const body = Buffer.concat([head, filling.subarray(head.length + end.length), end]);
    response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': body.length }).end(body);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
