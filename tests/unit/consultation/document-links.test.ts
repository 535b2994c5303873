import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { stripDocumentLinks } from '../../../electron/consultation/document-links';
import { findEndpoint } from '../../../shared/catalogue';
import type { JsonValue } from '../../../shared/domain/json';

const sources = findEndpoint('urssaf.attestation_vigilance.v4')?.documents ?? [];
const LINK = 'https://entreprise.api.gouv.fr/proxy/files/00000000-0000-4000-8000-000000000000';

describe('links to documents', () => {
  it('are taken out whatever life the answer gives them, and one that no date holds is not told', () => {
    const life = fc.oneof(fc.double(), fc.integer(), fc.string(), fc.constantFrom<JsonValue>(null, -1, 1e300, 8.64e15, '86400', true, [], {}));
    fc.assert(
      fc.property(life, (expires) => {
        const body = { data: { document_url: LINK, document_url_expires_in: expires as JsonValue } };
        const { body: stripped, links } = stripDocumentLinks(body, sources, Date.UTC(2026, 0, 1));
        expect(links.map(({ url }) => url)).toEqual([LINK]);
        expect(JSON.stringify(stripped)).not.toContain('proxy');
        if (expires === 86_400 || expires === '86400') expect(links[0]?.offer.linkExpiresAt).toBe('2026-01-02T00:00:00.000Z');
        if (expires === 1e300 || expires === null || expires === -1) expect(links[0]?.offer.linkExpiresAt).toBeNull();
      }),
    );
  });
});
