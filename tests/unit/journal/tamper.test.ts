import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Database } from '../../../electron/storage/database';
import { type Entry, envelopeText, sha256Hex } from '../../../electron/journal/format';
import { generateSealKey, verifyJournal } from '../../../electron/journal/index';
import { ENTRY_COLUMNS, openForReading, readEntries } from '../../../electron/journal/journal-database';
import { makeSeal } from '../../../electron/journal/seal';
import { type Walk } from '../../../electron/journal/walk';
import { walkInThreads } from '../../../electron/journal/walk-threads';
import { type Bench, bundleWorker, makeBench, recordCall } from './support';

let bench: Bench;

/** Two sessions: rows 1 to 8 sealed at the first close, 9 to 16 at the second. */
async function runSession(): Promise<void> {
  const journal = bench.open();
  for (let index = 0; index < 3; index += 1) await recordCall(journal, { identifier: `10000000${index}` });
  journal.close();
}

function attack(work: (database: Database) => void): void {
  const database = new DatabaseSync(bench.path);
  const triggers = database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as { name: string }[];
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  work(database);
  database.close();
}

async function verify(walk?: Walk) {
  const database = openForReading(bench.path);
  const publicKey = bench.options.sealKey.publicKey().toString('base64');
  const report = await verifyJournal(database, { publicKey, witness: bench.options.witness?.read() ?? null, ...(walk ? { walk } : {}) });
  database.close();
  return report;
}

let bundlePath: string;

beforeAll(async () => {
  bundlePath = await bundleWorker('journal-walker');
});
afterAll(() => rmSync(bundlePath, { force: true }));

/** As long journals are: each thread has its part of the rows. */
const inThreads = (threadCount: number): Walk => (...asked) => walkInThreads({ bundlePath, journalPath: bench.path, threadCount })(...asked);

/** Recomputes hashes from a row on, as somebody who knows the format would. */
function rehash(database: Database, fromSeq: number, toSeq = Infinity): void {
  const entries = [...readEntries(database)];
  let prev = entries.find(({ seq }) => seq === fromSeq - 1)?.hash ?? '';
  for (const entry of entries.filter(({ seq }) => seq >= fromSeq && seq <= toSeq)) {
    const hash = sha256Hex(envelopeText({ ...entry, prev }));
    database.prepare('UPDATE entries SET prev = ?, hash = ? WHERE seq = ?').run(prev, hash, entry.seq);
    prev = hash;
  }
}

function shift(database: Database, fromSeq: number, by: 1 | -1): void {
  const seqs = [...readEntries(database, fromSeq)].map(({ seq }) => seq);
  for (const seq of by === 1 ? seqs.reverse() : seqs) database.prepare('UPDATE entries SET seq = ? WHERE seq = ?').run(seq + by, seq);
}

