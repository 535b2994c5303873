import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { fileHeadWitness, generateSealKey, openJournal, placeRestored, type SealKey, verifyJournal } from '../../../electron/journal/index';
import { openForReading, readLastEntry } from '../../../electron/journal/journal-database';
import { candidatePath, makeReady } from '../../../electron/journal/restore';
import { copyForRestore } from '../../../electron/journal/restore-copy';
import { walkHere } from '../../../electron/journal/walk';
import { type Bench, makeBench, makeFolder, recordCall } from './support';

const NOW = Date.parse('2026-03-11T08:00:00Z');

/** A journal that went on after its backup, and that backup about to be restored; the application is killed rather than closed. */
async function makeRestoration() {
  const bench = makeBench();
  const journal = bench.open();
  await recordCall(journal, { companyName: 'Avant' });
  journal.close();
  const backupPath = join(makeFolder(), 'sauvegarde.db');
  copyFileSync(bench.path, backupPath);
  const going = bench.open();
  await recordCall(going, { companyName: 'Après' });
  const present = openForReading(bench.path);
  const publicKey = bench.options.sealKey.publicKey().toString('base64');
  const copy = { backupPath, candidatePath: candidatePath(bench.path), publicKey };
  const checked = await copyForRestore(present, copy, {}, (database) => (stretch, control) => walkHere(database, stretch, control));
  present.close();
  expect(checked).toMatchObject({ report: { ok: true, toSeq: 4 }, isContained: true, presentSeq: 7 });
  const restored = { seq: 4, hash: checked.report.headHash ?? '' };
  await makeReady(bench.options, { agent: { id: 'resp-1', displayName: 'Dominique Fictif' }, fileName: 'sauvegarde.db', restored, replaced: going.head() });
  return { bench, publicKey, witnessPath: join(bench.folder, 'journal.head'), kill: () => copyAsKilled(bench) };
}

/** What a killed process leaves: the file and its log as they are. The open one is closed elsewhere, for the test's own sake. */
function copyAsKilled({ path }: Bench): string {
  const killed = join(makeFolder(), 'journal.db');
  for (const suffix of ['', '-wal', '.a-restaurer']) if (existsSync(path + suffix)) copyFileSync(path + suffix, killed + suffix);
  return killed;
}

async function expectRestored(path: string, witnessPath: string, bench: Bench, publicKey: string): Promise<void> {
  const witness = fileHeadWitness(witnessPath);
  const journal = openJournal({ ...bench.options, path, witness });
  expect(journal.openingBreak).toBeNull();
  journal.close();
  const database = openForReading(path);
  expect(await verifyJournal(database, { publicKey, witness: fileHeadWitness(witnessPath).read() })).toMatchObject({ break: null, rowCount: 9 });
  database.close();
}

/** What the check says of a backup sealed by one key, on a workstation whose journal was opened with others since. */
async function checkUnder(bench: Bench, backupPath: string, publicKey: string) {
  const present = openForReading(bench.path);
  try {
    return await copyForRestore(present, { backupPath, candidatePath: candidatePath(bench.path), publicKey }, {}, (database) => (stretch, control) => walkHere(database, stretch, control));
  } finally {
    present.close();
  }
}

describe('a backup sealed by another key than the keychain’s', () => {
  const makeSealed = async () => {
    const bench = makeBench();
    const journal = bench.open();
    await recordCall(journal);
    journal.close();
    const backupPath = join(makeFolder(), 'sauvegarde.db');
    copyFileSync(bench.path, backupPath);
    return { bench, backupPath };
  };
  const publicKeyOf = ({ publicKey }: SealKey): string => publicKey().toString('base64');

  it('is accepted when the present journal was opened with that key before, and verifies once restored', async () => {
    const { bench, backupPath } = await makeSealed();
    const { key } = generateSealKey();
    openJournal({ ...bench.options, sealKey: key }).close();
    const { report } = await checkUnder(bench, backupPath, publicKeyOf(key));
    expect(report).toMatchObject({ ok: true, toSeq: 4 });
    const restored = { seq: 4, hash: report.headHash ?? '' };
    const agent = { id: 'resp-1', displayName: 'Dominique Fictif' };
    await makeReady({ ...bench.options, sealKey: key }, { agent, fileName: 'sauvegarde.db', restored, replaced: { seq: 6, hash: 'a'.repeat(64) } });
    placeRestored(bench.path, join(bench.folder, 'journal.head'), NOW);
    const database = openForReading(bench.path);
    expect(await verifyJournal(database, { publicKey: publicKeyOf(key), witness: null })).toMatchObject({ break: null });
    database.close();
  });

  it('is refused when this workstation never had that key, whatever the backup itself announces', async () => {
    const { backupPath } = await makeSealed();
    const elsewhere = makeBench();
    elsewhere.open().close();
    const { report } = await checkUnder(elsewhere, backupPath, publicKeyOf(elsewhere.options.sealKey));
    expect(report).toMatchObject({ ok: false, break: { kind: 'foreign_seal', seq: 4 } });
  });
});

describe('restoring a backup', () => {
  it('does nothing when nothing is to be restored, and forgets a copy that nobody chose', () => {
    const bench = makeBench();
    bench.open().close();
    copyFileSync(bench.path, candidatePath(bench.path));
    expect(placeRestored(bench.path, join(bench.folder, 'journal.head'), NOW)).toBeNull();
    expect(existsSync(candidatePath(bench.path))).toBe(false);
  });

  it('keeps every row of the journal that it replaces, even after a kill', async () => {
    const { bench, publicKey, witnessPath, kill } = await makeRestoration();
    const path = kill();
    const keptAt = placeRestored(path, witnessPath, NOW);
    expect(keptAt).toBe(`${path}.remplace-2026-03-11T08-00-00-000Z`);
    await expectRestored(path, witnessPath, bench, publicKey);
    const replaced = openForReading(keptAt ?? '');
    expect(readLastEntry(replaced)?.seq).toBe(7);
    replaced.close();
  });

  it('goes on from wherever the start before it was killed', async () => {
    const { bench, publicKey, witnessPath, kill } = await makeRestoration();
    const path = kill();
    renameSync(path, `${path}.remplace-avant`);
    renameSync(`${path}-wal`, `${path}.remplace-avant-wal`);
    placeRestored(path, witnessPath, NOW);
    await expectRestored(path, witnessPath, bench, publicKey);
    expect(placeRestored(path, witnessPath, NOW)).toBeNull();
  });
});
