import { join } from 'node:path';

import { answersSchema, createAnswerStore } from '../../electron/consultation';
import { createDocumentRecords, createFileStore, documentsSchema } from '../../electron/documents';
import { createDataCipher } from '../../electron/storage/data-cipher';
import { openDatabase } from '../../electron/storage/database';
import { openKeyRing } from '../../electron/storage/key-ring';
import type { SecretCipher } from '../../electron/storage/secret-cipher';

/** Stands for the keychain, which is not what is killed here. */
const keychain: SecretCipher = {
  kind: 'keychain',
  encrypt: (plain) => Buffer.from(plain),
  decrypt: (sealed) => sealed.toString(),
};

/** Answers and documents under a key ring, as the application opens them at start. */
export function openKept(folder: string) {
  const { database } = openDatabase(join(folder, 'instruire.db'), [answersSchema, documentsSchema]);
  const records = createDocumentRecords(database);
  const hasSealedData = (): boolean => records.fileIds().size > 0;
  const ring = openKeyRing({ path: join(folder, 'data.key'), ciphers: [keychain], hasSealedData });
  const cipher = createDataCipher(ring);
  const store = createFileStore(join(folder, 'documents'), cipher);
  store.sweep(records.fileIds());
  return { database, records, ring, store, answers: createAnswerStore(database, cipher) };
}
