import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { rolldown } from 'rolldown';

import { fileHeadWitness, generateSealKey, type HeadWitness, JournalWorker, openJournal } from '../../electron/journal';
import { systemClock } from '../../electron/storage/clock';
import { appendMetrics } from './journal/append';
import { buildMillion } from './journal/million';
import { watchFloor, watchMain } from './journal/main-watch';
import { bareDigestSeconds, exportMetrics, searchMetrics } from './journal/reading';
import type { Metric } from './metric';

/** The journal's durable writes beside bare SQLite, then every long work on a million rows while main goes on. */
export async function run(): Promise<Metric[]> {
  const folder = mkdtempSync(join(tmpdir(), 'journal-bench-'));
  try {
    return [...(await appendMetrics(folder)), ...(await millionMetrics(folder))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function millionMetrics(folder: string): Promise<Metric[]> {
  const { key } = generateSealKey();
  const path = join(folder, 'journal.db');
  const built = buildMillion(path, key);
  const witness = fileHeadWitness(join(folder, 'journal.head'));
  const journal = openJournal({ path, clock: systemClock, workstation: 'POSTE-1', sealKey: key, witness });
  await journal.seal();
  const digestBefore = bareDigestSeconds(path);
  const worker = new JournalWorker({ bundlePath: await bundleWorker(folder), journalPath: path });
  const floor = await watchFloor();
  const main = watchMain();
  try {
    const reading = await readingMetrics(worker, folder, key.publicKey().toString('base64'), witness.read());
    const stalls = main.stop();
    // Before and after: what else the machine does weighs on both.
    const digestSeconds = (digestBefore + bareDigestSeconds(path)) / 2;
    const verification = [
      { metric: 'bare_digest_s', value: digestSeconds, unit: 's' },
      { metric: 'verify_ratio', value: digestSeconds / reading.verifySeconds, unit: 'x' },
    ];
    return [built, ...reading.metrics, ...verification, ...stalls, ...floor];
  } finally {
    await worker.close();
    journal.close();
  }
}

/** Every long work of the worker, while main is watched. */
async function readingMetrics(worker: JournalWorker, folder: string, publicKey: string, witness: ReturnType<HeadWitness['read']>) {
  const indexStartedAt = performance.now();
  await worker.run('search', { filter: {}, limit: 50 });
  const coldIndexSeconds = (performance.now() - indexStartedAt) / 1_000;
  const search = await searchMetrics(worker);
  const verifyStartedAt = performance.now();
  const report = await worker.run('verify', { publicKey, witness }, { onProgress: () => undefined });
  if (!report.ok) throw new Error(`the journal does not verify: ${JSON.stringify(report.break)}`);
  const verifySeconds = (performance.now() - verifyStartedAt) / 1_000;
  const exported = await exportMetrics(worker, folder, publicKey);
  const metrics = [{ metric: 'cold_index_s', value: coldIndexSeconds, unit: 's' }, ...search, { metric: 'verify_s', value: verifySeconds, unit: 's' }, ...exported];
  return { metrics, verifySeconds };
}

/** In parts, as in the product: a thread that helps to verify does not load what writes files. */
async function bundleWorker(folder: string): Promise<string> {
  const dir = resolve('.cache/bench', `journal-worker-${createHash('sha256').update(folder).digest('hex').slice(0, 8)}`);
  const bundle = await rolldown({
    input: resolve('electron/journal/worker.ts'),
    platform: 'node',
    external: ['@photostructure/sqlite', 'pdfkit', 'qrcode', 'yazl', 'undici'],
  });
  await bundle.write({ dir, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
  await bundle.close();
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'worker.mjs');
}
