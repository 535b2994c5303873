import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { exportJournal } from '../../../electron/journal/export/index';
import { envelopeText, sha256Hex } from '../../../electron/journal/format';
import { openJournalReader } from '../../../electron/journal/index';
import type { JournalFilter } from '../../../shared/domain/journal';
import { type Bench, makeBench, recordCall } from './support';

/** A line of a verifiable export, as somebody who forges it sees it. */
export interface Item {
  type: string;
  seq: number;
  at: number;
  hash: string;
  prev: string;
  commitment: string;
  content?: string;
  [name: string]: unknown;
}

/** Two sessions of two agents: rows 1 to 8 sealed at the first close, 9 to 16 at the second. */
export async function makeTwoSessions(): Promise<Bench> {
  const bench = makeBench();
  for (const agentId of ['agent-1', 'agent-2']) {
    const journal = bench.open();
    for (let index = 0; index < 3; index += 1) await recordCall(journal, { agent: { id: agentId, displayName: agentId } });
    journal.close();
  }
  return bench;
}

/** Returns where the export is, in place of the one before. */
export async function writeJsonLines(bench: Bench, filter: JournalFilter = {}): Promise<string> {
  const path = join(bench.folder, 'export.jsonl');
  rmSync(path, { force: true });
  const reader = openJournalReader(bench.path);
  const publicKey = bench.options.sealKey.publicKey().toString('base64');
  const request = { filter, generatedAt: bench.clock.now(), publicKey };
  await exportJournal(reader.database, reader.index, { path, format: 'jsonl' }, request);
  reader.close();
  return path;
}

export function runVerifier(path: string, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync('node', ['scripts/verify-journal.mjs', path, ...options], { encoding: 'utf8', timeout: 20_000 });
  return { status, output: stdout + stderr };
}

export const toLines = (items: readonly Item[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join('');

export function rewrite(path: string, change: (items: Item[]) => readonly Item[]): void {
  const items = readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Item);
  writeFileSync(path, toLines(change(items)));
}

export const rowAt = (items: readonly Item[], seq: number) => items.find((item) => item.type === 'row' && item.seq === seq) as Item;

/** Recomputes hashes from a row on, as somebody who knows the format would. */
export function hashAgain(items: Item[], fromSeq: number, toSeq = Infinity): Item[] {
  let prev = rowAt(items, fromSeq - 1).hash;
  for (const item of items.filter(({ type, seq }) => type === 'row' && seq >= fromSeq && seq <= toSeq)) {
    item.prev = prev;
    item.hash = sha256Hex(envelopeText({ intent: null, ...item } as unknown as Parameters<typeof envelopeText>[0]));
    prev = item.hash;
  }
  return items;
}
