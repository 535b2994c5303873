import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fileHeadWitness, generateSealKey, openJournal, placeRestored, verifyJournal } from '../../electron/journal/index';
import { openForReading } from '../../electron/journal/journal-database';
import { systemClock } from '../../electron/storage/clock';
import { bundleProgram, runAndKill } from './killed-process';

const { key, pkcs8 } = generateSealKey();
const LONGEST_LIFE_MS = 120;
const RESTORE_RUNS = 40;

let script: string;
let folder: string;

beforeAll(async () => {
  script = await bundleProgram('journal-writer-process');
});
afterAll(() => rmSync(script, { force: true }));

/** Lets the writer live a random while once open, then kills it. Returns the rows that it said were written. */
const killDuring = async (work: string): Promise<readonly number[]> => (await runAndKill(script, folder, LONGEST_LIFE_MS, work)).map(Number);

async function checkJournal(acknowledged: readonly number[]): Promise<void> {
  const database = openForReading(join(folder, 'journal.db'));
  const report = await verifyJournal(database, { publicKey: key.publicKey().toString('base64'), witness: fileHeadWitness(join(folder, 'head')).read() });
  expect(report.break).toBeNull();
  const { n } = database
    .prepare(`SELECT count(*) AS n FROM entries WHERE event = 'session.opened' AND seq IN (SELECT value FROM json_each(?))`)
    .get(JSON.stringify(acknowledged)) as { n: number };
  expect(n).toBe(acknowledged.length);
  database.close();
}

function makeWorkFolder(): void {
  folder = mkdtempSync(join(tmpdir(), 'journal-chaos-'));
  writeFileSync(join(folder, 'key'), pkcs8);
}

async function survive(work: string, runs: number, check: () => void): Promise<void> {
  makeWorkFolder();
  let acknowledgedInAll = 0;
  for (let run = 0; run < runs; run += 1) {
    const acknowledged = await killDuring(work);
    acknowledgedInAll += acknowledged.length;
    await checkJournal(acknowledged);
    check();
  }
  expect(acknowledgedInAll).toBeGreaterThan(runs);
  rmSync(folder, { recursive: true, force: true });
}

describe('the journal killed at random points', () => {
  it('loses nothing that it acknowledged, while writing', () => survive('write', 120, () => undefined));

  it('never shows half an export under its final name', () =>
    survive('export', 50, () => {
      const path = join(folder, 'export.jsonl');
      if (existsSync(path)) expect(readFileSync(path, 'utf8').trimEnd().split('\n').at(-1)).toContain('"type":"footer"');
    }));

  it('purges wholly or not at all', () =>
    survive('purge', 40, () => {
      const database = openForReading(join(folder, 'journal.db'));
      const { through } = database.prepare('SELECT purge_through AS through FROM retention').get() as { through: number };
      const { n } = database.prepare('SELECT count(*) AS n FROM entries WHERE (seq <= ?) = (actor IS NOT NULL)').get(through) as { n: number };
      expect(n).toBe(0);
      database.close();
    }));

  it('restores a backup wholly or not at all, and keeps whole what it replaced', async () => {
    makeWorkFolder();
    const journal = openJournal({ path: join(folder, 'backup.db'), clock: systemClock, workstation: 'POSTE-1', sealKey: key });
    await Promise.all(Array.from({ length: 50 }, () => journal.record({ event: 'session.opened' })));
    journal.close();
    for (let run = 0; run < RESTORE_RUNS; run += 1) {
      await killDuring('restore');
      placeRestored(join(folder, 'journal.db'), join(folder, 'head'), Date.now());
      await checkJournal([]);
      await checkReplaced();
    }
    rmSync(folder, { recursive: true, force: true });
  });
});

/** Each journal set aside verifies to its end; then it is dropped, as there is one more a restoration. */
async function checkReplaced(): Promise<void> {
  const replaced = readdirSync(folder).filter((name) => name.startsWith('journal.db.remplace-'));
  for (const name of replaced.filter((each) => !/-(wal|shm)$/.test(each))) {
    const database = openForReading(join(folder, name));
    const report = await verifyJournal(database, { publicKey: key.publicKey().toString('base64'), witness: null });
    expect(report.break).toBeNull();
    database.close();
  }
  for (const name of readdirSync(folder).filter((each) => each.startsWith('journal.db.remplace-'))) rmSync(join(folder, name));
}
