import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createPendingFiles, pendingFilesSchema } from '../../electron/files/pending-files';
import { fileHeadWitness, generateSealKey, openJournal, placeRestored, verifyJournal } from '../../electron/journal/index';
import { openForReading } from '../../electron/journal/journal-database';
import type { Head } from '../../electron/journal/format';
import { systemClock } from '../../electron/storage/clock';
import { openDatabase } from '../../electron/storage/database';
import { EXPORT_FORMATS, type ExportFormat, type VerificationReport } from '../../shared/domain/journal';
import { bundleProgram, runAndKill } from './killed-process';

const { key, pkcs8 } = generateSealKey();
const LONGEST_LIFE_MS = 120;
const RESTORE_RUNS = 50;

let script: string;
let folder: string;

beforeAll(async () => {
  script = await bundleProgram('journal-writer-process');
});
afterAll(() => rmSync(script, { force: true }));

/** Lets the writer live a random while once open, then kills it. Returns the rows that it said were written. */
const killDuring = async (work: string): Promise<readonly number[]> => (await runAndKill(script, folder, LONGEST_LIFE_MS, work)).map(Number);

async function verify(path: string, witness: Head | null = null): Promise<VerificationReport> {
  const database = openForReading(path);
  try {
    return await verifyJournal(database, { publicKey: key.publicKey().toString('base64'), witness });
  } finally {
    database.close();
  }
}

/** What each format ends with once whole; the verifiable one is verified as an auditor does. */
const isWhole: Readonly<Record<ExportFormat, (path: string) => boolean>> = {
  csv: (path) => readFileSync(path, 'utf8').endsWith('\r\n'),
  xlsx: (path) => readFileSync(path).subarray(-22).readUInt32LE(0) === 0x06054b50,
  jsonl: (path) => spawnSync(process.execPath, ['scripts/verify-journal.mjs', path, '--key', key.publicKey().toString('base64')]).status === 0,
  pdf: (path) => readFileSync(path, 'latin1').trimEnd().endsWith('%%EOF'),
};

/** As the next start does: what a kill left half-written goes. Returns how many files were. */
async function sweepBegun(): Promise<number> {
  const { database } = openDatabase(join(folder, 'instruire.db'), [pendingFilesSchema]);
  let cut = 0;
  await createPendingFiles(database).sweep(() => Promise.resolve(void (cut += 1)));
  database.close();
  expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  return cut;
}

async function checkJournal(acknowledged: readonly number[]): Promise<void> {
  const report = await verify(join(folder, 'journal.db'), fileHeadWitness(join(folder, 'head')).read());
  expect(report.break).toBeNull();
  const database = openForReading(join(folder, 'journal.db'));
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

async function survive(work: string, runs: number, check: () => void | Promise<void>): Promise<void> {
  makeWorkFolder();
  let acknowledgedInAll = 0;
  for (let run = 0; run < runs; run += 1) {
    const acknowledged = await killDuring(work);
    acknowledgedInAll += acknowledged.length;
    await checkJournal(acknowledged);
    await check();
  }
  expect(acknowledgedInAll).toBeGreaterThan(runs);
  rmSync(folder, { recursive: true, force: true });
}

describe('the journal killed at random points', () => {
  it('loses nothing that it acknowledged, while writing', () => survive('write', 120, () => undefined));

  it.each(EXPORT_FORMATS)('never shows half an export (%s) under its final name, and leaves nothing beside it', async (format) => {
    let cut = 0;
    await survive(format, 30, async () => {
      const path = join(folder, `export.${format}`);
      if (existsSync(path)) expect(isWhole[format](path)).toBe(true);
      cut += await sweepBegun();
    });
    expect(cut).toBeGreaterThan(0);
  });

  it('never shows half a backup under its final name, and leaves nothing beside it', async () => {
    let cut = 0;
    await survive('backup', 50, async () => {
      const path = join(folder, 'copie.db');
      if (existsSync(path)) expect((await verify(path)).break).toBeNull();
      cut += await sweepBegun();
    });
    expect(cut).toBeGreaterThan(0);
  });

  it('purges wholly or not at all', async () => {
    let purgedThrough = 0;
    await survive('purge', 50, () => {
      const database = openForReading(join(folder, 'journal.db'));
      const { through } = database.prepare('SELECT purge_through AS through FROM retention').get() as { through: number };
      const { n } = database.prepare('SELECT count(*) AS n FROM entries WHERE (seq <= ?) = (actor IS NOT NULL)').get(through) as { n: number };
      expect(n).toBe(0);
      purgedThrough = through;
      database.close();
    });
    expect(purgedThrough).toBeGreaterThan(0);
  });

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
    expect((await verify(join(folder, name))).break).toBeNull();
  }
  for (const name of readdirSync(folder).filter((each) => each.startsWith('journal.db.remplace-'))) rmSync(join(folder, name));
}
