import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';

import { exportDossier } from '../../electron/dossier-export/export-dossier';
import { createFileStore } from '../../electron/documents';
import { createPendingFiles, traceCutFiles } from '../../electron/files/pending-files';
import { createPieceRecords } from '../../electron/genuineness';
import { openJournal, sealKeyFromPrivate } from '../../electron/journal';
import { createRetentionStore, Retention } from '../../electron/retention';
import type { Session } from '../../shared/domain/agent';
import type { Dossier } from '../../shared/domain/dossier';
import type { RecordEvent } from '../../shared/domain/journal';
import { contentsOf, dossier, keyOf, openDossierDatabase, recordOfPiece, session, testCipher } from './dossier-fixture';

/**
 * Killed at a random moment by `dossier.chaos.test.ts`: exports or deletes without end, and says what it has finished.
 * Its start is the product's: what an earlier run left is cleared or finished first.
 */
const [folder = '', work = 'export'] = process.argv.slice(2);
const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const journal = openJournal({ path: join(folder, 'journal.db'), clock, workstation: 'POSTE-1', sealKey: sealKeyFromPrivate(keyOf(folder)) });
const record: RecordEvent = async ({ agentId, agentName, ...event }) => {
  await journal.record({ ...event, agent: agentId === null ? null : { id: agentId, displayName: agentName ?? '' } });
};
const database = openDossierDatabase(folder);
const store = createFileStore(join(folder, 'supplied'), testCipher());
const pieces = createPieceRecords(database);
store.sweep(pieces.fileIds());

const pending = createPendingFiles(database);
const retention = new Retention({
  ...{ record, clock, policyMonths: null },
  store: createRetentionStore(database),
  holdings: [
    {
      kind: 'suppliedFiles',
      count: (dossierId) => pieces.list(dossierId).length,
      forget: (dossierId) => {
        const fileIds = pieces.deleteOfDossier(dossierId);
        return () => fileIds.forEach((fileId) => store.remove(fileId));
      },
    },
  ],
  dossierOf: (_agent, id) => ({ ...dossier, id, state: 'closed' }),
  habilitationOf: () => undefined,
});
await traceCutFiles(pending, record);
await retention.resume();
writeSync(1, 'open\n');

async function exportOnce(turn: number): Promise<void> {
  const path = join(folder, 'out', `dossier-${turn % 3}.zip`);
  const control = { signal: new AbortController().signal, onProgress: () => undefined };
  const deps = {
    ...{ pending, record },
    dossierOf: (): Dossier => dossier,
    gather: async () => contentsOf(await journal.seal(), (turn % 5) + 1),
    askSavePath: () => Promise.resolve(path),
    now: () => Date.now(),
  };
  const made = await exportDossier(deps, session as Session, { dossierId: dossier.id, format: 'zip' }, control);
  writeSync(1, `${made?.sha256 ?? ''}\n`);
}

async function deleteOnce(turn: number): Promise<void> {
  const id = `dossier-${process.pid}-${turn}`;
  database.prepare('INSERT INTO dossiers (id, title, state, updated_at) VALUES (?, ?, ?, ?)').run(id, 'Dossier', 'closed', new Date().toISOString());
  for (let rank = 0; rank < 3; rank += 1) {
    const file = await store.receive(pdf());
    pieces.add(recordOfPiece(id, file, await file.keep()));
  }
  await retention.deleteByHand((session as Session).agent, id);
  writeSync(1, `${id}\n`);
}

async function* pdf(): AsyncGenerator<Buffer> {
  yield Buffer.from('%PDF-1.7\n');
  yield randomBytes(20_000);
  await new Promise((resolve) => setImmediate(resolve));
  yield Buffer.from('\n%%EOF\n');
}

for (let turn = 1; ; turn += 1) await (work === 'export' ? exportOnce(turn) : deleteOnce(turn));
