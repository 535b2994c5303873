import { rmSync, truncateSync } from 'node:fs';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { breakEvent } from '../../../electron/journal/announcements';
import { envelopeText, sha256Hex } from '../../../electron/journal/format';
import { type FileState, JournalWorker, stateFromError } from '../../../electron/journal/index';
import type { Database } from '../../../electron/storage/database';
import { middlePage, overwritePage } from '../../support/damage';
import { type Bench, bundleWorker, makeBench, recordCall } from './support';

let bundlePath: string;
beforeAll(async () => (bundlePath = await bundleWorker('file-check-worker')));
afterAll(() => rmSync(bundlePath, { force: true }));

/** A journal of many pages that an application which ended has left. */
async function makeJournal(): Promise<Bench> {
  const bench = makeBench();
  const journal = bench.open();
  await Promise.all(Array.from({ length: 300 }, () => recordCall(journal)));
  journal.close();
  return bench;
}

function alterRow(path: string, seq = 200): void {
  const database = new DatabaseSync(path);
  database.exec(`DROP TRIGGER IF EXISTS entries_do_not_change; UPDATE entries SET words = 'x' WHERE seq = ${seq}`);
  database.close();
}

/** With a hash that fits its new date: only the row after it tells. */
function rewriteRow(database: Database, seq: number): void {
  const row = database.prepare('SELECT seq, at, offset, event, intent, commitment, prev FROM entries WHERE seq = ?').get(seq) as unknown as Parameters<typeof envelopeText>[0];
  const at = row.at + 1;
  database.exec('DROP TRIGGER IF EXISTS entries_do_not_change');
  database.prepare('UPDATE entries SET at = ?, hash = ? WHERE seq = ?').run(at, sha256Hex(envelopeText({ ...row, at })), seq);
}

async function stateOf(path: string): Promise<FileState> {
  const worker = new JournalWorker({ bundlePath, journalPath: path });
  try {
    return await worker.run('checkFile', undefined).catch(stateFromError);
  } finally {
    await worker.close();
  }
}

describe('the reading of the whole file', () => {
  it('finds nothing wrong in a journal that was left as it was', async () => {
    const { path } = await makeJournal();
    expect(await stateOf(path)).toEqual({ kind: 'intact' });
  });

  it.each([
    ['a whole page', 4_096, 0],
    ['the head of a page', 8, 0],
    ['where a page says its rows are', 40, 8],
  ])('finds damage over %s in the middle, which the opening does not', async (_what, length, from) => {
    const bench = await makeJournal();
    overwritePage(bench.path, middlePage(bench.path, 'call.intent'), length, from);
    const journal = bench.open();
    expect(journal.openingNotices).toEqual([]);
    expect(await stateOf(bench.path)).toEqual({ kind: 'damaged' });
    journal.close();
  });

  it('says that the disk fails where a read gives an error', async () => {
    const bench = makeBench();
    const journal = bench.open();
    await Promise.all(Array.from({ length: 300 }, () => recordCall(journal)));
    // The rows are still in the log, which ends before what was written to it.
    truncateSync(`${bench.path}-wal`, 8_192);
    expect(await stateOf(bench.path)).toEqual({ kind: 'failing' });
  });

  it('says whether somebody has seen the row that it names', async () => {
    const bench = await makeJournal();
    alterRow(bench.path);
    for (const [seenBy, told] of [['reading', 'in_journal'], ['agent', 'in_journal'], ['keeper', 'to_keeper'], ['reading', 'to_keeper']] as const) {
      const journal = bench.open();
      await journal.record({ event: 'journal.verified', outcome: 'failure', code: 'edited', data: { breakSeq: 200, seenBy } });
      journal.close();
      expect(await stateOf(bench.path)).toMatchObject({ kind: 'broken', told });
    }
  });

  it('names a row broken after one that was seen, and keeps the last once all were seen', async () => {
    const bench = await makeJournal();
    alterRow(bench.path, 400);
    alterRow(bench.path);
    for (const [breakSeq, named] of [[200, { found: { seq: 400 }, told: 'no' }], [400, { found: { seq: 400 }, told: 'to_keeper' }]] as const) {
      const journal = bench.open();
      await journal.record({ event: 'journal.verified', outcome: 'failure', code: 'edited', data: { breakSeq, seenBy: 'keeper' } });
      journal.close();
      expect(await stateOf(bench.path)).toMatchObject({ kind: 'broken', ...named });
    }
  });

  it.each([
    ['a row written again with a hash of its own, named from the next', (database: Database) => rewriteRow(database, 200), 200],
    ['rows that are missing in a row', (database: Database) => database.exec('DROP TRIGGER entries_stay; DELETE FROM entries WHERE seq BETWEEN 200 AND 240'), 200],
  ])('asks once for %s', async (_what, tamper, seq) => {
    const bench = await makeJournal();
    const database = new DatabaseSync(bench.path);
    tamper(database);
    database.close();
    const state = await stateOf(bench.path);
    expect(state).toMatchObject({ kind: 'broken', found: { seq }, told: 'no' });
    const journal = bench.open();
    if (state.kind === 'broken') await journal.record(breakEvent(state.found, 'keeper'));
    journal.close();
    expect(await stateOf(bench.path)).toMatchObject({ kind: 'broken', told: 'to_keeper' });
  });

  it('asks for a row that was altered although it was named before it was written, as the first that a truncated end lacked', async () => {
    const bench = await makeJournal();
    const journal = bench.open();
    await journal.record(breakEvent({ kind: 'truncated', seq: 200 }, 'keeper'));
    journal.close();
    alterRow(bench.path);
    expect(await stateOf(bench.path)).toMatchObject({ kind: 'broken', found: { kind: 'edited', seq: 200 }, told: 'no' });
  });

  it('names the row whose text is not the one that was written', async () => {
    const { path } = await makeJournal();
    alterRow(path);
    expect(await stateOf(path)).toEqual({ kind: 'broken', found: { kind: 'edited', seq: 200 }, told: 'no' });
  });
});

describe('calls', () => {
  const altered: FileState = { kind: 'broken', found: { kind: 'edited', seq: 7 }, told: 'in_journal' };

  it('wait while the file is damaged, its disk fails or a row was altered, and everything else is still written', async () => {
    const journal = makeBench().open();
    for (const [state, reason] of [[{ kind: 'damaged' }, 'damaged'], [{ kind: 'failing' }, 'failing_disk'], [altered, 'altered']] as const) {
      journal.noteFileState(state);
      expect(journal.callStop()).toMatchObject({ reason });
      await journal.record({ event: 'session.opened' });
    }
    expect(journal.callStop()).toMatchObject({ seq: 7, message: expect.stringContaining('à la ligne 7') as string });
    journal.noteFileState({ kind: 'intact' });
    expect(journal.callStop()).toBeNull();
    journal.close();
  });

  it('go on once a keeper has seen the row, whatever a reading that began before still says, until another is found', () => {
    const journal = makeBench().open();
    journal.noteFileState(altered);
    journal.noteSeenByKeeper({ kind: 'truncated', seq: 7 });
    expect(journal.callStop()).toMatchObject({ seq: 7 });
    journal.noteSeenByKeeper({ kind: 'edited', seq: 7 });
    expect(journal.callStop()).toBeNull();
    journal.noteFileState(altered);
    expect(journal.callStop()).toBeNull();
    journal.noteFileState({ ...altered, found: { kind: 'edited', seq: 9 } });
    expect(journal.callStop()).toMatchObject({ seq: 9 });
    journal.close();
  });
});
