import { join } from 'node:path';

import type { JournalWorker } from '../../../electron/journal';
import { contentText, envelopeText, sha256Hex } from '../../../electron/journal/format';
import { openForReading, readEntries } from '../../../electron/journal/journal-database';
import type { JournalFilter } from '../../../shared/domain/journal';
import { percentile, type Metric } from '../metric';
import { CALLS } from './million';
import { requestIdOf } from './rows';

const SAMPLE_ROWS = 50_000;

/** Seconds that SHA-256 alone takes over what a verification hashes: two digests a row, nothing read, nothing compared. */
export function bareDigestSeconds(path: string): number {
  const database = openForReading(path);
  const texts = [...readEntries(database, 1, SAMPLE_ROWS)].flatMap((entry) => [`${entry.salt}${contentText(entry.parts)}`, envelopeText(entry)]);
  database.close();
  // Flat strings, as a reader would hold them.
  const flat = texts.map((text) => Buffer.from(text, 'utf8').toString('utf8'));
  const startedAt = performance.now();
  // As many digests as a verification makes: a short burst would run ahead of whatever else the machine does.
  for (let pass = 0; pass < (CALLS * 2) / SAMPLE_ROWS; pass += 1) for (const text of flat) sha256Hex(text);
  return (performance.now() - startedAt) / 1_000;
}

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

const FILTERS: Readonly<Record<string, JournalFilter>> = {
  none: {},
  calls: { kind: 'calls' },
  agent: { agentId: 'agent-3' },
  dossier: { dossierId: 'dossier-17' },
  company: { identifier: '100000042' },
  endpoint: { endpointId: 'dgfip.chiffres_affaires.v3' },
  provider: { provider: 'insee' },
  outcome: { outcome: 'failure' },
  habilitation: { habilitationId: 'habilitation-2' },
  period: { from: daysAgo(400), to: daysAgo(370) },
  text: { text: 'modele 421' },
  text_absent: { text: 'introuvable' },
  request_ids: { requestIds: Array.from({ length: 200 }, (_, index) => requestIdOf(index * 2_000)) },
  all_at_once: { agentId: 'agent-3', provider: 'insee', outcome: 'success', from: daysAgo(400), text: 'fournitures' },
};
const REPETITIONS = 10;

/** Round trips of the first page of each filter, as the window asks for it. */
export async function searchMetrics(worker: JournalWorker): Promise<Metric[]> {
  const all: number[] = [];
  const metrics: Metric[] = [];
  for (const [name, filter] of Object.entries(FILTERS)) {
    const times: number[] = [];
    for (let repetition = 0; repetition <= REPETITIONS; repetition += 1) {
      const startedAt = performance.now();
      await worker.run('search', { filter, limit: 50 });
      if (repetition > 0) times.push(performance.now() - startedAt);
    }
    all.push(...times);
    metrics.push({ metric: `search_p95_ms_${name}`, value: percentile(times, 0.95), unit: 'ms' });
  }
  return [...metrics, { metric: 'search_p95_ms', value: percentile(all, 0.95), unit: 'ms' }];
}

const MEGABYTE = 1_048_576;

/** CSV of everything: rows a second, and how far the process grows above its size before. */
export async function exportMetrics(worker: JournalWorker, folder: string, publicKey: string): Promise<Metric[]> {
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const request = { filter: {}, generatedAt: Date.now(), publicKey };
  const startedAt = performance.now();
  const { lineCount } = await worker.run('export', { path: join(folder, 'export.csv'), format: 'csv', request });
  const seconds = (performance.now() - startedAt) / 1_000;
  clearInterval(sampler);
  return [
    { metric: 'csv_lines_per_s', value: lineCount / seconds, unit: 'lines/s' },
    { metric: 'csv_rows_per_s', value: (CALLS * 2) / seconds, unit: 'rows/s' },
    { metric: 'csv_peak_memory_mb', value: (peak - idle) / MEGABYTE, unit: 'MB' },
  ];
}
