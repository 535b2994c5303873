import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findEndpoint } from '../../../shared/catalogue';
import { API_ERROR_KINDS } from '../../../shared/domain/api-error';
import { errorOf, interpretFailure } from '../../../shared/errors';
import { providerOfPrefix } from '../../../shared/errors/providers';
import { errorWords } from '../../../shared/reading';

const endpoint = findEndpoint('dgfip.attestation_fiscale.v4') ?? null;

function interpret(status: number, body?: unknown, retryAfterSeconds: number | null = null) {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return interpretFailure({ status, body: text, contentType: null, endpoint, requestId: 'r-1', retryAfterSeconds });
}
const withCode = (code: string, meta: object = {}) => ({ errors: [{ code, title: 't', detail: 'd', meta }] });

const kindOfStatus = {
  400: 'parameter', 401: 'token', 403: 'refused', 404: 'outside_perimeter', 409: 'conflict', 410: 'gone', 422: 'parameter',
  429: 'quota', 451: 'unavailable_by_law', 500: 'service_down', 502: 'provider_down', 503: 'provider_down', 504: 'provider_down',
} as const;

describe('the kind of a failure', () => {
  it.each(Object.entries(kindOfStatus))('is that of %s whatever the body', (status, kind) => {
    for (const body of [undefined, '', '<html><h1>Oups</h1></html>', 'Gone', '{"errors":["texte"],"gateway_error":true}', '[]', 'null']) {
      expect(interpret(Number(status), body).kind).toBe(kind);
    }
  });

  it('is « hors périmètre » with a 404 only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.stringMatching(/^\d{5}$/), (status, code) => {
        if (interpret(status, withCode(code)).kind === 'outside_perimeter') expect(status).toBe(404);
      }),
    );
  });

  it('is refined by the code', () => {
    expect(interpret(404, withCode('00402')).kind).toBe('version');
    expect(interpret(422, withCode('00211')).kind).toBe('justification');
    expect(interpret(404, withCode('03003')).message).toContain(endpoint?.perimeter);
    expect(interpret(404, withCode('38422')).message).not.toContain('Périmètre');
  });
});

describe('a failure that is not a 404', () => {
  it.each([409, 410, 429, 451, 500, 502, 503, 504])('with %i and no usable body, is never told as unknown or outside a perimeter', (status) => {
    for (const body of [undefined, '', '   ', '<html><body>Not found</body></html>', 'Entité inconnue', '{', '{"errors":[]}', '{"errors":null}', '{"error":"inconnu"}', '[[]]']) {
      const error = interpret(status, body);
      expect(error.kind).not.toBe('outside_perimeter');
      expect(`${errorWords[error.kind]} ${error.message} ${error.advice}`).not.toMatch(/hors périmètre|périmètre\u00a0:|ne le connaît pas|introuvable/i);
    }
  });
});

describe('the shapes of a failure', () => {
  it('reads codes sent as numbers, items without meta, and passes over what is no error', () => {
    expect(interpret(422, { errors: [{ code: 211 }] })).toMatchObject({ kind: 'justification', code: '00211' });
    expect(interpret(404, { errors: [{ code: 3003, meta: null }] })).toMatchObject({ kind: 'outside_perimeter', code: '03003' });
    expect(interpret(401, { errors: [null, 'texte', { code: '00103' }] })).toMatchObject({ kind: 'token', code: '00103' });
    expect(interpret(429, { errors: { code: '00429' } })).toMatchObject({ kind: 'quota', code: '00429' });
    expect(interpret(502, { errors: ['Erreur du fournisseur'], gateway_error: true })).toMatchObject({ kind: 'provider_down', code: null });
  });

  it('prefers the provider’s own words to those of the service', () => {
    const errors = [{ code: '03999', detail: 'détail du service', meta: { provider: 'DGFIP', provider_errors: [{ code: 'X1', description: 'Dossier fiscal en cours de migration' }] } }];
    const { message } = interpret(502, { errors });
    expect(message).toContain('Dossier fiscal en cours de migration');
    expect(message).not.toContain('détail du service');
  });

  it('gives a code that no list holds the provider of its prefix, the kind of its status, and whole sentences', () => {
    for (const prefix of Object.keys(providerOfPrefix)) {
      for (const [status, kind] of Object.entries(kindOfStatus)) {
        const error = interpret(Number(status), withCode(`${prefix}987`));
        expect([prefix, status, error.kind, error.provider]).toEqual([prefix, status, kind, providerOfPrefix[prefix] ?? '']);
        expect(error.message).toMatch(/^[^{}]+[.…]/);
        expect(error.advice).toMatch(/^[^{}]+\.$/);
      }
    }
  });
});

describe('interpretFailure', () => {
  it('is total: any body and any status give whole sentences', () => {
    const body = fc.oneof(fc.string(), fc.json(), fc.anything().map((value) => JSON.stringify({ errors: [value] })), fc.record({ code: fc.anything(), meta: fc.anything(), detail: fc.anything() }).map((error) => JSON.stringify({ errors: [error] })));
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 1000 }), body, fc.option(fc.double()), (status, text, retryAfter) => {
        const error = interpret(status, text, retryAfter);
        expect(API_ERROR_KINDS).toContain(error.kind);
        expect(error.message.length).toBeGreaterThan(10);
        expect(error.advice.length).toBeGreaterThan(10);
        if ('seconds' in error.retry) expect(error.retry.seconds).toBeGreaterThan(0);
      }),
    );
  });

  it('names the provider that the body names, then the one of the prefix, then that of the endpoint', () => {
    expect(interpret(404, withCode('31003', { provider: 'CMA France' })).provider).toBe('CMA France');
    expect(interpret(502, withCode('04999')).provider).toBe('Urssaf');
    expect(interpret(502).provider).toBe('DGFIP');
    expect(interpret(401, withCode('00101')).provider).toBeNull();
  });

  it('waits as long as the service says, and reminds beyond an hour', () => {
    expect(interpret(503, withCode('03020', { retry_in: 15_397 })).retry).toEqual({ rule: 'remind', seconds: 15_397 });
    expect(interpret(504, withCode('00501', { retry_in: 10 })).retry).toMatchObject({ rule: 'after', seconds: 10 });
    expect(interpret(502, withCode('04501')).retry).toEqual({ rule: 'remind', seconds: 172_800 });
    expect(interpret(429, undefined, 32).retry).toMatchObject({ rule: 'after', seconds: 32 });
    expect(interpret(429, undefined, 0).retry).toMatchObject({ rule: 'after', seconds: 60 });
    expect(interpret(404, withCode('03003', { retry_in: 10 })).retry).toEqual({ rule: 'never' });
  });

  it('repeats no address and no token', () => {
    for (const detail of ['https://entreprise.test/proxy/files/1', 'token=abc', 'eyJhbGciOi.x.y']) {
      expect(JSON.stringify(interpret(502, { errors: [detail] }))).not.toContain(detail);
    }
    expect(interpret(502, { errors: ['Base en cours de sauvegarde'] }).message).toContain('Base en cours de sauvegarde');
  });
});

describe('errorOf', () => {
  it.each(API_ERROR_KINDS)('says %s in two sentences', (kind) => {
    const error = errorOf(kind);
    expect(error).toMatchObject({ kind, status: null });
    expect(error.message).toMatch(/^[^{}]+\.$/);
    expect(error.advice).toMatch(/^[^{}]+\.$/);
  });
});
