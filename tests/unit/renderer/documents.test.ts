import { describe, expect, it } from 'vitest';

import { batchProgress, batchSentence } from '../../../renderer/features/documents/batch-progress';
import { versionsOf } from '../../../renderer/features/documents/document-versions';
import type { Downloads } from '../../../renderer/features/documents/documents-store';
import type { ListedDocument } from '../../../shared/domain/listed-document';
import { offerDetail } from '../../../shared/reading';

function document(changes: Partial<ListedDocument>): ListedDocument {
  return {
    ...{ id: 'un', dossierId: 'd', identifier: '100000009', endpointId: 'urssaf.attestation_vigilance.v4', consultationId: 'c', pointer: '/data/document_url' },
    ...{ label: 'Attestation de vigilance', provider: 'Urssaf', fileName: 'a.pdf', mediaType: 'application/pdf', byteLength: 1, sha256: 'x' },
    ...{ fetchedAt: '2026-01-01T00:00:00Z', documentDate: null, validUntil: null, requestId: null, journalSeq: 1, warnings: [], isClosed: false, journalLine: 'present' as const, earlierFetches: [] },
    validity: { state: 'valid', reason: '', next: 'nothing', holdsUntil: null, knownAt: null, documentId: null, consultationId: null },
    ...changes,
  };
}

describe('documents asked for together', () => {
  const failed = { step: 'failed', message: '', advice: '' } as const;
  const stored = { step: 'stored', document: document({}) } as const;
  const downloads: Downloads = { a: stored, b: failed, c: { step: 'running', downloadId: 'x', receivedBytes: 50, totalBytes: 100 }, other: stored };

  it('are counted apart from the others, and one under way counts for what has come', () => {
    expect(batchProgress(['a', 'b', 'c', 'unknown'], downloads)).toEqual({ total: 4, stored: 1, failed: 1, running: 1, ratio: 2.5 / 4 });
  });

  it('end on a sentence that says what is missing', () => {
    expect(batchSentence(batchProgress(['a', 'b'], downloads))).toMatch(/^1 sur 2 reçu\. Un document n’a pas été reçu/);
    expect(batchSentence(batchProgress(['a', 'other'], downloads))).toBe('Les 2 documents sont reçus.');
  });
});

describe('versions', () => {
  it('gather what one place gave over time, newest first, across versions of the endpoint', () => {
    const older = document({ id: 'vieux', endpointId: 'urssaf.attestation_vigilance.v3' });
    const newer = document({ id: 'neuf', fetchedAt: '2026-06-01T00:00:00Z' });
    expect(versionsOf([older, newer])).toEqual([{ latest: newer, earlier: [older] }]);
  });

  it('keep apart other companies, and deeds of other dates', () => {
    const deed = (id: string, documentDate: string) => document({ id, pointer: '/data/actes/0/url', label: 'Acte', documentDate });
    const all = [document({}), document({ id: 'deux', identifier: '200000008' }), deed('trois', '2025-01-01'), deed('quatre', '2026-01-01')];
    expect(versionsOf(all)).toHaveLength(4);
  });
});

describe('a document among its neighbours', () => {
  it('is told by its nature, and a lone one needs nothing more', () => {
    const data = { actes: [{ types_actes: [{ type_acte: 'Procès-verbal', type_decision: 'Augmentation du capital' }] }], bilans: [{ type: 'bilan complet', date_cloture: '2025-12-31' }], document_url: null };
    expect(offerDetail({ data }, { pointer: '/data/actes/0/url' })).toBe('Procès-verbal : Augmentation du capital');
    expect(offerDetail({ data }, { pointer: '/data/bilans/0/url' })).toMatch(/^bilan complet, exercice clos le 31\sdécembre\s2025$/);
    expect(offerDetail({ data }, { pointer: '/data/document_url' })).toBe('');
  });
});
