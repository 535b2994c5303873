import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { beforeEach, describe, expect, it } from 'vitest';

import { commitmentOf, type Entry, envelopeText, sha256Hex } from '../../../electron/journal/format';
import { fileHeadWitness, generateSealKey, openJournalReader, verifyJournal } from '../../../electron/journal/index';
import { ENTRY_COLUMNS, openForReading, readEntries } from '../../../electron/journal/journal-database';
import { makeSeal } from '../../../electron/journal/seal';
import type { Database } from '../../../electron/storage/database';
import { type Bench, makeBench, recordCall } from './support';

const MONTH_MS = 31 * 86_400_000;

let bench: Bench;

/** Rows 1 to 6: opening, two calls, close. */
beforeEach(async () => {
  bench = makeBench();
  const journal = bench.open();
  await recordCall(journal, { companyName: 'Société Modèle' }, { requestId: 'request-1' });
  await recordCall(journal, { companyName: 'Société Fictive' }, { requestId: 'request-2' });
  journal.close();
});

function attack(work: (database: Database) => void): void {
  const database = new DatabaseSync(bench.options.path);
  for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as { name: string }[]) database.exec(`DROP TRIGGER ${name}`);
  work(database);
  database.close();
}

async function verify() {
  const database = openForReading(bench.options.path);
  const publicKey = bench.options.sealKey.publicKey().toString('base64');
  const report = await verifyJournal(database, { publicKey, witness: bench.options.witness?.read() ?? null });
  database.close();
  return report;
}

function search(requestIds?: readonly string[]) {
  const reader = openJournalReader(bench.path);
  const page = reader.search({ filter: requestIds ? { requestIds } : {}, limit: 50 });
  reader.close();
  return page;
}

describe('what stands beside the chain', () => {
  it('hides no line: how far retention went is read in the chain', () => {
    attack((database) => database.exec('UPDATE retention SET purge_through = 6'));
    expect(search().total).toBe(4);
  });

  it('hides no request: an index that forgets a row is not asked', () => {
    attack((database) => {
      const wanted = "CREATE INDEX entries_by_request_id ON entries (json_extract(result, '$.requestId')) WHERE json_extract(result, '$.requestId') IS NOT NULL";
      database.enableDefensive(false);
      database.exec(`${wanted} AND seq <> 3; PRAGMA writable_schema = ON`);
      database.prepare("UPDATE sqlite_master SET sql = ? WHERE name = 'entries_by_request_id'").run(wanted);
    });
    expect(search(['request-1']).lines.map(({ seq }) => seq)).toEqual([2]);
  });
});

