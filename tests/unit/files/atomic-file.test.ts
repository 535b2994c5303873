import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

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
    await traceCutFiles(pending, (event) => Promise.resolve(void traced.push(event)));
    expect(readdirSync(folder)).toEqual([]);
    expect(traced).toEqual([
      {
        ...{ event: 'document.printed', outcome: 'failure', agentId: null, agentName: null, dossierId: 'd1', dossierTitle: 'Préau' },
        detail: 'Écriture interrompue (fiche en PDF) : rien n’est sorti, le fichier commencé a été supprimé.',
      },
    ]);
    expect(remembered()).toBe(0);
  });

  it.skipIf(process.getuid?.() === 0)('goes at the next start when its folder was closed to writing meanwhile', async () => {
    const write = (temporaryPath: string) => {
      writeFileSync(temporaryPath, 'half');
      chmodSync(folder, 0o500);
      return Promise.reject(new Error('EROFS'));
    };
    await expect(writeAtomically(pending, file(), write)).rejects.toThrow('EROFS');
    expect(remembered()).toBe(1);
    chmodSync(folder, 0o700);
    expect(pending.sweep()).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});
