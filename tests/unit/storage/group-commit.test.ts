import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Database, inTransaction, openDatabase, reserveLog } from '../../../electron/storage/database';
import { createCommitTogether } from '../../../electron/storage/group-commit';

const schema = { feature: 'essai', migrations: [{ version: 1, sql: 'CREATE TABLE notes (text TEXT PRIMARY KEY) STRICT' }] };

let folder: string;
let database: Database;
let other: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'group-commit-'));
  database = openDatabase(join(folder, 'essai.db'), [schema]).database;
  other = openDatabase(join(folder, 'essai.db'), [schema]).database;
});
afterEach(() => {
  database.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (text: string) => database.prepare('INSERT INTO notes VALUES (?)').run(text);
/** What another connection reads is committed. */
const committed = () => (other.prepare('SELECT text FROM notes ORDER BY text').all() as { text: string }[]).map(({ text }) => text);
/** Every commit changes the counter that other connections see. */
const commits = () => (other.prepare('PRAGMA data_version').get() as { data_version: number }).data_version;

describe('pieces of work committed together', () => {
  it('are on disk when they are answered, in one commit', async () => {
    const together = createCommitTogether(database);
    const before = commits();
    const seen = await Promise.all(['a', 'b', 'c'].map((text) => together(() => add(text)).then(committed)));
    expect(seen).toEqual([['a', 'b', 'c'], ['a', 'b', 'c'], ['a', 'b', 'c']]);
    expect(commits() - before).toBe(1);
  });

  it('give the log its full length at the first group, and leave nothing else in the database', async () => {
    const logBytes = () => statSync(join(folder, 'essai.db-wal')).size;
    const together = createCommitTogether(database);
    const before = logBytes();
    await together(() => add('a'));
    const reserved = logBytes();
    for (let index = 0; index < 50; index += 1) await together(() => add(`${index}`));
    expect(reserved).toBeGreaterThan(before + 1_000_000);
    expect(logBytes()).toBe(reserved);
    expect(other.prepare("SELECT name FROM sqlite_schema WHERE name = 'room'").all()).toEqual([]);
  });

  it('lose nothing of a transaction that is open when the log would take its length', () => {
    inTransaction(database, () => {
      add('a');
      reserveLog(database);
    });
    expect(committed()).toEqual(['a']);
  });

  it('see what the ones before them wrote, and answer what they computed', async () => {
    const together = createCommitTogether(database);
    const count = () => (database.prepare('SELECT count(*) AS count FROM notes').get() as { count: number }).count;
    const counted = await Promise.all(['a', 'b'].map((text) => together(() => (add(text), count()))));
    expect(counted).toEqual([1, 2]);
  });

  it('fail alone, and undo what they had begun', async () => {
    const together = createCommitTogether(database);
    const half = together(() => {
      add('half');
      throw new Error('dossier gone');
    });
    const results = await Promise.allSettled([together(() => add('a')), half, together(() => add('a')), together(() => add('b'))]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { message: 'dossier gone' } });
    expect(committed()).toEqual(['a', 'b']);
  });

  it('all fail when the commit does, and the next ones start anew', async () => {
    const together = createCommitTogether(database);
    other.exec('PRAGMA busy_timeout = 0');
    database.exec('PRAGMA busy_timeout = 0');
    other.exec('BEGIN IMMEDIATE');
    const results = await Promise.allSettled([together(() => add('a')), together(() => add('b'))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    other.exec('ROLLBACK');
    await together(() => add('c'));
    expect(committed()).toEqual(['c']);
  });
});
