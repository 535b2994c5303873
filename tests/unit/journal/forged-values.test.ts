import { DatabaseSync } from '@photostructure/sqlite';
import { beforeEach, describe, expect, it } from 'vitest';

import { commitmentOf, type Entry, envelopeText, GENESIS_PREV, sha256Hex } from '../../../electron/journal/format';
import { generateSealKey, verifyJournal } from '../../../electron/journal/index';
import { openForReading, readEntries } from '../../../electron/journal/journal-database';
import { makeSeal } from '../../../electron/journal/seal';
import type { Database } from '../../../electron/storage/database';
import { makeTwoSessions } from './forgery';
import type { Bench } from './support';

let bench: Bench;

beforeEach(async () => {
  bench = await makeTwoSessions();
});

/** Without the triggers, and on tables that take a value of any type. */
function attack(work: (database: Database) => void): void {
  const database = new DatabaseSync(bench.path);
  for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as { name: string }[]) database.exec(`DROP TRIGGER ${name}`);
  const { sql } = database.prepare("SELECT sql FROM sqlite_master WHERE name = 'entries'").get() as { sql: string };
  // Columns without a type keep what they are given as it is.
  const loose = sql.replace(/ (TEXT|INTEGER)( NOT NULL)?(?=[,\n)])/g, '').replace(/\) STRICT$/, ')').replace('TABLE entries', 'TABLE loose');
  database.exec(`${loose}; INSERT INTO loose SELECT * FROM entries; DROP TABLE entries; ALTER TABLE loose RENAME TO entries`);
  work(database);
  database.close();
}

async function findBreak(publicKey = bench.options.sealKey.publicKey().toString('base64')) {
  const database = openForReading(bench.path);
  const report = await verifyJournal(database, { publicKey, witness: bench.options.witness?.read() ?? null });
  database.close();
  return report.break;
}

function rehash(database: Database, fromSeq: number): void {
  const entries = [...readEntries(database)];
  let prev = entries.find(({ seq }) => seq === fromSeq - 1)?.hash ?? GENESIS_PREV;
  for (const entry of entries.filter(({ seq }) => seq >= fromSeq)) {
    const commitment = commitmentOf(entry.salt ?? '', entry.parts);
    const hash = sha256Hex(envelopeText({ ...entry, prev, commitment }));
    database.prepare('UPDATE entries SET prev = ?, hash = ?, commitment = ? WHERE seq = ?').run(prev, hash, commitment, entry.seq);
    prev = hash;
  }
}

describe('a value that hashes the same and reads otherwise', () => {
  it('is not seen in a table that only lost its types', async () => {
    attack(() => undefined);
    expect(await findBreak()).toBeNull();
  });

  it.each([
    ['a time as text', "UPDATE entries SET at = CAST(at AS TEXT) WHERE seq = 5"],
    ['an offset as text', "UPDATE entries SET offset = CAST(offset AS TEXT) WHERE seq = 5"],
    ['an intent as text', "UPDATE entries SET intent = CAST(intent AS TEXT) WHERE seq = 5"],
    ['a time as a fraction', "UPDATE entries SET at = CAST(at AS REAL) WHERE seq = 5"],
    ['an event as bytes, which no filter finds', "UPDATE entries SET event = CAST(event AS BLOB) WHERE seq = 5"],
    ['a result as bytes, which shows nothing', "UPDATE entries SET result = CAST(result AS BLOB) WHERE seq = 5"],
    ['a salt as bytes', "UPDATE entries SET salt = CAST(salt AS BLOB) WHERE seq = 5"],
    ['a hash as bytes', "UPDATE entries SET hash = CAST(hash AS BLOB) WHERE seq = 5"],
    ['a commitment in capitals', "UPDATE entries SET commitment = upper(commitment) WHERE seq = 5"],
    ['a salt that takes some of the content', `UPDATE entries SET salt = salt || '{"actor":' WHERE seq = 5`],
    ['an event that tells an envelope of its own', `UPDATE entries SET event = event || '","intent":4,"offset":60' WHERE seq = 5`],
    ['spaces after a text', "UPDATE entries SET event = event || ' ' WHERE seq = 5"],
    ['a line feed after a part', `UPDATE entries SET result = result || char(10) WHERE seq = 5`],
    ['the same field twice', `UPDATE entries SET result = replace(result, '{', '{"code":"404",') WHERE seq = 5`],
    ['a number as 2e2', "UPDATE entries SET result = replace(result, ':200', ':2e2') WHERE seq = 5"],
    ['an accent written as two characters', `UPDATE entries SET words = replace(words, 'é', 'e' || char(769)) WHERE seq = 4`],
  ])('%s: edited', async (_name, sql) => {
    attack((database) => database.exec(sql));
    expect(await findBreak()).toEqual({ kind: 'edited', seq: sql.endsWith('4') ? 4 : 5 });
  });
});