describe('head and seals', () => {
  const forged = { seq: 7, event: 'data.copied', intent: null } as const;
  /** Adds a row that continues the chain, as somebody who knows the format would. */
  function append(database: Database): void {
    const last = [...readEntries(database)].at(-1) as Entry;
    const entry = { ...last, ...forged, prev: last.hash, commitment: commitmentOf(last.salt ?? '', {}) };
    database
      .prepare(`INSERT INTO entries (${ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?, NULL, NULL, NULL, NULL, NULL)`)
      .run(entry.seq, entry.at, entry.offset, entry.event, entry.prev, sha256Hex(envelopeText(entry)), entry.commitment, entry.salt);
  }
  const cases: readonly (readonly [string, string, number, (database: Database) => void])[] = [
    ['the head of another last row', 'edited', 6, (database) => database.exec("UPDATE head SET hash = 'f'")],
    ['no head', 'truncated', 7, (database) => database.exec('DELETE FROM head')],
    ['a row added at the end', 'inserted', 7, append],
    ['the seal of a close taken away', 'removed', 6, (database) => database.exec('DELETE FROM seals')],
  ];
  it.each(cases)('%s: %s, row %i', async (_name, kind, seq, work) => {
    attack(work);
    expect((await verify()).break).toEqual({ kind, seq });
  });

  it('say so once the application was started again too', async () => {
    attack(append);
    const journal = bench.open();
    expect(journal.openingNotices[0]).toContain('ajoutées à la fin');
    journal.close();
    expect((await verify()).break).toEqual({ kind: 'inserted', seq: 9 });
  });

  it('without the witness beside them are said to be so, on screen and in the journal', () => {
    rmSync(join(bench.folder, 'journal.head'));
    const journal = bench.open();
    expect(journal.openingNotices[0]).toContain('Le témoin de l’historique');
    journal.close();
    const opening = search().lines.find(({ event }) => event === 'journal.opened');
    expect(opening).toMatchObject({ outcome: 'failure', detail: expect.stringContaining('témoin') as string });
    const again = bench.open();
    expect(again.openingNotices).toEqual([]);
    again.close();
  });

  it('are those of the key then in force: a key of before does not seal again', async () => {
    const former = bench.options.sealKey;
    for (const sealKey of [generateSealKey().key, former]) {
      Object.assign(bench.options, { sealKey });
      bench.open().close();
    }
    expect((await verify()).break).toBeNull();
    attack((database) => {
      const { hash, at } = [...readEntries(database, 8, 8)][0] as Entry;
      const { publicKey, signature } = makeSeal(former, 8, hash, at);
      database.prepare('UPDATE seals SET at = ?, public_key = ?, signature = ? WHERE seq = 8').run(at, publicKey, signature);
    });
    expect((await verify()).break).toEqual({ kind: 'foreign_seal', seq: 8 });
  });

  it('of a key of before still verify when retention emptied the row that announced it', async () => {
    const now = Date.now();
    Object.assign(bench.options, { path: join(bench.folder, 'old.db'), witness: fileHeadWitness(join(bench.folder, 'old.head')) });
    bench.clock.at = now - 40 * MONTH_MS;
    bench.open().close();
    Object.assign(bench.options, { sealKey: generateSealKey().key });
    bench.clock.at = now - MONTH_MS;
    const journal = bench.open();
    bench.clock.at = now;
    expect(await journal.purge(now, 36)).toMatchObject({ throughSeq: 2 });
    journal.close();
    expect((await verify()).break).toBeNull();
    attack((database) => {
      const { hash, at } = [...readEntries(database, 2, 2)][0] as Entry;
      const { publicKey, signature } = makeSeal(generateSealKey().key, 2, hash, at);
      database.prepare('UPDATE seals SET at = ?, public_key = ?, signature = ? WHERE seq = 2').run(at, publicKey, signature);
    });
    expect((await verify()).break).toEqual({ kind: 'foreign_seal', seq: 2 });
  });
});

describe('a row that cannot be read', () => {
  const cases: readonly (readonly [string, number, string])[] = [
    ['a time beyond any number', 2, 'UPDATE entries SET at = 9000000000000000000 WHERE seq = 2'],
    ['a time beyond any date', 2, 'UPDATE entries SET at = 8900000000000000 WHERE seq = 2'],
    ['a clock beyond any number', 2, 'UPDATE entries SET offset = -9000000000000000000 WHERE seq = 2'],
    ['an intent beyond any number', 3, 'UPDATE entries SET intent = 9000000000000000000 WHERE seq = 3'],
    ['words that are no JSON', 2, "UPDATE entries SET words = '{' WHERE seq = 2"],
    ['words that are no object', 2, "UPDATE entries SET words = 'null' WHERE seq = 2"],
    ['a result that is no JSON', 5, "UPDATE entries SET result = '{' WHERE seq = 5"],
    ['bytes hidden behind a NUL', 2, "UPDATE entries SET words = words || char(0) || 'caché' WHERE seq = 2"],
  ];
  it.each(cases)('%s: row %i is named, and the others still show', async (_name, seq, sql) => {
    attack((database) => database.exec(sql));
    expect((await verify()).break).toEqual({ kind: 'edited', seq });
    expect(search().total).toBe(4);
    expect(search(['request-1', 'request-2']).lines.length).toBeGreaterThan(0);
  });

  it('numbered far beyond the others does not make the verification search for ever', async () => {
    attack((database) => database.exec('UPDATE entries SET seq = 900000000000 WHERE seq = 6; UPDATE entries SET at = at + 1 WHERE seq = 3'));
    expect((await verify()).break).toEqual({ kind: 'edited', seq: 3 });
  });
});
