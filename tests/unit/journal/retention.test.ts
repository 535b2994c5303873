import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';

import { backUpTo } from '../../../electron/journal/backup';
import { type JournalOptions, openJournal, openJournalReader, verifyJournal } from '../../../electron/journal/index';
import { openForReading } from '../../../electron/journal/journal-database';
import type { PurgeAdvance } from '../../../electron/journal/purge';
import { walkHere } from '../../../electron/journal/walk';
import { makeBench, makeIntent, recordCall } from './support';

const NOW = Date.now();
const DAY_MS = 86_400_000;
const MONTH_MS = 31 * DAY_MS;

async function makeOldAndRecent(overrides: Partial<JournalOptions> = {}, olderRows = 0) {
  const bench = makeBench(overrides);
  bench.clock.at = NOW - 40 * MONTH_MS;
  const journal = bench.open();
  await recordCall(journal, { companyName: 'Ancienne Société' });
  await Promise.all(Array.from({ length: olderRows }, () => journal.record({ event: 'data.copied' })));
  bench.clock.at = NOW - 30 * MONTH_MS;
  await recordCall(journal, { companyName: 'Récente Société' });
  bench.clock.at = NOW - 8 * DAY_MS;
  await journal.record({ event: 'session.opened' });
  bench.clock.at = NOW;
  return { bench, journal, publicKey: bench.options.sealKey.publicKey().toString('base64') };
}

const OLD_WORDS = 'Paroles anciennes';

/** Enough rows for their table to leave its first page, all of them past their term. */
async function makeManyOld() {
  const bench = makeBench();
  bench.clock.at = NOW - 40 * MONTH_MS;
  const journal = bench.open();
  for (let row = 0; row < 200; row += 1) await journal.record({ event: 'data.copied', detail: `${OLD_WORDS} ${row} ${'x'.repeat(row * 30)}` });
  bench.clock.at = NOW - 8 * DAY_MS;
  await journal.record({ event: 'session.opened' });
  bench.clock.at = NOW;
  return { bench, journal };
}

/** Whether the file or its log holds words of the old rows. */
const leftIn = (path: string): boolean => ['', '-wal'].some((suffix) => existsSync(path + suffix) && readFileSync(path + suffix).includes(OLD_WORDS));

/** Words between the pointers and the cells of the second page, as SQLite leaves them there unless it is told otherwise. */
function leaveAsFirstReleases(path: string): void {
  const bytes = readFileSync(path);
  bytes.write(OLD_WORDS, 4_096 + 2_000);
  writeFileSync(path, bytes);
}

