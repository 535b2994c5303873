import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { DatabaseSync } from '@photostructure/sqlite';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';

import { envelopeText, FORMAT_VERSION, sha256Hex } from '../../../electron/journal/format';
import { openJournal, openJournalReader, verifyJournal } from '../../../electron/journal/index';
import { openForReading, openForWriting, readEntries } from '../../../electron/journal/journal-database';
import { JournalWriteError } from '../../../electron/journal/journal-error';
import { JournalWriter, systemSalts } from '../../../electron/journal/writer';
import { canBeOtherAccount, OTHER_ACCOUNT } from '../../support/other-account';
import { makeBench, makeIntent, makeOutcome, recordCall } from './support';

describe('writing', () => {
  it('joins an intent and its outcome in one line, in the words of the caller', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const seq = await recordCall(journal);
    const reader = openJournalReader(bench.path);
    const page = reader.search({ filter: { kind: 'calls' }, limit: 10 });
    expect(page.total).toBe(1);
    expect(page.lines[0]).toMatchObject({
      seq,
      at: '2026-03-10T10:00:00.000+01:00',
      event: 'call.intent',
      agentName: 'Camille Fictif',
      workstation: 'POSTE-12',
      identifier: '123456782',
      object: 'MP-2026-014',
      outcome: 'success',
      httpStatus: 200,
      durationMs: 321,
      outcomeSeq: seq + 1,
    });
    reader.close();
    journal.close();
  });

  it('has the row on disk, seen by another connection, before the promise resolves', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const other = openForReading(bench.path);
    const refs = await Promise.all(Array.from({ length: 50 }, () => journal.recordIntent(makeIntent())));
    expect(refs.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 2));
    expect(other.prepare("SELECT count(*) AS n FROM entries WHERE event = 'call.intent'").get()).toMatchObject({ n: 50 });
    other.close();
    journal.close();
  });

  it('writes each of the rows that arrive together, however many they are, in the order in which they came', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const titles: string[] = [];
    for (let count = 1; count <= 12; count += 1) {
      const burst = Array.from({ length: count }, (_, index) => `Dossier ${count}-${index}`);
      titles.push(...burst);
      await Promise.all(burst.map((dossierTitle) => journal.recordIntent({ ...makeIntent(), dossierTitle })));
    }
    const database = openForReading(bench.path);
    const written = [...readEntries(database, 2)].map(({ seq, parts }) => [seq, (JSON.parse(parts.words ?? '{}') as { dossierTitle?: string }).dossierTitle]);
    expect(written).toEqual(titles.map((title, index) => [index + 2, title]));
    expect((await verifyJournal(database, { publicKey: bench.options.sealKey.publicKey().toString('base64'), witness: bench.options.witness?.read() ?? null })).break).toBeNull();
    database.close();
    journal.close();
  });

  it('hashes exactly the canonical JSON of each envelope and chains it to the previous one', async () => {
    const bench = makeBench();
    const journal = bench.open();
    await recordCall(journal);
    await journal.recordRefusal(makeIntent(), {
      kind: 'refused', message: 'Refusé.', advice: '', status: 403, code: '00101', provider: null, requestId: null, retry: { rule: 'never' },
    });
    journal.close();
    const database = openForReading(bench.path);
    let prev = '0'.repeat(64);
    for (const entry of readEntries(database)) {
      const { at, event, offset, seq, intent, commitment: content } = entry;
      const canonical = canonicalize({ at, content, event, offset, prev, seq, v: FORMAT_VERSION, ...(intent === null ? {} : { intent }) });
      expect(envelopeText(entry)).toBe(canonical);
      expect(entry.hash).toBe(sha256Hex(canonical ?? ''));
      prev = entry.hash;
    }
    database.close();
  });

  it('keeps names and companies out of what is chained', async () => {
    const bench = makeBench();
    const journal = bench.open();
    await recordCall(journal);
    journal.close();
    const database = openForReading(bench.path);
    const chained = [...readEntries(database)].map(envelopeText).join('\n');
    for (const personal of ['Camille', 'Société', '123456782', 'MP-2026-014', 'POSTE-12']) expect(chained).not.toContain(personal);
    database.close();
  });

  it('says interrupted for an intent without outcome once restarted, pending before', async () => {
    const bench = makeBench();
    const journal = bench.open();
    await journal.recordIntent(makeIntent());
    const reader = openJournalReader(bench.path);
    expect(reader.search({ filter: { outcome: 'pending' }, limit: 5 }).total).toBe(1);
    journal.close();
    const again = bench.open();
    expect(reader.search({ filter: { outcome: 'pending' }, limit: 5 }).total).toBe(0);
    expect(reader.search({ filter: { outcome: 'interrupted' }, limit: 5 }).lines[0]?.outcome).toBe('interrupted');
    reader.close();
    again.close();
  });

  it('records a clock set back before the row that follows', async () => {
    const bench = makeBench();
    const journal = bench.open();
    await recordCall(journal);
    expect(journal.callStop()).toBeNull();
    bench.clock.at -= 3_600_000;
    const { seq } = await journal.record({ event: 'session.opened' });
    const reader = openJournalReader(bench.path);
    const [last, before] = reader.search({ filter: {}, limit: 2 }).lines;
    expect([last?.seq, last?.event]).toEqual([seq, 'session.opened']);
    expect(before?.event).toBe('clock.set_back');
    expect(before?.detail).toContain('3600 secondes');
    expect(journal.callStop()).toMatchObject({ reason: 'clock', message: expect.stringContaining('en retard de 60 minutes') as string });
    reader.close();
    journal.close();
  });

  const HOUR_MS = 3_600_000;
  it.each([
    ['a minute or less: corrected, not set', [-60_000], 0],
    ['two minutes', [-120_000], 1],
    ['years, and as far as the epoch', [-20 * 365 * 24 * HOUR_MS, -26 * 365 * 24 * HOUR_MS], 2],
    ['forward then back', [24 * HOUR_MS, -24 * HOUR_MS], 1],
    ['back then forward', [-24 * HOUR_MS, 24 * HOUR_MS], 1],
  ])('says each time that the clock went back, while open and at the opening (%s), and stays whole', async (_name, steps, expected) => {
    for (const isReopened of [false, true]) {
      const bench = makeBench();
      let journal = bench.open();
      for (const step of steps) {
        await recordCall(journal);
        if (isReopened) journal.close();
        bench.clock.at = Math.max(0, bench.clock.at + step);
        if (isReopened) journal = bench.open();
      }
      await recordCall(journal);
      journal.close();
      const reader = openJournalReader(bench.path);
      const { lines } = reader.search({ filter: {}, limit: 50 });
      expect(lines.filter(({ event }) => event === 'clock.set_back')).toHaveLength(expected);
      const report = await verifyJournal(reader.database, { publicKey: bench.options.sealKey.publicKey().toString('base64'), witness: bench.options.witness?.read() ?? null });
      expect(report.break).toBeNull();
      reader.close();
    }
  });
});

