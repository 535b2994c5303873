import { describe, expect, it } from 'vitest';

import { samePlace } from '../../../electron/documents/same-item';
import type { Answer } from '../../../shared/domain/consultation';
import type { JsonValue } from '../../../shared/domain/json';

function answer(data: JsonValue, pointers: readonly string[]): Answer {
  return {
    ...{ consultationId: 'c', dossierId: 'd', endpointId: 'e', identifier: '100000009', parameters: {}, data, meta: {} },
    ...{ provider: 'INPI', receivedAt: '', requestId: null, httpStatus: 200, durationMs: 1, quotaCost: 1, servedFromCache: null, cacheExpiresAt: null },
    documents: pointers.map((pointer) => ({ pointer, label: 'Acte', linkExpiresAt: null, documentDate: null })),
  };
}

const deeds = (...dates: string[]) => answer({ actes: dates.map((date_depot) => ({ date_depot, url: null })) }, dates.map((_date, rank) => `/data/actes/${rank}/url`));

describe('a document in a renewed answer', () => {
  it('is followed when a deed was filed before it in the meantime', () => {
    expect(samePlace(deeds('2024-01-01', '2023-01-01'), deeds('2026-01-01', '2024-01-01', '2023-01-01'), '/data/actes/1/url')).toBe('/data/actes/2/url');
  });

  it('keeps its order among deeds that say the same', () => {
    expect(samePlace(deeds('2024-01-01', '2024-01-01'), deeds('2026-01-01', '2024-01-01', '2024-01-01'), '/data/actes/1/url')).toBe('/data/actes/2/url');
  });

  it('is not replaced by another when it is no longer offered', () => {
    expect(samePlace(deeds('2024-01-01', '2023-01-01'), deeds('2024-01-01', '2022-01-01'), '/data/actes/1/url')).toBeUndefined();
  });

  it('keeps its one place when the answer has a single link, whatever its dates have become', () => {
    const single = (date: string) => answer({ document_url: null, date_emission: date }, ['/data/document_url']);
    expect(samePlace(single('2026-01-01'), single('2026-06-01'), '/data/document_url')).toBe('/data/document_url');
  });
});
