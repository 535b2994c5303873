import { rmSync } from 'node:fs';

import { DatabaseSync } from '@photostructure/sqlite';

import type { Database } from '../storage/database';
import type { JournalEvent } from '../../shared/domain/journal';
import { clearRootGap } from './root-gap';
import { type Entry, type Head, PART_NAMES, type PartName } from './format';

/** Months that a trace is kept at the very least (terms of use of API Entreprise). */
export const MINIMUM_RETENTION_MONTHS = 36;

/** Version of the tables below; the first releases wrote none, which counts as 0. */
export const JOURNAL_SCHEMA_VERSION = 1;

const partColumns = PART_NAMES.map((name) => `${name} TEXT`).join(', ');
const unchanged = ['seq', 'at', 'offset', 'event', 'intent', 'prev', 'hash', 'commitment'].map((column) => `NEW.${column} IS OLD.${column}`).join(' AND ');
const emptied = ['salt', ...PART_NAMES].map((name) => `NEW.${name} IS NULL`).join(' AND ');

/**
 * Rows are added one after the other and stay. The one way to change one is to empty its content once
 * `retention.purge_through` covers it, which in turn only rows past the minimum retention allow.
 * A row out of order undoes its whole transaction: to undo the statement alone, SQLite would copy a page at each one.
 */
const schema = `
CREATE TABLE IF NOT EXISTS entries (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  event TEXT NOT NULL,
  intent INTEGER,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  commitment TEXT NOT NULL,
  salt TEXT,
  ${partColumns}
) STRICT;
DROP INDEX IF EXISTS entries_by_request_id;
CREATE TABLE IF NOT EXISTS head (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS seals (
  seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL, public_key TEXT NOT NULL, signature TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS anchors (
  seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, authority TEXT NOT NULL, stamped_at INTEGER NOT NULL, token BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS retention (id INTEGER PRIMARY KEY CHECK (id = 1), purge_through INTEGER NOT NULL) STRICT;
INSERT OR IGNORE INTO retention (id, purge_through) VALUES (1, 0);
DROP TRIGGER IF EXISTS entries_follow;
CREATE TRIGGER IF NOT EXISTS entries_continue BEFORE INSERT ON entries
  WHEN NEW.seq <> coalesce((SELECT max(seq) FROM entries), 0) + 1
  BEGIN SELECT raise(ROLLBACK, 'journal rows follow each other'); END;
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE DELETE ON entries
  BEGIN SELECT raise(ABORT, 'journal rows stay'); END;
CREATE TRIGGER IF NOT EXISTS entries_do_not_change BEFORE UPDATE ON entries
  WHEN NOT (OLD.seq <= (SELECT purge_through FROM retention) AND ${unchanged} AND ${emptied})
  BEGIN SELECT raise(ABORT, 'journal rows do not change'); END;
CREATE TRIGGER IF NOT EXISTS seals_stay BEFORE DELETE ON seals BEGIN SELECT raise(ABORT, 'seals stay'); END;
CREATE TRIGGER IF NOT EXISTS seals_do_not_change BEFORE UPDATE ON seals BEGIN SELECT raise(ABORT, 'seals do not change'); END;
CREATE TRIGGER IF NOT EXISTS anchors_stay BEFORE DELETE ON anchors BEGIN SELECT raise(ABORT, 'anchors stay'); END;
CREATE TRIGGER IF NOT EXISTS anchors_do_not_change BEFORE UPDATE ON anchors BEGIN SELECT raise(ABORT, 'anchors do not change'); END;
CREATE TRIGGER IF NOT EXISTS retention_minimum BEFORE UPDATE ON retention
  WHEN NEW.purge_through < OLD.purge_through OR EXISTS (SELECT 1 FROM entries WHERE seq > OLD.purge_through AND seq <= NEW.purge_through
    AND at > unixepoch('now', '-${MINIMUM_RETENTION_MONTHS} months') * 1000)
  BEGIN SELECT raise(ABORT, 'journal rows are kept ${MINIMUM_RETENTION_MONTHS} months'); END;
`;

/** While the loop goes round: a lock of another program may hold it up no longer than nobody notices. */
const RUNNING_LOCK_WAIT_MS = 20;
/** At the start and at the end, when nothing else is asked. */
const PATIENT_LOCK_WAIT_MS = 2_000;

/** How long a write waits in place for another program's lock. */
export function waitForLocks(database: Database, when: 'running' | 'patient'): void {
  database.exec(`PRAGMA busy_timeout = ${when === 'running' ? RUNNING_LOCK_WAIT_MS : PATIENT_LOCK_WAIT_MS}`);
}

