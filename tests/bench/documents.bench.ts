import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

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
const RUNS = 5;
const MEGABYTE = 1024 * 1024;

// The same file serves, in a thread of its own: neither contender shares its loop with the server.
if (!isMainThread) serve();

/**
 * The encrypted store (bounded, inspected, hashed, sealed, on disk for good, recorded) beside bare undici writing plain
 * files, from the same server at the same concurrency; then the lists of a workstation that has seen years of work.
 */
export async function run(): Promise<Metric[]> {
  const server = await startServer();
  const cached: number[] = [];
  const plain: number[] = [];
  const stored: Measure[] = [];
  // One of each to warm up, then in turn, so that a drift of the machine touches both.
  for (let index = 0; index <= RUNS; index += 1) {
    const cachedMs = await measurePlain(server.baseUrl, false);
    const plainMs = await measurePlain(server.baseUrl, true);
    const inStore = await measureStore(server.baseUrl);
    if (index > 0) {
      cached.push(cachedMs);
      plain.push(plainMs);
      stored.push(inStore);
    }
  }
  await server.close();
  const [cachedMs, plainMs, storeMs] = [median(cached), median(plain), median(stored.map(({ ms }) => ms))];
  return [
    { metric: 'store_200_documents_ms', value: storeMs, unit: 'ms' },
    { metric: 'plain_200_documents_ms', value: plainMs, unit: 'ms' },
    { metric: 'store_ratio', value: storeMs / plainMs, unit: 'x' },
    { metric: 'plain_unflushed_200_documents_ms', value: cachedMs, unit: 'ms' },
    { metric: 'store_ratio_to_unflushed', value: storeMs / cachedMs, unit: 'x' },
    { metric: 'store_memory_growth', value: median(stored.map(({ growthBytes }) => growthBytes)) / MEGABYTE, unit: 'MB' },
    ...(await measureLists()),
  ];
}

interface Measure {
  readonly ms: number;
  /** Peak of the second half above that of the first: what would grow with the number of documents. */
  readonly growthBytes: number;
}

async function inTurn(work: (index: number) => Promise<void>): Promise<number> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < DOCUMENTS; index = next++) await work(index);
  };
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
  const worker = new Worker(fileURLToPath(import.meta.url));
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  return { baseUrl: `http://127.0.0.1:${port}`, close: () => worker.terminate() };
}

/** Each document is its own: nothing is stored once for two. */
function serve(): void {
  const filling = Buffer.alloc(DOCUMENT_BYTES);
  for (let at = 0; at < filling.length; at += 4) filling.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, at);
  const server = createServer((incoming, response) => {
    const head = Buffer.from(`%PDF-1.7\n% ${incoming.url ?? ''}\n`);
    const end = Buffer.from('\n%%EOF\n');
    const body = Buffer.concat([head, filling.subarray(head.length + end.length), end]);
    response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': body.length }).end(body);
  });
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
}
