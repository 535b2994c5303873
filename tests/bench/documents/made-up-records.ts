import { randomUUID } from 'node:crypto';

import type { DocumentRecords } from '../../../electron/documents';

type DocumentRecord = Parameters<DocumentRecords['add']>[0];

/** A kept document of which the benchmark gives what matters. */
export function documentRecord(given: Pick<DocumentRecord, 'fileId' | 'sha256' | 'byteLength' | 'dossierId'> & Partial<DocumentRecord>): DocumentRecord {
  const id = randomUUID();
  return {
    ...{ id, identifier: '100000009', endpointId: 'urssaf.attestation_vigilance.v4', consultationId: id, pointer: '/data/document_url' },
    ...{ label: 'Attestation de vigilance', provider: 'Urssaf', fileName: `${id}.pdf`, mediaType: 'application/pdf', fetchedAt: new Date().toISOString() },
    ...{ documentDate: '2026-01-31', validUntil: '2026-07-31', requestId: id, journalSeq: 1, warnings: [] },
    ...given,
  };
}
