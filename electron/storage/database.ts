import { existsSync, renameSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

export type Database = DatabaseSyncInstance;

/** One step of a feature's schema; steps are applied once, in order, and never edited afterwards. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export interface FeatureSchema {
  readonly feature: string;
  readonly migrations: readonly Migration[];
}

const VERSION_TABLE = 'CREATE TABLE IF NOT EXISTS schema_version (feature TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT';

/** The file could not be opened because another program holds it. */
export class DatabaseLockedError extends Error {}

export interface OpenedDatabase {
  readonly database: Database;
  /** Where a damaged file was moved, when that happened: it is kept, never overwritten. */
  readonly damagedFileKeptAt: string | null;
}

/**
 * Opens a database, sets a damaged file aside under a dated name, and brings every feature's schema up to date.
 * @throws {DatabaseLockedError} when another program holds the file.
 */
export function openDatabase(path: string, schemas: readonly FeatureSchema[], now: () => number = Date.now): OpenedDatabase {
  try {
    return { database: openAndMigrate(path, schemas), damagedFileKeptAt: null };
  } catch (error) {
    if (isLocked(error)) throw new DatabaseLockedError('database is locked', { cause: error });
    if (!isDamaged(error) || !existsSync(path)) throw error;
    const keptAt = setAside(path, now());
    return { database: openAndMigrate(path, schemas), damagedFileKeptAt: keptAt };
  }
}

function openAndMigrate(path: string, schemas: readonly FeatureSchema[]): Database {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;');
    const check = database.prepare('PRAGMA quick_check(1)').get() as { quick_check?: string } | undefined;
    if (check?.quick_check !== 'ok') throw new Error('database disk image is malformed');
    migrate(database, schemas);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** All that is due in one transaction: the schema is whole or untouched, and the disk is waited for once. */
function migrate(database: Database, schemas: readonly FeatureSchema[]): void {
  const due = dueMigrations(database, schemas);
  if (due.length === 0) return;
  inTransaction(database, () => {
    database.exec(VERSION_TABLE);
    const save = database.prepare('INSERT INTO schema_version (feature, version) VALUES (?, ?) ON CONFLICT (feature) DO UPDATE SET version = excluded.version');
    for (const { feature, version, sql } of due) {
      database.exec(sql);
      save.run(feature, version);
    }
  });
}

function dueMigrations(database: Database, schemas: readonly FeatureSchema[]): readonly (Migration & { readonly feature: string })[] {
  const versions = storedVersions(database);
  return schemas.flatMap(({ feature, migrations }) => migrations.filter(({ version }) => version > (versions.get(feature) ?? 0)).map((migration) => ({ feature, ...migration })));
}

/** Last step applied, by feature; empty for a new file. */
export function storedVersions(database: Database): ReadonlyMap<string, number> {
  const isNew = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'").get() === undefined;
  const rows = isNew ? [] : (database.prepare('SELECT feature, version FROM schema_version').all() as { feature: string; version: number }[]);
  return new Map(rows.map(({ feature, version }) => [feature, version]));
}

/** Runs `work` in one immediate transaction; rolls back when it throws. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** SQLite empties its log once it holds 1,000 pages of 4 KiB; it writes over it from then on. */
const LOG_BYTES = 4 * 1_048_576;
/** Room that must be free for the log to take its length ahead: the last of a disk belongs to what must be written. */
const ROOM_FOR_RESERVE_BYTES = 8 * LOG_BYTES;
/** So few pages in memory that the rest goes to the log at once. */
const SPILLING_CACHE_PAGES = 50;

/**
 * Gives the log its full length at once, by a transaction that is undone: a durable commit into a log that need not grow
 * takes the disk less than half the time. For a database in WAL mode while none of its rows are being iterated; inside a
 * transaction, on a nearly full disk or on one that does not tell its room, it goes on without.
 */
export function reserveLog(database: Database): void {
  const path = database.location();
  if (path === null || database.isTransaction || freeBytes(dirname(path)) < ROOM_FOR_RESERVE_BYTES) return;
  const { cache_size: usual } = database.prepare('PRAGMA cache_size').get() as { cache_size: number };
  try {
    database.exec(`PRAGMA cache_size = ${SPILLING_CACHE_PAGES}; BEGIN IMMEDIATE; CREATE TABLE room (bytes BLOB); INSERT INTO room VALUES (zeroblob(${LOG_BYTES})); ROLLBACK;`);
  } catch {
    if (database.isTransaction) database.exec('ROLLBACK');
  } finally {
    database.exec(`PRAGMA cache_size = ${usual}`);
  }
}

/** None when the disk does not say. */
function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

/**
 * Moves a file, and what SQLite keeps beside it, under a dated name that says why. Returns that name.
 * What is beside it goes first: left behind by a crash, it would be read with the file that comes next.
 */
export function setAside(path: string, now: number, why: 'endommage' | 'remplace' = 'endommage'): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const keptAt = `${path}.${why}-${stamp}`;
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, keptAt + suffix);
  }
  return keptAt;
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && /database is locked|SQLITE_BUSY/i.test(error.message);
}

function isDamaged(error: unknown): boolean {
  return error instanceof Error && /malformed|not a database|SQLITE_CORRUPT|SQLITE_NOTADB/i.test(error.message);
}
