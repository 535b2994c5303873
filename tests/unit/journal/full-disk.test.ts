import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { fileHeadWitness, type Journal, openJournal, openJournalReader, verifyJournal } from '../../../electron/journal/index';
import { fillDisk, mountSmallDisk, unmountDisk } from '../../support/small-disk';
import { type Bench, makeBench, makeIntent, makeOutcome, recordCall } from './support';

const DAY_MS = 86_400_000;
const MONTH_MS = 31 * DAY_MS;
const FULL = { reason: 'disk_full' };

let bench: Bench;
let disk: string;
let journal: Journal;

beforeEach((context) => {
  bench = makeBench();
  disk = join(bench.folder, 'disk');
  if (!mountSmallDisk(disk, '4m')) return context.skip('only an administrator can mount a small disk');
  Object.assign(bench.options, { path: join(disk, 'journal.db'), witness: fileHeadWitness(join(disk, 'journal.head')) });
  bench.clock.at = Date.now() - 41 * MONTH_MS;
  journal = openJournal(bench.options);
});
afterEach(() => {
  journal.close();
  unmountDisk(disk);
});

/** Nothing of what was acknowledged is missing, and nothing else is there. */
async function expectWhole(): Promise<void> {
  const reader = openJournalReader(bench.options.path);
  const publicKey = bench.options.sealKey.publicKey().toString('base64');
  expect((await verifyJournal(reader.database, { publicKey, witness: bench.options.witness?.read() ?? null })).break).toBeNull();
  reader.close();
}

/** Until not a row more can be written. */
async function fillUp(): Promise<void> {
  fillDisk(join(disk, 'filler'));
  for (;;) {
    const refused = await journal.record({ event: 'data.copied' }).then(() => null, (error: unknown) => error);
    if (refused === null) continue;
    expect(refused).toMatchObject(FULL);
    return;
  }
}

it('refuses an outcome for which there is no room: the call stays interrupted, and the next is traced once there is', async () => {
  const ref = await journal.recordIntent(makeIntent());
  await fillUp();
  await expect(journal.recordOutcome(ref, makeOutcome())).rejects.toMatchObject(FULL);
  await expect(journal.recordIntent(makeIntent())).rejects.toMatchObject(FULL);
  const head = journal.head();
  await expectWhole();
  rmSync(join(disk, 'filler'));
  await recordCall(journal);
  expect(journal.head().seq).toBe(head.seq + 2);
  await expectWhole();
});

it('refuses a purge for which there is no room, wholly, and goes on with it once there is', async () => {
  for (let call = 0; call < 20; call += 1) await recordCall(journal);
  bench.clock.at += 40 * MONTH_MS;
  await journal.record({ event: 'session.opened' });
  const due = bench.clock.at + 8 * DAY_MS;
  await fillUp();
  const { lineCount } = await journal.previewPurge(due, 36);
  expect(lineCount).toBe(41);
  await expect(journal.purge(due, 36)).rejects.toMatchObject(FULL);
  await expectWhole();
  expect((await journal.previewPurge(due, 36)).lineCount).toBe(lineCount);
  rmSync(join(disk, 'filler'));
  expect((await journal.purge(due, 36)).lineCount).toBe(lineCount);
  expect((await journal.previewPurge(due, 36)).lineCount).toBe(0);
  await expectWhole();
});
