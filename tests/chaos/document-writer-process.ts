import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { writeSync } from 'node:fs';

import { createDocumentRecords, createFileStore, documentsSchema } from '../../electron/documents';
import type { DocumentRecord } from '../../electron/documents/document-records';
import { createDataCipher } from '../../electron/storage/data-cipher';
import { singleKey } from '../../electron/storage/data-key';
import { openDatabase } from '../../electron/storage/database';

/** Killed at a random moment by `documents.chaos.test.ts`: keeps documents without end, and says which were kept. */
const [folder = ''] = process.argv.slice(2);
const store = createFileStore(join(folder, 'documents'), createDataCipher(singleKey(Buffer.alloc(32, 7))));
const { database } = openDatabase(join(folder, 'instruire.db'), [documentsSchema]);
const records = createDocumentRecords(database);
store.sweep(records.fileIds());
writeSync(1, 'open\n');

/** A PDF of a random size, in chunks, as the network brings it. */
async function* pdf(size: number): AsyncGenerator<Buffer> {
  yield Buffer.from('%PDF-1.7\n');
  for (let left = size; left > 0; left -= 16_384) {
    yield randomBytes(Math.min(left, 16_384));
    await new Promise((resolve) => setImmediate(resolve));
  }
  yield Buffer.from('\n%%EOF\n');
}

for (let turn = 1; ; turn += 1) {
  const file = await store.receive(pdf((turn % 8) * 60_000 + 1));
  const id = randomUUID();
  const record: DocumentRecord = {
    id,
    fileId: await file.keep(),
    dossierId: 'd',
    identifier: '100000009',
    endpointId: 'essai.attestation.v4',
    consultationId: id,
    pointer: '/data/document_url',
    label: 'Attestation',
    provider: 'Fournisseur d’essai',
    fileName: `${id}.pdf`,
    mediaType: 'application/pdf',
    byteLength: file.byteLength,
    sha256: file.sha256,
    fetchedAt: new Date().toISOString(),
    documentDate: null,
    validUntil: null,
    requestId: createHash('sha256').update(id).digest('hex').slice(0, 12),
    journalSeq: turn,
    warnings: [],
  };
  await records.together(() => records.add(record));
  writeSync(1, `${id}\n`);
}