describe('append-only', () => {
  const attacks = [
    ["an edit", "UPDATE entries SET event = 'session.closed' WHERE seq = 2"],
    ['an emptied row', 'UPDATE entries SET salt = NULL, actor = NULL, purpose = NULL, result = NULL, subject = NULL, words = NULL WHERE seq = 2'],
    ['a deletion', 'DELETE FROM entries WHERE seq = 2'],
    ['a replacement', "INSERT OR REPLACE INTO entries (seq, at, offset, event, prev, hash, commitment) VALUES (2, 0, 0, 'x', '', '', '')"],
    ['a gap', "INSERT INTO entries (seq, at, offset, event, prev, hash, commitment) VALUES (99, 0, 0, 'x', '', '', '')"],
    ['a purge of recent rows', 'UPDATE retention SET purge_through = 2'],
    ['a deleted seal', 'DELETE FROM seals'],
    ['an edited seal', "UPDATE seals SET hash = 'x'"],
  ] as const;
  it.each(attacks)('refuses %s, whoever asks', async (_name, sql) => {
    const bench = makeBench();
    bench.clock.at = Date.now();
    const journal = bench.open();
    await recordCall(journal);
    journal.close();
    const database = new DatabaseSync(bench.path);
    expect(() => database.exec(sql)).toThrow(/journal rows|seals/);
    database.close();
  });
});