describe('retention', () => {
  it('previews what it would delete and never goes under 36 months', async () => {
    const { journal } = await makeOldAndRecent();
    expect(await journal.previewPurge(NOW, 12)).toMatchObject({ months: 36, lineCount: 3, throughSeq: 3 });
    expect(await journal.previewPurge(NOW, 60)).toMatchObject({ months: 60, lineCount: 0, throughSeq: 0 });
    journal.close();
  });

  it('deletes content and salts for good, keeps the chain, and says so in the journal', async () => {
    const { bench, journal, publicKey } = await makeOldAndRecent();
    const reader = openJournalReader(bench.path);
    expect(reader.search({ filter: { text: 'ancienne' }, limit: 5 }).total).toBe(1);
    const asked = journal.purge(NOW, 36, { agent: { id: 'auditeur-1', displayName: 'Auditrice Fictive' } });
    expect(await asked).toMatchObject({ lineCount: 3, throughSeq: 3 });
    expect(reader.search({ filter: { text: 'ancienne' }, limit: 5 }).total).toBe(0);
    expect(reader.search({ filter: { text: 'recente' }, limit: 5 }).total).toBe(1);
    expect(reader.search({ filter: {}, limit: 1 }).lines[0]).toMatchObject({ event: 'journal.purged', agentName: 'Auditrice Fictive' });
    reader.close();
    journal.close();
    expect(readFileSync(bench.path).includes('Ancienne Société')).toBe(false);
    const database = openForReading(bench.path);
    expect(await verifyJournal(database, { publicKey, witness: bench.options.witness?.read() ?? null })).toMatchObject({ ok: true });
    database.close();
  });

  it('leaves nothing of many rows in the file or its log, as they go or once they have gone', async () => {
    const { bench, journal } = await makeManyOld();
    expect(leftIn(bench.path)).toBe(true);
    await journal.purge(NOW, 36);
    expect(leftIn(bench.path)).toBe(false);
    journal.close();
  });

  it('empties the log at the next purge when a reader held it all along', async () => {
    const { bench, journal } = await makeManyOld();
    const reader = openForReading(bench.path);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM entries').get();
    await journal.purge(NOW, 36);
    expect(leftIn(bench.path)).toBe(true);
    reader.exec('COMMIT');
    await journal.purge(NOW, 36);
    expect(leftIn(bench.path)).toBe(false);
    reader.close();
    journal.close();
  });

  it('clears what the first releases left beside the rows', async () => {
    const { bench, journal } = await makeManyOld();
    await journal.purge(NOW, 36);
    journal.close();
    leaveAsFirstReleases(bench.path);
    expect(leftIn(bench.path)).toBe(true);
    const again = bench.open();
    expect(leftIn(bench.path)).toBe(false);
    again.close();
    const database = openForReading(bench.path);
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });

  it('empties the log that a crash left', async () => {
    const { bench, journal } = await makeManyOld();
    await journal.purge(NOW, 36);
    journal.close();
    const { path } = bench;
    const writer = new DatabaseSync(path);
    writer.exec(`PRAGMA journal_mode = WAL; CREATE TABLE crumbs (text TEXT); INSERT INTO crumbs VALUES ('${OLD_WORDS}'); PRAGMA secure_delete = ON; DELETE FROM crumbs; DROP TABLE crumbs;`);
    const crashed = join(bench.folder, 'tue.db');
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, crashed + suffix);
    writer.close();
    expect(leftIn(crashed)).toBe(true);
    const restarted = openJournal({ ...bench.options, path: crashed });
    expect(leftIn(crashed)).toBe(false);
    restarted.close();
  });

  it('runs one at a time and tells how far it is to whoever comes meanwhile', async () => {
    const seen: unknown[] = [];
    const { journal } = await makeOldAndRecent({ onPurgeProgress: (advance) => seen.push([advance, journal.purgeProgress]) });
    const both = [journal.purge(NOW, 36), journal.purge(NOW, 36)];
    expect((await Promise.all(both)).map(({ lineCount }) => lineCount)).toEqual([3, 3]);
    const first = { done: 0, total: 3 };
    expect(seen).toEqual([[first, first], [{ done: 3, total: 3 }, null]]);
    journal.close();
  });

  it('left by a close goes on at the next start, and the chain holds in between', async () => {
    const stop = new AbortController();
    const onPurgeProgress = ({ done }: { readonly done: number }) => done === 1_000 && stop.abort();
    const { bench, journal, publicKey } = await makeOldAndRecent({ onPurgeProgress }, 2_500);
    expect((await journal.purge(NOW, 36, { signal: stop.signal })).lineCount).toBeGreaterThan(2_000);
    journal.close();
    const database = openForReading(bench.path);
    const left = database.prepare('SELECT count(*) AS count FROM entries WHERE salt IS NULL').get();
    expect(left).toEqual({ count: 1_000 });
    expect(await verifyJournal(database, { publicKey, witness: bench.options.witness?.read() ?? null })).toMatchObject({ ok: true });
    database.close();
    const again = bench.open();
    const reader = openJournalReader(bench.path);
    expect(reader.search({ filter: { text: 'ancienne' }, limit: 5 }).total).toBe(0);
    reader.close();
    expect((await again.purge(NOW, 36)).lineCount).toBeGreaterThan(1_000);
    expect((await again.previewPurge(NOW, 36)).lineCount).toBe(0);
    again.close();
  });

  it('waits for another program’s lock while the loop goes round', async () => {
    const told: PurgeAdvance[] = [];
    const onPurgeProgress = (advance: PurgeAdvance) => {
      told.push(advance);
      if (advance.done === 1_000) holdForOneTurn();
    };
    const { bench, journal } = await makeOldAndRecent({ onPurgeProgress }, 2_500);
    const other = new DatabaseSync(bench.path);
    // The step that follows is tried in this turn, and let through by a later one.
    const holdForOneTurn = (): void => {
      other.exec('BEGIN IMMEDIATE');
      setImmediate(() => other.exec('ROLLBACK'));
    };
    const { lineCount } = await journal.purge(NOW, 36);
    expect(told.map(({ done }) => done)).toEqual([0, 1_000, 2_000, lineCount]);
    expect((await journal.previewPurge(NOW, 36)).lineCount).toBe(0);
    other.close();
    journal.close();
  });

  it('leaves the database alone once the journal is closed under it', async () => {
    const { bench, journal } = await makeOldAndRecent({}, 2_500);
    const closed = new Promise((resolve) => setImmediate(resolve)).then(() => journal.close());
    await Promise.allSettled([journal.purge(NOW, 36), closed]);
    const again = bench.open();
    await again.purge(NOW, 36);
    expect((await again.previewPurge(NOW, 36)).lineCount).toBe(0);
    again.close();
  });

  it('is not taken for tampering by a verification under way', async () => {
    const { bench, journal, publicKey } = await makeOldAndRecent();
    const database = openForReading(bench.path);
    const report = await verifyJournal(database, {
      publicKey,
      witness: null,
      walk: async (stretch, control) => {
        await journal.purge(NOW, 36);
        return walkHere(database, stretch, control);
      },
    });
    expect(report.break).toBeNull();
    database.close();
    journal.close();
  });

  it('deletes nothing by a clock set forward, until the journal has known the date for a week', async () => {
    const bench = makeBench();
    bench.clock.at = NOW - 41 * MONTH_MS;
    const journal = bench.open();
    await recordCall(journal);
    // Its battery gave out: the workstation says that it is three years later.
    bench.clock.at = NOW - 2 * MONTH_MS;
    for (let day = 0; day < 7; day += 1) {
      await recordCall(journal);
      expect(await journal.previewPurge(bench.clock.at, 36)).toMatchObject({ lineCount: 0 });
      bench.clock.at += DAY_MS;
    }
    const later = bench.clock.at;
    expect(await journal.previewPurge(later, 36)).toMatchObject({ lineCount: 3, throughSeq: 3 });
    // Set right, then wrong again: the week begins anew.
    bench.clock.at = NOW - 41 * MONTH_MS + DAY_MS;
    await recordCall(journal);
    expect(await journal.previewPurge(bench.clock.at, 36)).toMatchObject({ lineCount: 0 });
    expect(await journal.previewPurge(later, 36)).toMatchObject({ lineCount: 0 });
    journal.close();
  });

  it('has nothing left to delete the second time', async () => {
    const { journal } = await makeOldAndRecent();
    await journal.purge(NOW, 36);
    const head = journal.head();
    expect((await journal.purge(NOW, 36)).lineCount).toBe(0);
    expect(journal.head()).toEqual(head);
    journal.close();
  });
});

describe('backup', () => {
  it('made while the journal goes on, opens and verifies once restored', async () => {
    const { bench, journal, publicKey } = await makeOldAndRecent();
    const copy = join(bench.folder, 'sauvegarde.db');
    const pending = journal.recordIntent(makeIntent());
    await journal.seal();
    const reading = openForReading(bench.path);
    expect(await backUpTo(reading, copy)).toBe(createHash('sha256').update(readFileSync(copy)).digest('hex'));
    reading.close();
    await pending;
    journal.close();
    const database = openForReading(copy);
    expect(await verifyJournal(database, { publicKey, witness: null })).toMatchObject({ ok: true, rowCount: 7, lastSealedSeq: 7 });
    database.close();
    const restored = openJournal({ ...bench.options, path: copy });
    expect(restored.openingBreak?.kind).toBe('older_copy');
    expect((await restored.recordIntent(makeIntent())).seq).toBe(10);
    restored.close();
  });
});
