import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createPieceRecords } from '../../electron/genuineness';
import { generateSealKey, openJournalReader, sealKeyFromPrivate, verifyJournal } from '../../electron/journal';
import { keyOf, openDossierDatabase } from './dossier-fixture';
import { bundleProgram, runAndKill } from './killed-process';

const KILLS = 50;
/** An export draws a PDF and packs documents: it lives longer than a deletion. */
const LONGEST_LIFE_MS = { export: 800, delete: 120 } as const;

let script: string;
let folder: string;

beforeAll(async () => {
  script = await bundleProgram('dossier-process');
});
afterAll(() => rmSync(script, { force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-chaos-'));
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'key'), generateSealKey().pkcs8);
});

/** Lets it do this work for a random while; returns what it said it had finished. */
const killDuring = (work: 'export' | 'delete', longestLifeMs: number = LONGEST_LIFE_MS[work]) => runAndKill(script, folder, longestLifeMs, work);

const archives = () => readdirSync(join(folder, 'out'));
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The chain of the journal, and the digests of the exports that it says were made. */
async function readJournal(): Promise<{ readonly isWhole: boolean; readonly exported: ReadonlySet<string>; readonly lastPurgeOf: ReadonlyMap<string, string> }> {
  const reader = openJournalReader(join(folder, 'journal.db'));
  const publicKey = sealKeyFromPrivate(keyOf(folder)).publicKey().toString('base64');
  const { ok } = await verifyJournal(reader.database, { publicKey, witness: null });
  const lines = reader.search({ filter: { kind: 'all' }, limit: 100_000 }).lines;
  reader.close();
  const purges = lines.filter(({ event }) => event === 'dossier.purged').reverse();
  return {
    isWhole: ok,
    exported: new Set(lines.flatMap(({ event, documentSha256 }) => (event === 'data.exported' && documentSha256 !== null ? [documentSha256] : []))),
    lastPurgeOf: new Map(purges.map(({ dossierId, detail }) => [dossierId ?? '', detail ?? ''])),
  };
}

describe('a dossier on a machine that is killed at random points', () => {
  it('never has half an export under its final name, nor a temporary file after the next start', async () => {
    let finished = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      finished += (await killDuring('export')).length;
      for (const name of archives().filter((one) => !one.endsWith('.part'))) execFileSync('unzip', ['-tqq', join(folder, 'out', name)]);
    }
    // The start clears what the last kill left; killed before it works, it leaves nothing of its own.
    await killDuring('delete', 0);
    expect(archives().filter((name) => name.endsWith('.part'))).toEqual([]);
    const { isWhole, exported } = await readJournal();
    expect(isWhole).toBe(true);
    for (const name of archives()) expect(exported).toContain(sha256(join(folder, 'out', name)));
    expect(finished).toBeGreaterThan(0);
    expect(archives().length).toBeGreaterThan(0);
    rmSync(folder, { recursive: true, force: true });
  });

  it('finishes at the next start the deletion that was cut', async () => {
    let finished = 0;
    for (let kill = 0; kill < KILLS; kill += 1) finished += (await killDuring('delete')).length;
    await killDuring('export', 0);
    const database = openDossierDatabase(folder);
    const { isWhole, lastPurgeOf } = await readJournal();
    expect(isWhole).toBe(true);
    expect(database.prepare('SELECT count(*) AS count FROM pending_deletions').get()).toEqual({ count: 0 });
    // Killed before its deletion was asked, a dossier is as it was; once begun, it is gone, and the journal says so.
    const left = (database.prepare('SELECT id FROM dossiers').all() as { id: string }[]).map(({ id }) => id);
    const known = createPieceRecords(database).fileIds();
    for (const id of left) expect(lastPurgeOf.has(id)).toBe(false);
    for (const detail of lastPurgeOf.values()) expect(detail).toMatch(/^Dossier supprimé/);
    for (const name of readdirSync(join(folder, 'supplied'))) expect(known).toContain(name.replace(/\.sealed$/, ''));
    database.close();
    expect(finished).toBeGreaterThan(0);
    rmSync(folder, { recursive: true, force: true });
  });
});
