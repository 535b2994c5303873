import { rmSync, truncateSync } from 'node:fs';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type FileState, JournalWorker, stateFromError } from '../../../electron/journal/index';
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

  it('names the row whose text is not the one that was written', async () => {
    const { path } = await makeJournal();
    alterRow(path);
    expect(await stateOf(path)).toEqual({ kind: 'broken', found: { kind: 'edited', seq: 200 }, told: 'no' });
  });
});

describe('a journal whose file is damaged', () => {
  it('lets no call leave, and goes on writing everything else', async () => {
    const bench = makeBench();
    const journal = bench.open();
    journal.noteFileState({ kind: 'damaged' });
    await expect(recordCall(journal)).rejects.toMatchObject({ reason: 'damaged' });
    expect(await journal.record({ event: 'session.opened' })).toEqual({ seq: 2 });
    journal.noteFileState({ kind: 'intact' });
    expect(await recordCall(journal)).toBe(3);
    journal.noteFileState({ kind: 'failing' });
    await expect(recordCall(journal)).rejects.toMatchObject({ reason: 'failing_disk' });
    journal.close();
  });
});
