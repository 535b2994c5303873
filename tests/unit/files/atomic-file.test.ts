import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { saveChunks, writeAtomically } from '../../../electron/files/atomic-file';
import { createPendingFiles, type PendingFiles, pendingFilesSchema, traceCutFiles } from '../../../electron/files/pending-files';
import { type Database, openDatabase } from '../../../electron/storage/database';
import type { TracedEvent } from '../../../shared/domain/journal';

let folder: string;
let database: Database;
let pending: PendingFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'instruire-files-'));
  ({ database } = openDatabase(':memory:', [pendingFilesSchema]));
  pending = createPendingFiles(database);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = () => ({ path: join(folder, 'fiche.pdf'), event: 'document.printed', what: 'fiche en PDF', dossier: { id: 'd1', title: 'Préau' } }) as const;

/** What a kill does: nothing runs after the bytes. Returns the temporary file. */
function killWhileWriting(what: string): string {
  let cut = '';
  void writeAtomically(pending, { ...file(), what }, (temporaryPath) => {
    cut = temporaryPath;
    writeFileSync(temporaryPath, 'half');
    return new Promise(() => undefined);
  });
  return cut;
}

/** As the next start does: what it says in the journal. */
async function startAgain(record: (event: TracedEvent) => Promise<void> = () => Promise.resolve()): Promise<readonly (string | null | undefined)[]> {
  const said: (string | null | undefined)[] = [];
  await traceCutFiles(createPendingFiles(database), async (event) => {
    await record(event);
    said.push(event.detail);
  }).catch(() => undefined);
  return said;
}
const deleted = (what: string) => `Écriture interrompue (${what}) : rien n’est sorti, le fichier commencé a été supprimé.`;

const remembered = () => (database.prepare('SELECT count(*) AS count FROM pending_exports').get() as { count: number }).count;

async function* chunks(...texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text);
}

describe('a file that is written', () => {
  it('gets its name once its digest was told, and is forgotten', async () => {
    const seen: unknown[] = [];
    const sha256 = await saveChunks(pending, file(), chunks('a', 'b'), (digest) => Promise.resolve(void seen.push(digest, readdirSync(folder).length, remembered())));
    expect(seen).toEqual([sha256, 1, 1]);
    expect(readdirSync(folder)).toEqual(['fiche.pdf']);
    expect(readFileSync(file().path, 'utf8')).toBe('ab');
    expect(remembered()).toBe(0);
  });

  it('leaves what had its name before as it was when it fails, and nothing else', async () => {
    writeFileSync(file().path, 'avant');
    await expect(saveChunks(pending, file(), chunks('a'), () => Promise.reject(new Error('untraced')))).rejects.toThrow('untraced');
    expect(readdirSync(folder)).toEqual(['fiche.pdf']);
    expect(readFileSync(file().path, 'utf8')).toBe('avant');
    expect(remembered()).toBe(0);
  });

  it('goes at the next start when a kill has cut it, and the journal says which it was', async () => {
    // What a kill does: nothing runs after it.
    void writeAtomically(pending, file(), (temporaryPath) => {
      writeFileSync(temporaryPath, 'half');
      writeFileSync(`${temporaryPath}-journal`, 'half');
      return new Promise(() => undefined);
    });
    expect(readdirSync(folder)).toHaveLength(2);
    const traced: TracedEvent[] = [];
    await traceCutFiles(createPendingFiles(database), (event) => Promise.resolve(void traced.push(event)));
    expect(readdirSync(folder)).toEqual([]);
    expect(traced).toEqual([
      {
        ...{ event: 'document.printed', outcome: 'failure', agentId: null, agentName: null, dossierId: 'd1', dossierTitle: 'Préau' },
        detail: 'Écriture interrompue (fiche en PDF) : rien n’est sorti, le fichier commencé a été supprimé.',
      },
    ]);
    expect(remembered()).toBe(0);
  });

  it('is on disk under its name, folder included, once it is said to be written', async () => {
    const handle = await open(folder, 'r');
    const flush = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync');
    await handle.close();
    const seen: number[] = [];
    flush.mockImplementation(() => Promise.resolve(void seen.push(readdirSync(folder).indexOf('fiche.pdf'))));
    await saveChunks(pending, file(), chunks('a'));
    flush.mockRestore();
    expect(seen).toEqual([-1, 0]);
  });

  it('goes at the next start when it could not be taken away', async () => {
    let cut = '';
    const write = (temporaryPath: string) => {
      cut = temporaryPath;
      // What refuses to go, to an administrator as well.
      mkdirSync(temporaryPath);
      return Promise.reject(new Error('EROFS'));
    };
    await expect(writeAtomically(pending, { ...file(), what: 'fiche' }, write)).rejects.toThrow('EROFS');
    expect(await startAgain()).toEqual([]);
    rmdirSync(cut);
    // Found once, it counts as cut whoever takes it away.
    expect(await startAgain()).toEqual([deleted('fiche')]);
    expect(remembered()).toBe(0);
  });

  it('is told at the next start when the journal refused its line, and the others at once', async () => {
    for (const what of ['un', 'deux', 'trois']) killWhileWriting(what);
    const refuseOnce = (event: TracedEvent) => (event.detail?.includes('(deux)') ? Promise.reject(new Error('locked')) : Promise.resolve());
    expect(await startAgain(refuseOnce)).toEqual([deleted('un'), deleted('trois')]);
    expect(readdirSync(folder)).toEqual([]);
    expect(remembered()).toBe(1);
    expect(await startAgain()).toEqual([deleted('deux')]);
    expect(await startAgain()).toEqual([]);
  });

  it('waits thirty days for a folder that is away, then is given up aloud', async () => {
    killWhileWriting('clé');
    renameSync(folder, `${folder}-away`);
    expect(await startAgain()).toEqual([]);
    database.exec("UPDATE pending_exports SET begun_at = unixepoch('now', '-31 days')");
    expect(await startAgain()).toEqual([expect.stringMatching(/\(clé\)\s: son dossier ne s’ouvre pas depuis 30 jours/)]);
    expect(remembered()).toBe(0);
    renameSync(`${folder}-away`, folder);
  });

  it('that is under way when a start clears is left alone', async () => {
    const next = createPendingFiles(database);
    killWhileWriting('en cours');
    await traceCutFiles(next, () => Promise.reject(new Error('not cut')));
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
