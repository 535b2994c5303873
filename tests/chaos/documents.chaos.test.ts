import { spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createDocumentRecords, createFileStore, documentsSchema } from '../../electron/documents';
import { createDataCipher } from '../../electron/storage/data-cipher';
import { openDatabase } from '../../electron/storage/database';

const root = resolve(import.meta.dirname, '../..');
const script = join(root, '.cache', `document-writer-${process.pid}.mjs`);
const KILLS = 50;
const LONGEST_LIFE_MS = 60;

beforeAll(async () => {
  const bundle = await rolldown({
    input: join(root, 'tests/chaos/document-writer-process.ts'),
    platform: 'node',
    external: ['@photostructure/sqlite'],
    logLevel: 'silent',
  });
  await bundle.write({ file: script, format: 'esm', codeSplitting: false });
  await bundle.close();
});
afterAll(() => rmSync(script, { force: true }));

/** Lets the writer live a random while once open, then kills it. Returns the documents that it said were kept. */
async function runAndKill(folder: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const opened = new Promise<void>((resolveOpened, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.startsWith('open')) resolveOpened();
    });
    child.once('exit', (code) => reject(new Error(`the writer stopped by itself (${code})`)));
  });
  const closed = new Promise((resolveClosed) => child.once('close', resolveClosed));
  await opened;
  await delay(randomInt(LONGEST_LIFE_MS));
  child.kill('SIGKILL');
  await closed;
  // The last line may have been cut by the kill.
  return output.split('\n').slice(1, -1);
}

/** What the next start finds: every acknowledged document opens whole, and the folder holds nothing else. */
async function checkStore(folder: string, acknowledged: readonly string[]): Promise<void> {
  const documents = join(folder, 'documents');
  const store = createFileStore(documents, createDataCipher(Buffer.alloc(32, 7)));
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
      const acknowledged = await runAndKill(folder);
      keptInAll += acknowledged.length;
      await checkStore(folder, acknowledged);
    }
    expect(keptInAll).toBeGreaterThan(0);
    rmSync(folder, { recursive: true, force: true });
  });
});