describe('fail closed', () => {
  it('rejects once closed', async () => {
    const bench = makeBench();
    const journal = bench.open();
    journal.close();
    await expect(journal.recordIntent(makeIntent())).rejects.toMatchObject({ name: 'JournalWriteError', reason: 'closed' });
  });

  it('goes on by itself when another program lets the file go, and the loop goes round meanwhile', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const other = new DatabaseSync(bench.path);
    other.exec('BEGIN IMMEDIATE');
    const waiting = [journal.recordIntent(makeIntent()), journal.record({ event: 'session.opened' })];
    // Tried meanwhile, in vain. Let go by this very loop: a wait that held it would outlast the lock.
    await nextTurn();
    waiting.push(journal.record({ event: 'data.copied' }));
    other.exec('ROLLBACK');
    expect((await Promise.all(waiting)).map(({ seq }) => seq)).toEqual([2, 3, 4]);
    other.close();
    journal.close();
  });

  it('seals once another program lets the file go, and says so when it does not', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const other = new DatabaseSync(bench.path);
    other.exec('BEGIN IMMEDIATE');
    // The first try is over once the call is.
    const sealed = journal.seal();
    other.exec('ROLLBACK');
    expect(await sealed).toEqual(journal.head());
    await journal.record({ event: 'session.opened' });
    other.exec('BEGIN IMMEDIATE');
    await expect(journal.seal()).rejects.toMatchObject({ name: 'JournalWriteError', reason: 'locked' });
    other.close();
    journal.close();
    await expect(journal.seal()).rejects.toMatchObject({ reason: 'closed' });
  });

  it('writes a row once when the file of its head is held by another program', async () => {
    const held = { isHeld: false };
    const witness = {
      read: () => null,
      write: () => {
        if (held.isHeld) throw new Error('EBUSY: resource busy or locked, write');
      },
      close: () => undefined,
    };
    const bench = makeBench({ witness });
    const journal = bench.open();
    const { seq } = journal.head();
    held.isHeld = true;
    await expect(journal.recordIntent(makeIntent())).rejects.toBeInstanceOf(JournalWriteError);
    expect(journal.head().seq).toBe(seq + 1);
    held.isHeld = false;
    journal.close();
  });

  it('refuses at the close what a lock still holds up', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const other = new DatabaseSync(bench.path);
    other.exec('BEGIN IMMEDIATE');
    const waiting = journal.recordIntent(makeIntent());
    const refused = expect(waiting).rejects.toMatchObject({ reason: 'locked' });
    await nextTurn();
    expect(() => journal.close()).toThrow(JournalWriteError);
    await refused;
    other.close();
  });

  it('rejects every waiting row while another program holds the file, and goes on afterwards', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const other = new DatabaseSync(bench.path);
    other.exec('BEGIN IMMEDIATE');
    const results = await Promise.allSettled([journal.recordIntent(makeIntent()), journal.record({ event: 'session.opened' })]);
    expect(results.map((result) => result.status === 'rejected' && (result.reason as JournalWriteError).reason)).toEqual(['locked', 'locked']);
    other.exec('ROLLBACK');
    other.close();
    const ref = await journal.recordIntent(makeIntent());
    expect(ref.seq).toBe(2);
    await journal.recordOutcome(ref, makeOutcome());
    journal.close();
  });

  it('rejects when the disk is full, keeps what was acknowledged, and goes on once there is room', async () => {
    const bench = makeBench();
    const database = openForWriting(bench.path);
    const writer = new JournalWriter({
      database,
      clock: bench.clock,
      sealKey: bench.options.sealKey,
      offsetMinutes: () => 0,
      saltSource: systemSalts,
      onCommitted: () => undefined,
    });
    const entry = { event: 'session.opened', intent: null, parts: { words: JSON.stringify({ detail: 'x'.repeat(3_000) }) } } as const;
    const kept = await writer.append(entry);
    const { page_count: pageCount } = database.prepare('PRAGMA page_count').get() as { page_count: number };
    database.exec(`PRAGMA max_page_count = ${pageCount}`);
    const results = await Promise.allSettled(Array.from({ length: 9 }, () => writer.append(entry)));
    expect(results.map((result) => result.status === 'rejected' && (result.reason as JournalWriteError).reason)).toEqual(Array(9).fill('disk_full'));
    database.exec('PRAGMA max_page_count = 100000');
    expect(await writer.append(entry)).toEqual({ seq: kept.seq + 1 });
    writer.close();
    database.close();
  });

  it('keeps a damaged file aside under a dated name, and starts a journal whose first row says so', async () => {
    const bench = makeBench();
    const damaged = 'ceci n’est pas une base '.repeat(400);
    writeFileSync(bench.path, damaged);
    const journal = bench.open();
    const keptAt = `${bench.path}.endommage-2026-03-10T09-00-00-000Z`;
    expect(readFileSync(keptAt, 'utf8')).toBe(damaged);
    expect(journal.openingNotices).toEqual([expect.stringContaining(keptAt) as string]);
    const reader = openJournalReader(bench.path);
    expect(reader.search({ filter: {}, limit: 5 }).lines).toMatchObject([{ seq: 1, event: 'journal.created', outcome: 'failure', detail: journal.openingNotices[0] }]);
    reader.close();
    expect(await recordCall(journal)).toBe(2);
    journal.close();
  });

  it.runIf(canBeOtherAccount)('says that a folder is read-only, and changes nothing, to whoever may not write there', () => {
    const bench = makeBench();
    bench.open().close();
    const before = readFileSync(bench.path);
    chmodSync(bench.folder, 0o555);
    chmodSync(bench.path, 0o444);
    process.seteuid?.(OTHER_ACCOUNT);
    try {
      expect(() => openJournal(bench.options)).toThrow(expect.objectContaining({ reason: 'read_only' }) as Error);
    } finally {
      process.seteuid?.(0);
    }
    expect(readFileSync(bench.path)).toEqual(before);
  });

  it('does not open where the folder is missing or closed to writing', () => {
    const bench = makeBench();
    chmodSync(bench.folder, 0o500);
    expect(() => openJournal({ ...bench.options, path: join(bench.folder, 'absent', 'journal.db') })).toThrow(
      expect.objectContaining({ reason: 'read_only' }) as Error,
    );
    chmodSync(bench.folder, 0o700);
  });
});
