import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { createDocumentRecords, createFileStore, documentsSchema, traceCutReceipts } from '../../electron/documents';
import { keepDocument } from '../../electron/documents/keep-document';
import type { Offer } from '../../electron/documents/offer';
import { fileHeadWitness, openJournal, sealKeyFromPrivate } from '../../electron/journal';
import { createDataCipher } from '../../electron/storage/data-cipher';
import { singleKey } from '../../electron/storage/data-key';
import { systemClock } from '../../electron/storage/clock';
import { openDatabase } from '../../electron/storage/database';
import { Secret } from '../../electron/storage/secret';
import type { RecordEvent } from '../../shared/domain/journal';
import { agent, dossier, endpoint, SIREN } from '../unit/consultation/made-up';

/**
 * Killed by `receipts.chaos.test.ts`: starts as the application does, then keeps documents without end. At « receipt » it kills
 * itself right after a line says that a document came; at « start » it stops in order once it has said what a crash cut.
 */
const [folder = '', moment = ''] = process.argv.slice(2);
const journal = openJournal({
  ...{ path: join(folder, 'journal.db'), clock: systemClock, workstation: 'POSTE-1' },
  sealKey: sealKeyFromPrivate(readFileSync(join(folder, 'key'))),
  witness: fileHeadWitness(join(folder, 'head')),
});
const store = createFileStore(join(folder, 'documents'), createDataCipher(singleKey(Buffer.alloc(32, 7))));
const { database } = openDatabase(join(folder, 'instruire.db'), [documentsSchema]);
const records = createDocumentRecords(database);
const dossiers = { find: (id: string) => (id === dossier.id ? dossier : undefined) };
const record: RecordEvent = async ({ agentId, agentName, ...event }) => {
  await journal.record({ ...event, agent: { id: agentId ?? '', displayName: agentName ?? '' } });
};
store.sweep(records.fileIds());
await traceCutReceipts({ records, dossiers, record }, journal.receiptsBeforeCut());
if (moment === 'start') {
  journal.close();
  process.exit(0);
}
writeSync(1, 'open\n');

/** Dies with one document out of three traced, and not yet named by a record. */
const recordThenDie: RecordEvent = async (event) => {
  await record(event);
  if (moment === 'receipt' && records.fileIds().size % 3 === 0) process.kill(process.pid, 'SIGKILL');
};

async function* pdf(): AsyncGenerator<Buffer> {
  yield Buffer.from('%PDF-1.7\n');
  yield randomBytes(40_000);
  yield Buffer.from('\n%%EOF\n');
}

function offerOf(consultationId: string): Offer {
  const source = endpoint.documents[0];
  if (!source) throw new Error('the made-up endpoint offers no document');
  const request = { consultationId, dossierId: dossier.id, endpointId: endpoint.id, identifier: SIREN, parameters: {} };
  const grant = { habilitationId: 'habilitation-1', environment: 'sandbox' as const, baseUrl: 'http://127.0.0.1', tokenKey: 'cle', token: new Secret('jeton') };
  const justification = { context: dossier.context, recipient: dossier.recipient, object: dossier.object };
  return {
    ...{ source, pointer: source.link },
    call: { request, agent, dossier, endpoint, justification, grant },
    answer: {
      ...request,
      ...{ data: {}, meta: {}, provider: endpoint.provider, receivedAt: new Date().toISOString(), requestId: null, httpStatus: 200, durationMs: 1 },
      ...{ quotaCost: 1, servedFromCache: null, cacheExpiresAt: null, documents: [] },
    },
  };
}

async function keepOne(): Promise<void> {
  const file = await store.receive(pdf());
  await keepDocument({ records, record: recordThenDie, store, dossiers, clock: systemClock }, offerOf(randomUUID()), { kind: 'file', file, requestId: null, journalSeq: 1 }, agent);
}

for (;;) await Promise.all([keepOne(), keepOne()]);
