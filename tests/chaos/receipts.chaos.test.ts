import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { createDocumentRecords, documentsSchema } from '../../electron/documents';
import { generateSealKey } from '../../electron/journal';
import { openForReading, readEntries } from '../../electron/journal/journal-database';
import { fieldsOf } from '../../electron/journal/line';
import { openDatabase } from '../../electron/storage/database';
import { dossier } from '../unit/consultation/made-up';
import { bundleProgram, runAndKill, runToEnd } from './killed-process';

const KILLS_AT_RANDOM = 30;
const KILLS_AT_RECEIPT = 20;
const LONGEST_LIFE_MS = 60;

let script: string;
let folder: string;
beforeAll(async () => {
  script = await bundleProgram('receipt-process');
  folder = mkdtempSync(join(tmpdir(), 'receipts-chaos-'));
  writeFileSync(join(folder, 'key'), generateSealKey().pkcs8);
});
afterAll(() => {
  rmSync(script, { force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** By the SHA-256 of a document, what the lines say of it, in their order. */
function readReceipts(): ReadonlyMap<string, readonly string[]> {
  const database = openForReading(join(folder, 'journal.db'));
  const said = new Map<string, string[]>();
  for (const entry of readEntries(database)) {
    if (entry.event !== 'document.fetched') continue;
    const { outcome, documentSha256 = '' } = fieldsOf(entry, 'result');
    const { detail = '' } = fieldsOf(entry, 'words');
    said.set(documentSha256, [...(said.get(documentSha256) ?? []), outcome === 'success' ? 'reçu' : detail.slice(0, 12)]);
  }
  database.close();
  return said;
}

function keptDocuments(): ReadonlySet<string> {
  const { database } = openDatabase(join(folder, 'instruire.db'), [documentsSchema]);
  const records = createDocumentRecords(database);
  const kept = new Set(records.list(dossier.id, undefined).map(({ sha256 }) => sha256));
  expect(readdirSync(join(folder, 'documents'))).toHaveLength(kept.size);
  database.close();
  return kept;
}

it('says « reçu » of what is kept, and « non conservé » after it, once, of what a kill took away before its record', async () => {
  for (let kill = 0; kill < KILLS_AT_RANDOM; kill += 1) await runAndKill(script, folder, LONGEST_LIFE_MS);
  for (let kill = 0; kill < KILLS_AT_RECEIPT; kill += 1) await runAndKill(script, folder, LONGEST_LIFE_MS, 'receipt');
  // What was told is not told again by the starts that follow.
  for (let start = 0; start < 2; start += 1) expect(await runToEnd(script, folder, 'start')).toBe(0);
  const kept = keptDocuments();
  const receipts = readReceipts();
  expect([...kept].filter((sha256) => !receipts.has(sha256))).toEqual([]);
  let lost = 0;
  for (const [sha256, said] of receipts) {
    expect(said).toEqual(kept.has(sha256) ? ['reçu'] : ['reçu', 'Non conservé']);
    if (!kept.has(sha256)) lost += 1;
  }
  expect(kept.size).toBeGreaterThan(0);
  expect(lost).toBeGreaterThan(0);
});
