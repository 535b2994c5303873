import { chmodSync, closeSync, fchmodSync, mkdirSync, openSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { DatabaseSync } from '@photostructure/sqlite';

import { type Database, inTransaction } from '../storage/database';

/** Calls of this address in one aligned window, whatever the token; several sessions of one machine share it. */
export interface SharedIpWindow {
  /**
   * Takes up to `wanted` units of the window. Never throws, never waits longer than an instant.
   * @param windowIndex number of the aligned window since the epoch, on the server's clock.
   * @returns units obtained, 0 when the window is spent.
   */
  take(environment: string, windowIndex: number, wanted: number): number;
}

interface IpUse {
  readonly windowIndex: number;
  readonly used: number;
}

/** For a machine where the application runs once. */
export function ownIpWindow(limit: number): SharedIpWindow {
  const windows = new Map<string, IpUse>();
  return {
    take: (environment, windowIndex, wanted) => {
      const [granted, use] = draw(windows.get(environment), windowIndex, wanted, limit);
      windows.set(environment, use);
      return granted;
    },
  };
}

/** Part of the limit that a session may spend when it cannot see what the others do. */
const BLIND_SHARE = 1 / 4;
const FILE_NAME = 'ip-window.db';
/** Held for microseconds; longer only while the holder waits for a processor. */
const LOCK_WAIT_MS = 500;
/** A file that failed is tried again after this many takes. */
const TAKES_BETWEEN_TRIES = 20;

/** Everybody may write, and only the owner may remove: other accounts share the machine. */
const SHARED_FOLDER_MODE = 0o1777;
const SHARED_FILE_MODE = 0o666;

/**
 * Kept in a small database of a machine-wide folder, whose file lock keeps two sessions apart, killed ones included.
 * When the file cannot serve (rights, full disk, damage), the session goes on alone with a part of the limit.
 */
export function fileIpWindow(folder: string, limit: number): SharedIpWindow {
  const alone = ownIpWindow(Math.max(1, Math.floor(limit * BLIND_SHARE)));
  let database: Database | null = null;
  let takesBeforeTry = 0;
  return {
    take: (environment, windowIndex, wanted) => {
      if (takesBeforeTry > 0) {
        takesBeforeTry -= 1;
        return alone.take(environment, windowIndex, wanted);
      }
      try {
        database ??= openMended(folder);
        return drawShared(database, environment, windowIndex, wanted, limit);
      } catch {
        closeQuietly(database);
        database = null;
        takesBeforeTry = TAKES_BETWEEN_TRIES;
        return alone.take(environment, windowIndex, wanted);
      }
    },
  };
}

/** A session killed in the middle of a write may leave half of it: the counter starts again, in the same file. */
function openMended(folder: string): Database {
  try {
    return openShared(folder);
  } catch (error) {
    if (!/malformed|not a database/i.test(String(error))) throw error;
    truncateSync(join(folder, FILE_NAME));
    return openShared(folder);
  }
}

/**
 * The counter is worth a minute: no flush to disk, and no journal file, which a sticky folder would keep
 * the next account from removing. Opened without `O_CREAT`: Linux refuses it for another account's file there.
 */
function openShared(folder: string): Database {
  mkdirSync(folder, { recursive: true });
  makeShared(() => chmodSync(folder, SHARED_FOLDER_MODE));
  const path = join(folder, FILE_NAME);
  createShared(path);
  const url = pathToFileURL(path);
  url.searchParams.set('mode', 'rw');
  const database = new DatabaseSync(url);
  try {
    database.exec(`PRAGMA busy_timeout = ${LOCK_WAIT_MS}; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;`);
    assertWhole(database);
    database.exec('CREATE TABLE IF NOT EXISTS ip_use (environment TEXT PRIMARY KEY, window_index INTEGER NOT NULL, used INTEGER NOT NULL) STRICT');
    return database;
  } catch (error) {
    closeQuietly(database);
    throw error;
  }
}

/** Between a row's page and that of its index a kill leaves both readable: only the whole check compares them. */
function assertWhole(database: Database): void {
  const { integrity_check: found } = database.prepare('PRAGMA integrity_check(1)').get() as { readonly integrity_check: string };
  if (found !== 'ok') throw new Error(`malformed: ${found}`);
}

function createShared(path: string): void {
  try {
    const descriptor = openSync(path, 'wx', SHARED_FILE_MODE);
    makeShared(() => fchmodSync(descriptor, SHARED_FILE_MODE));
    closeSync(descriptor);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Only the owner may change rights, and the process's umask narrows what it creates. */
function makeShared(change: () => void): void {
  try {
    change();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

function drawShared(database: Database, environment: string, windowIndex: number, wanted: number, limit: number): number {
  return inTransaction(database, () => {
    const select = database.prepare('SELECT window_index AS windowIndex, used FROM ip_use WHERE environment = ?');
    const [granted, use] = draw(select.get(environment) as IpUse | undefined, windowIndex, wanted, limit);
    database
      .prepare('INSERT OR REPLACE INTO ip_use (environment, window_index, used) VALUES (?, ?, ?)')
      .run(environment, use.windowIndex, use.used);
    return granted;
  });
}

/** The window on file may be the next one already, for a session whose clock is ahead: it is shared. */
function draw(use: IpUse | undefined, windowIndex: number, wanted: number, limit: number): [number, IpUse] {
  const current = use && use.windowIndex >= windowIndex && use.windowIndex <= windowIndex + 1 ? use : { windowIndex, used: 0 };
  const granted = Math.max(0, Math.min(wanted, limit - current.used));
  return [granted, { ...current, used: current.used + granted }];
}

function closeQuietly(database: Database | null): void {
  try {
    database?.close();
  } catch {
    // It was already unusable.
  }
}