/**
 * Opens the journal for writing, creating it when absent. What a page held before it was split or moved is overwritten from the
 * first row on, and the log that a crash left, which may hold deleted contents, is emptied. Errors are SQLite's own.
 */
export function openForWriting(path: string): Database {
  clearRootGap(path);
  const database = new DatabaseSync(path);
  try {
    waitForLocks(database, 'patient');
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_checkpoint(TRUNCATE);');
    database.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version = ${JOURNAL_SCHEMA_VERSION}; COMMIT;`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * A connection of its own that sees what was committed and can change nothing. The file is not mapped into memory: a disk that
 * fails under a mapping ends the process at once, where a read says so. Reading a million rows takes as long either way.
 */
export function openForReading(path: string): Database {
  const database = new DatabaseSync(path, { readOnly: true });
  waitForLocks(database, 'patient');
  return database;
}

/** A journal, and what SQLite keeps beside it. */
export function removeJournalFiles(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

export function readLastEntry(database: Database): (Head & { readonly at: number }) | null {
  const row = database.prepare(`SELECT ${READ_SEQ} AS seq, hash, ${READ_AT} AS at FROM entries ORDER BY entries.seq DESC LIMIT 1`).get() as (Head & { at: number }) | undefined;
  return row ?? null;
}

/** Reads the hash that a row claims; null where there is no such row. */
export function hashReader(database: Database): (seq: number) => string | null {
  const hashes = database.prepare('SELECT hash FROM entries WHERE seq = ?');
  return (seq) => (hashes.get(seq) as { readonly hash: string } | undefined)?.hash ?? null;
}

/** Latest date that is read, in milliseconds since the Unix epoch: the last that every calendar shows. */
export const LATEST_AT = Date.UTC(9999, 11, 30);
const DAY_MINUTES = 1_440;
const bounded = (column: string, low: number, high: number) => `min(max(${column}, ${low}), ${high})`;

/** Numbers as they are read: no writer gives others than these, and a tampered one must show and be named, not stop whoever reads. */
export const READ_SEQ = bounded('seq', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
export const READ_AT = bounded('at', 0, LATEST_AT);
export const READ_INTENT = bounded('intent', 0, Number.MAX_SAFE_INTEGER);

export type EntryValue = string | number | null;
export type EntryRow = readonly EntryValue[];

/** Columns of {@link toEntry}, in its order. */
export const ENTRY_COLUMNS = [
  'seq',
  'at',
  'offset',
  'event',
  'intent',
  'prev',
  'hash',
  'commitment',
  'salt',
  ...PART_NAMES,
].join(', ');

/** The same, to be read. */
export const READ_COLUMNS = ['seq', READ_AT, bounded('offset', -DAY_MINUTES, DAY_MINUTES), 'event', READ_INTENT, ...ENTRY_COLUMNS.split(', ').slice(5)].join(', ');

const FIRST_PART_COLUMN = 9;

export function toEntry(row: EntryRow): Entry {
  const parts: Partial<Record<PartName, string>> = {};
  for (let index = 0; index < PART_NAMES.length; index += 1) {
    const text = row[FIRST_PART_COLUMN + index] as string | null;
    if (text !== null) parts[PART_NAMES[index] as PartName] = text;
  }
  return {
    seq: row[0] as number,
    at: row[1] as number,
    offset: row[2] as number,
    event: row[3] as JournalEvent,
    intent: row[4] as number | null,
    prev: row[5] as string,
    hash: row[6] as string,
    commitment: row[7] as string,
    salt: row[8] as string | null,
    parts,
  };
}

const CHUNK_ROWS = 1_000;

/** Every row of a range in order, a chunk at a time: the caller may pause between two rows and use the connection. */
export function* readEntries(database: Database, fromSeq = 1, toSeq = Number.MAX_SAFE_INTEGER): Generator<Entry> {
  const statement = database.prepare(`SELECT ${READ_COLUMNS} FROM entries WHERE seq >= ? AND seq <= ? ORDER BY seq LIMIT ${CHUNK_ROWS}`);
  statement.setReturnArrays(true);
  let next = fromSeq;
  for (;;) {
    const rows = statement.all(next, toSeq) as unknown as EntryRow[];
    for (const row of rows) yield toEntry(row);
    if (rows.length < CHUNK_ROWS) return;
    next = (rows.at(-1)?.[0] as number) + 1;
  }
}
