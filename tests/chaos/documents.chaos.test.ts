import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createDocumentRecords, createFileStore, documentsSchema } from '../../electron/documents';
import { createDataCipher } from '../../electron/storage/data-cipher';
import { singleKey } from '../../electron/storage/data-key';
import { openDatabase } from '../../electron/storage/database';
import { bundleProgram, runAndKill } from './killed-process';

const KILLS = 50;
const LONGEST_LIFE_MS = 60;

let script: string;
beforeAll(async () => {
  script = await bundleProgram('document-writer-process');
});
afterAll(() => rmSync(script, { force: true }));

/** What the next start finds: every acknowledged document opens whole, and the folder holds nothing else. */
async function checkStore(folder: string, acknowledged: readonly string[]): Promise<void> {
  const documents = join(folder, 'documents');
  const store = createFileStore(documents, createDataCipher(singleKey(Buffer.alloc(32, 7))));
  const { database } = openDatabase(join(folder, 'instruire.db'), [documentsSchema]);
  const records = createDocumentRecords(database);
  store.sweep(records.fileIds());
  expect(new Set(readdirSync(documents))).toEqual(new Set([...records.fileIds()].map((id) => `${id}.sealed`)));
  for (const id of acknowledged) expect(records.find(id)).toBeDefined();
  for (const { id, sha256 } of records.list('d', undefined)) {
    const hash = createHash('sha256');
    for await (const chunk of store.read(records.find(id)?.fileId ?? '')) hash.update(chunk);
    expect(hash.digest('hex')).toBe(sha256);
  }
  // The next run starts on an empty store: what this one left was checked.
  for (const fileId of records.deleteOfDossier('d')) store.remove(fileId);
  database.close();
}

describe('the document store killed at random points', () => {
  it('keeps no half, no orphan, and opens everything that it recorded', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'documents-chaos-'));
    let keptInAll = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const acknowledged = await runAndKill(script, folder, LONGEST_LIFE_MS);
      keptInAll += acknowledged.length;
      await checkStore(folder, acknowledged);
    }
    expect(keptInAll).toBeGreaterThan(0);
    rmSync(folder, { recursive: true, force: true });
  });
});
