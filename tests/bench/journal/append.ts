import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';

import { fileHeadWitness, generateSealKey, type Journal, openJournal } from '../../../electron/journal';
import { ENTRY_COLUMNS } from '../../../electron/journal/journal-database';
import { systemClock } from '../../../electron/storage/clock';
import type { Database } from '../../../electron/storage/database';
import { median, type Metric } from '../metric';
import { makeIntent } from './rows';

/** As many calls as run at once: theirs are the rows that share a transaction. */
const CALLS_AT_ONCE = 20;

const SHAPES = [
  { name: 'single', rows: 1, rounds: 1_000 },
  { name: 'twenty', rows: CALLS_AT_ONCE, rounds: 2_000 },
  { name: 'batch', rows: 100, rounds: 600 },
] as const;

/** SQLite's log grows for its first thousand pages, ours is given them at once: by then both have their length. */
const UNTIMED_ROUNDS = 300;

/**
 * `record…` until each promise settles, beside the very same rows put by a prepared INSERT into a table and index of the same
 * definition: same pragmas, one transaction each. Who goes first alternates, because the second finds the disk less idle; the
 * ratio is the median of those of neighbours, because what else the machine does weighs on both.
 */
export async function appendMetrics(folder: string): Promise<Metric[]> {
  const path = join(folder, 'append.db');
  const witness = fileHeadWitness(join(folder, 'append.head'));
  const journal = openJournal({ path, clock: systemClock, workstation: 'POSTE-1', sealKey: generateSealKey().key, witness });
  const reader = new DatabaseSync(path, { readOnly: true });
  const sides = { journal, reader, bare: openBare(join(folder, 'bare.db'), reader) };
  await compare(sides, CALLS_AT_ONCE, UNTIMED_ROUNDS);
  const metrics: Metric[] = [];
  for (const { name, rows, rounds } of SHAPES) {
    const { ours, ratios } = await compare(sides, rows, rounds);
    metrics.push({ metric: `appends_per_s_${name}`, value: (rows * 1_000) / median(ours), unit: 'rows/s' });
    metrics.push({ metric: `append_ratio_${name}`, value: median(ratios), unit: 'x' });
  }
  reader.close();
  journal.close();
  const asTheProductDoes = metrics.find(({ metric }) => metric === 'append_ratio_twenty');
  return [...metrics, { metric: 'append_ratio', value: asTheProductDoes?.value ?? 0, unit: 'x' }];
}

interface Sides {
  readonly journal: Journal;
  /** Another connection to the journal's file. */
  readonly reader: Database;
  readonly bare: ReturnType<typeof openBare>;
}

/** Milliseconds of each transaction of ours, and the same rows' time in bare SQLite over it. */
async function compare({ journal, reader, bare }: Sides, rows: number, rounds: number) {
  const [ours, ratios]: [number[], number[]] = [[], []];
  await timeJournal(journal, 0, rows);
  for (let round = 1; round <= rounds; round += 1) {
    const written = readRows(reader, journal.head().seq - rows);
    const theirsBefore = round % 2 === 0 ? bare(written) : null;
    const oursNow = await timeJournal(journal, round * rows, rows);
    ours.push(oursNow);
    ratios.push((theirsBefore ?? bare(written)) / oursNow);
  }
  return { ours, ratios };
}

async function timeJournal(journal: Journal, first: number, count: number): Promise<number> {
  const intents = Array.from({ length: count }, (_, index) => makeIntent(first + index));
  const startedAt = performance.now();
  await Promise.all(intents.map((intent) => journal.recordIntent(intent)));
  return performance.now() - startedAt;
}

export type Row = readonly (string | number | null)[];

export function readRows(reader: Database, afterSeq: number): readonly Row[] {
  const statement = reader.prepare(`SELECT ${ENTRY_COLUMNS} FROM entries WHERE seq > ? ORDER BY seq`);
  statement.setReturnArrays(true);
  return statement.all(afterSeq) as unknown as Row[];
}

/** Same table, same index, nothing else. Returns the milliseconds of one transaction. */
export function openBare(path: string, like: Database, prepare: (database: Database) => void = () => undefined): (rows: readonly Row[]) => number {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  const made = like.prepare("SELECT sql FROM sqlite_master WHERE tbl_name = 'entries' AND type IN ('table', 'index')").all() as { sql: string }[];
  for (const { sql } of made) database.exec(sql);
  prepare(database);
  const insert = database.prepare(`INSERT INTO entries (${ENTRY_COLUMNS}) VALUES (${ENTRY_COLUMNS.split(',').map(() => '?').join(', ')})`);
  return (rows) => {
    const startedAt = performance.now();
    database.exec('BEGIN IMMEDIATE');
    for (const row of rows) insert.run(...row);
    database.exec('COMMIT');
    return performance.now() - startedAt;
  };
}