function insertForged(database: Database, seq: number): void {
  const like = [...readEntries(database, seq - 1, seq - 1)][0] as Entry;
  const forged = { ...like, seq, prev: like.hash, event: 'session.opened', intent: null } as const;
  const { actor = null, purpose = null, result = null, subject = null, words = null } = forged.parts;
  database
    .prepare(`INSERT INTO entries (${ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(seq, forged.at, forged.offset, forged.event, forged.prev, sha256Hex(envelopeText(forged)), forged.commitment, forged.salt, actor, purpose, result, subject, words);
}

beforeEach(async () => {
  bench = makeBench();
  await runSession();
  await runSession();
});

describe('verification', () => {
  it('finds an untouched journal intact, whole or in part', async () => {
    expect(await verify()).toMatchObject({ ok: true, rowCount: 16, break: null, sealCount: 2, lastSealedSeq: 16 });
    const database = openForReading(bench.path);
    const publicKey = bench.options.sealKey.publicKey().toString('base64');
    expect(await verifyJournal(database, { publicKey, witness: null, fromSeq: 5, toSeq: 9 })).toMatchObject({ ok: true, rowCount: 5 });
    database.close();
  });

  const cases: readonly (readonly [string, string, number, (database: Database) => void])[] = [
    ['a changed content', 'edited', 5, (database) => database.exec(`UPDATE entries SET result = replace(result, '200', '404') WHERE seq = 5`)],
    ['a removed part', 'edited', 4, (database) => database.exec('UPDATE entries SET actor = NULL WHERE seq = 4')],
    ['a content deleted without a purge', 'edited', 4, (database) =>
      database.exec('UPDATE entries SET salt = NULL, actor = NULL, purpose = NULL, result = NULL, subject = NULL, words = NULL WHERE seq = 4')],
    ['a salt deleted alone', 'edited', 4, (database) => database.exec('UPDATE entries SET salt = NULL WHERE seq = 4')],
    ['a changed time', 'edited', 5, (database) => database.exec('UPDATE entries SET at = at + 1 WHERE seq = 5')],
    ['a row changed and hashed again', 'edited', 5, (database) => {
      database.exec('UPDATE entries SET at = at + 1 WHERE seq = 5');
      rehash(database, 5, 5);
    }],
    ['everything hashed again after a change', 'edited', 1, (database) => {
      database.exec('UPDATE entries SET at = at + 1 WHERE seq = 5');
      rehash(database, 5);
    }],
    ['everything hashed again after the first seal', 'edited', 9, (database) => {
      database.exec('UPDATE entries SET at = at + 1 WHERE seq = 12');
      rehash(database, 12);
    }],
    ['a removed row', 'removed', 5, (database) => database.exec('DELETE FROM entries WHERE seq = 5')],
    ['a removed row with the rest numbered again', 'removed', 5, (database) => {
      database.exec('DELETE FROM entries WHERE seq = 5');
      shift(database, 6, -1);
    }],
    ['an inserted row', 'inserted', 5, (database) => {
      shift(database, 5, 1);
      insertForged(database, 5);
    }],
    ['two rows swapped', 'reordered', 5, (database) => {
      database.exec('UPDATE entries SET seq = 99 WHERE seq = 5; UPDATE entries SET seq = 5 WHERE seq = 6; UPDATE entries SET seq = 6 WHERE seq = 99');
    }],
    ['the end cut', 'truncated', 14, (database) => database.exec('DELETE FROM entries WHERE seq > 13')],
    ['the end cut with its seals', 'older_copy', 14, (database) => {
      database.exec('DELETE FROM entries WHERE seq > 13; DELETE FROM seals WHERE seq > 13; DELETE FROM head');
    }],
    ['a seal of another key', 'foreign_seal', 16, (database) => {
      const row = [...readEntries(database, 16)][0] as Entry;
      const seal = makeSeal(generateSealKey().key, 16, row.hash, row.at);
      database.prepare('UPDATE seals SET public_key = ?, signature = ? WHERE seq = 16').run(seal.publicKey, seal.signature);
    }],
    ['a seal signed by another key under the right name', 'foreign_seal', 16, (database) => {
      const row = [...readEntries(database, 16)][0] as Entry;
      const seal = makeSeal(generateSealKey().key, 16, row.hash, row.at);
      database.prepare('UPDATE seals SET signature = ? WHERE seq = 16').run(seal.signature);
    }],
  ];
  it.each(cases)('names %s: %s, row %i', async (_name, kind, seq, work) => {
    attack(work);
    expect((await verify()).break).toEqual({ kind, seq });
    expect((await verify(inThreads(3))).break).toEqual({ kind, seq });
  });

  it('walks in several threads as in one, tells how far it is, and stops when asked', async () => {
    const journal = bench.open();
    await Promise.all(Array.from({ length: 2_000 }, () => journal.record({ event: 'data.copied' })));
    journal.close();
    const said: (readonly [number, number])[] = [];
    const telling: Walk = (stretch, control) => inThreads(4)(stretch, { ...control, onProgress: (...progress) => said.push(progress) });
    expect(await verify(telling)).toMatchObject({ ok: true, rowCount: 2_018, sealCount: 5 });
    expect(said.at(-1)).toEqual([2_018, 2_018]);
    const controller = new AbortController();
    const stopped = inThreads(2)({ fromSeq: 1, toSeq: 2_018 }, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('names a seal that fell due and is missing', async () => {
    const journal = bench.open();
    await Promise.all(Array.from({ length: 2_000 }, () => journal.record({ event: 'data.copied' })));
    journal.close();
    expect(await verify()).toMatchObject({ ok: true, sealCount: 5 });
    attack((database) => database.exec('DELETE FROM seals WHERE seq = 1000'));
    expect((await verify()).break).toEqual({ kind: 'removed', seq: 1_000 });
  });

  it('names the missing seals of an end that claims to be unsealed', async () => {
    const journal = bench.open();
    await Promise.all(Array.from({ length: 1_000 }, () => journal.record({ event: 'data.copied' })));
    journal.close();
    attack((database) => database.exec('DELETE FROM seals WHERE seq >= 1000'));
    expect((await verify()).break).toEqual({ kind: 'removed', seq: 1_000 });
  });

  it('names an older copy put back, and keeps knowing it once the journal went on', async () => {
    const older = join(bench.folder, 'older.db');
    copyFileSync(bench.path, older);
    await runSession();
    copyFileSync(older, bench.path);
    expect((await verify()).break).toEqual({ kind: 'older_copy', seq: 17 });
    const journal = bench.open();
    expect(journal.openingBreak).toMatchObject({ kind: 'older_copy', expected: { seq: 24 } });
    journal.close();
    expect((await verify()).break).toEqual({ kind: 'older_copy', seq: 18 });
  });

  it('follows a change of key that the journal recorded', async () => {
    const next = generateSealKey().key;
    Object.assign(bench.options, { sealKey: next });
    await runSession();
    expect(await verify()).toMatchObject({ ok: true, sealCount: 3 });
  });

  it('stops when asked', async () => {
    const database = openForReading(bench.path);
    const publicKey = bench.options.sealKey.publicKey().toString('base64');
    await expect(verifyJournal(database, { publicKey, witness: null, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    database.close();
  });
});