describe('a row numbered where no row is', () => {
  it.each([0, -1, Number.MIN_SAFE_INTEGER])('%d: inserted', async (seq) => {
    attack((database) => database.exec(`INSERT INTO entries SELECT ${seq}, at, offset, event, intent, prev, hash, commitment, salt, actor, purpose, result, subject, words FROM entries WHERE seq = 3`));
    expect(await findBreak()).toEqual({ kind: 'inserted', seq });
  });

  it.each(['9007199254740991', '9007199254740993', '9223372036854775807'])('%s: removed before it', async (seq) => {
    attack((database) => database.exec(`INSERT INTO entries SELECT ${seq}, at, offset, event, intent, prev, hash, commitment, salt, actor, purpose, result, subject, words FROM entries WHERE seq = 3`));
    expect(await findBreak()).toEqual({ kind: 'removed', seq: 17 });
  });
});

describe('a seal', () => {
  it('of a key that a forged opening announces is foreign, all hashed again as it may be', async () => {
    const { key } = generateSealKey();
    attack((database) => {
      const genuine = bench.options.sealKey.publicKey().toString('base64');
      database.prepare('UPDATE entries SET result = replace(result, ?, ?) WHERE seq = 9').run(genuine, key.publicKey().toString('base64'));
      rehash(database, 9);
      const { hash, at } = [...readEntries(database, 16)][0] as Entry;
      const seal = makeSeal(key, 16, hash, at);
      database.prepare('UPDATE seals SET hash = ?, at = ?, public_key = ?, signature = ? WHERE seq = 16').run(hash, at, seal.publicKey, seal.signature);
      database.prepare('UPDATE head SET hash = ?').run(hash);
      bench.options.witness?.write({ seq: 16, hash });
    });
    expect(await findBreak()).toEqual({ kind: 'foreign_seal', seq: 16 });
  });
});

describe('the end of retention', () => {
  const EMPTIED = 'salt = NULL, actor = NULL, purpose = NULL, result = NULL, subject = NULL, words = NULL';
  const announce = async (throughSeq: number) => {
    const journal = bench.open();
    await journal.record({ event: 'journal.purged', data: { throughSeq } });
    journal.close();
  };

  it('covers no row that was too young when it was announced', async () => {
    await announce(3);
    attack((database) => database.exec(`UPDATE entries SET ${EMPTIED} WHERE seq <= 3`));
    expect(await findBreak()).toEqual({ kind: 'edited', seq: 1 });
  });

  it('covers no row after the one that announces it', async () => {
    bench.clock.at += 37 * 31 * 86_400_000;
    await announce(19);
    attack((database) => database.exec(`UPDATE entries SET ${EMPTIED} WHERE seq = 19`));
    expect(await findBreak()).toEqual({ kind: 'edited', seq: 19 });
  });

  it('undone by the content that was there proves the same rows', async () => {
    bench.clock.at += 37 * 31 * 86_400_000;
    await announce(3);
    expect(await findBreak()).toBeNull();
  });
});
