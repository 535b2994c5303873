import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { resealAll, type SealedItems } from '../../electron/storage/key-rotation';
import { bundleProgram, runAndKill } from './killed-process';
import { openKept } from './kept-data';

const KILLS = 50;
const LONGEST_LIFE_MS = 120;
const DOCUMENTS = 12;
const ANSWERS = 120;

let script: string;
beforeAll(async () => {
  script = await bundleProgram('key-rotation-process');
});
afterAll(() => rmSync(script, { force: true }));

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

/** Documents of several chunks and answers, all under the first key. */
async function fill(folder: string): Promise<readonly string[]> {
  const { database, records, store, answers } = openKept(folder);
  for (let rank = 0; rank < DOCUMENTS; rank += 1) {
    const id = randomUUID();
    const file = await store.receive(once(Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(rank * 40_000), Buffer.from('\n%%EOF\n')])));
    records.add({
      ...{ id, fileId: await file.keep(), dossierId: 'd', identifier: '100000009', endpointId: 'essai.attestation.v4', consultationId: id },
      ...{ pointer: '/data/document_url', label: 'Attestation', provider: 'Essai', fileName: `${id}.pdf`, mediaType: 'application/pdf' as const },
      ...{ byteLength: file.byteLength, sha256: file.sha256, fetchedAt: '2026-11-25T10:00:00Z', documentDate: null, validUntil: null },
      ...{ requestId: null, journalSeq: null, warnings: [] },
    });
  }
  const ids = Array.from({ length: ANSWERS }, () => randomUUID());
  for (const consultationId of ids) {
    answers.save({
      ...{ consultationId, dossierId: 'd', endpointId: 'essai.donnee.v4', identifier: '100000009', parameters: {}, data: { nom: consultationId }, meta: {} },
      ...{ provider: 'Essai', receivedAt: '2026-11-25T10:00:00Z', requestId: null, httpStatus: 200, durationMs: 1, quotaCost: 1 },
      ...{ servedFromCache: null, cacheExpiresAt: null, documents: [] },
    });
  }
  answers.flush();
  database.close();
  return ids;
}

/** What the next start finds: everything opens, whole, and the folder holds nothing else. */
async function check(folder: string, answerIds: readonly string[]): Promise<void> {
  const { database, records, store, answers } = openKept(folder);
  expect(new Set(readdirSync(join(folder, 'documents')))).toEqual(new Set([...records.fileIds()].map((id) => `${id}.sealed`)));
  const documents = records.list('d', undefined);
  expect(documents).toHaveLength(DOCUMENTS);
  for (const { fileId, sha256 } of documents) {
    const hash = createHash('sha256');
    for await (const chunk of store.read(fileId)) hash.update(chunk);
    expect(hash.digest('hex')).toBe(sha256);
  }
  for (const id of answerIds) expect(answers.find(id)?.data).toEqual({ nom: id });
  database.close();
}

describe('the change of key killed at random points', () => {
  it('leaves every document and every answer readable, and goes on at the next start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'key-chaos-'));
    const answerIds = await fill(folder);
    let completed = 0;
    let stoppedHalfWay = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      completed += (await runAndKill(script, folder, LONGEST_LIFE_MS)).length;
      await check(folder, answerIds);
      const { ring, database } = openKept(folder);
      if (ring.hasFormerKeys()) stoppedHalfWay += 1;
      database.close();
    }
    // Kills fell where they hurt, and changes of key went to their end all the same.
    expect(stoppedHalfWay).toBeGreaterThan(0);
    expect(completed).toBeGreaterThan(0);
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('the change of key cancelled half-way', () => {
  it('leaves everything readable under both keys, and the next one goes on from there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'key-cancel-'));
    const answerIds = await fill(folder);
    const { ring, answers, store, database } = openKept(folder);
    const kept = [answers.sealedItems, store.sealedItems];
    const before = await formerCount(kept);
    ring.addKey();
    const all = await formerCount(kept);
    const controller = new AbortController();
    const cancelled = await resealAll(ring, kept, { signal: controller.signal, onProgress: () => controller.abort() });
    expect(cancelled.outcome).toBe('cancelled');
    const left = await formerCount(kept);
    expect(before).toBe(0);
    expect(left).toBe(all - cancelled.resealed);
    expect(left).toBeGreaterThan(0);
    expect(ring.hasFormerKeys()).toBe(true);
    database.close();
    await check(folder, answerIds);

    const next = openKept(folder);
    const resumed = await resealAll(next.ring, [next.answers.sealedItems, next.store.sealedItems], { signal: new AbortController().signal, onProgress: () => undefined });
    expect(resumed).toEqual({ outcome: 'done', resealed: left, unopened: 0 });
    expect(next.ring.hasFormerKeys()).toBe(false);
    next.database.close();
    await check(folder, answerIds);
    rmSync(folder, { recursive: true, force: true });
  });
});

async function formerCount(kept: readonly SealedItems[]): Promise<number> {
  const former = await Promise.all(kept.map((items) => items.listFormer()));
  return former.flat().length;
}
