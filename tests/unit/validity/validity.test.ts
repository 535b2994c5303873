import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { currentEndpoints } from '../../../shared/catalogue';
import { addDays, addMonths } from '../../../shared/domain/days';
import { resourceOfEndpoint, ruledResources, ruleOf, VALIDITY_STATES, validityOf, validityOfDocument } from '../../../shared/domain/validity';
import { answerOf, documentOf, failureOf, known, MSA, TAX, today, VIGILANCE } from './made-up';

const vigilance = resourceOfEndpoint(VIGILANCE);
const tax = resourceOfEndpoint(TAX);
const msa = resourceOfEndpoint(MSA);
const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const noon = (isoDay: string) => `${isoDay}T12:00:00.000Z`;

describe('the rules', () => {
  it('name resources that the catalogue serves', () => {
    const served = new Set(currentEndpoints.map(({ id }) => resourceOfEndpoint(id)));
    expect(ruledResources.filter((resource) => !served.has(resource))).toEqual([]);
  });

  it('give every endpoint a source in words', () => {
    for (const { id } of currentEndpoints) expect(ruleOf(resourceOfEndpoint(id)).source).toMatch(/\.$/);
  });

  it('follow a resource through its versions', () => {
    expect(resourceOfEndpoint('urssaf.attestation_vigilance.v3')).toBe(vigilance);
    expect(resourceOfEndpoint('dgfip.attestation_fiscale.v3')).toBe(tax);
  });
});

describe('an attestation de vigilance', () => {
  it('holds six months from the day it certifies', () => {
    const document = documentOf(VIGILANCE, { documentDate: '2026-06-09' });
    expect(validityOf(vigilance, known({ documents: [document] }), today)).toMatchObject({ state: 'expiresSoon', holdsUntil: '2026-12-09', next: 'renew' });
  });

  it('holds until the end that it bears when it bears one', () => {
    const answer = answerOf(VIGILANCE, { date_fin_validite: '2027-01-31', entity_status: { code: 'ok' } });
    expect(validityOf(vigilance, known({ documents: [documentOf(VIGILANCE)], answers: [answer] }), today)).toMatchObject({ state: 'valid', holdsUntil: '2027-01-31' });
  });

  it('fetched eight months ago is expired', () => {
    const document = documentOf(VIGILANCE, { fetchedAt: '2026-03-25T09:00:00.000Z' });
    expect(validityOf(vigilance, known({ documents: [document] }), today)).toMatchObject({ state: 'expired', next: 'renew' });
  });

  it('that will not hold until the deadline is orange, whatever the threshold', () => {
    const document = documentOf(VIGILANCE, { documentDate: '2026-11-01' });
    const moment = { ...today, deadline: '2027-06-30', soonDays: 0 };
    const validity = validityOf(vigilance, known({ documents: [document] }), moment);
    expect(validity).toMatchObject({ state: 'expiresSoon', next: 'renew' });
    expect(validity.reason).toContain('avant l’échéance du 30/06/2027');
  });

  it('refused since is refused, though an earlier one still holds', () => {
    const refusal = answerOf(VIGILANCE, { entity_status: { code: 'refus_de_delivrance' } }, { at: '2026-11-24T09:00:00.000Z', id: 'c2', documents: false });
    const found = validityOf(vigilance, known({ documents: [documentOf(VIGILANCE)], answers: [refusal] }), today);
    expect(found).toMatchObject({ state: 'refused', next: 'ask', consultationId: 'c2' });
  });

  it('keeps a refusal through a breakdown', () => {
    const refusal = answerOf(VIGILANCE, { entity_status: { code: 'refus_de_delivrance' } }, { documents: false });
    const failure = failureOf(VIGILANCE, { kind: 'provider_down' });
    expect(validityOf(vigilance, known({ answers: [refusal], failures: [failure] }), today).state).toBe('refused');
  });

  it('is not hidden by a later breakdown or a 404', () => {
    for (const kind of ['provider_down', 'outside_perimeter', 'timeout'] as const) {
      const found = validityOf(vigilance, known({ documents: [documentOf(VIGILANCE)], failures: [failureOf(VIGILANCE, { kind })] }), today);
      expect(found.state).toBe('valid');
    }
  });

  it('offered and not yet fetched is to be downloaded', () => {
    const answer = answerOf(VIGILANCE, { entity_status: { code: 'ok' } });
    expect(validityOf(vigilance, known({ answers: [answer] }), today)).toMatchObject({ state: 'unknown', next: 'download', consultationId: 'c1' });
  });
});

describe('an attestation fiscale', () => {
  const fetched = (period: string) => known({ documents: [documentOf(TAX)], answers: [answerOf(TAX, { date_periode_analysee: period })] });

  it('tells the situation at the end of last month, until this month ends', () => {
    expect(validityOf(tax, fetched('2026-10-31'), { ...today, soonDays: 3 })).toMatchObject({ state: 'valid', holdsUntil: '2026-11-30' });
    expect(validityOf(tax, fetched('2026-09-30'), today)).toMatchObject({ state: 'expired', holdsUntil: '2026-10-31' });
  });

  it('is not asked again for the same month', () => {
    const validity = validityOf(tax, fetched('2026-10-31'), { ...today, deadline: '2026-12-20' });
    expect(validity).toMatchObject({ state: 'expiresSoon', next: 'wait' });
    expect(validity.reason).toContain('à partir du 01/12/2026');
  });
});

describe('other pieces', () => {
  it('an MSA answer under investigation is never taken for a proof', () => {
    const answer = answerOf(MSA, { status: 'under_investigation' }, { documents: false });
    expect(validityOf(msa, known({ answers: [answer], failures: [failureOf(MSA, { kind: 'timeout' })] }), today)).toMatchObject({ state: 'unknown', next: 'renew' });
  });

  it('a certificate ends on the day beside its own link', () => {
    const data = [{ data: { date_fin: '2026-05-01', document_url: null } }, { data: { date_fin: '2027-05-01', document_url: null } }];
    const answer = answerOf('qualifelec.certificats.v3', data);
    const document = documentOf('qualifelec.certificats.v3', { pointer: '/data/0/data/document_url' });
    expect(validityOfDocument(document, answer, today)).toMatchObject({ state: 'expired', holdsUntil: '2026-05-01' });
    expect(validityOf(resourceOfEndpoint('qualifelec.certificats.v3'), known({ answers: [answer] }), today)).toMatchObject({ state: 'valid', holdsUntil: '2027-05-01' });
  });

  it('a professional card holds for its year', () => {
    const document = documentOf('fntp.carte_professionnelle.v3', { fetchedAt: '2025-12-30T09:00:00.000Z' });
    expect(validityOfDocument(document, undefined, today)).toMatchObject({ state: 'expired', holdsUntil: '2025-12-31' });
  });

  it('a balance sheet has no end', () => {
    const document = documentOf('inpi.actes_bilans.v3', { fetchedAt: '2020-01-01T09:00:00.000Z' });
    expect(validityOfDocument(document, undefined, today)).toMatchObject({ state: 'valid', holdsUntil: null });
  });

  it('a deed does not stand for accounts where accounts are asked for', () => {
    const deed = documentOf('inpi.actes_bilans.v3', { pointer: '/data/actes/0/url' });
    const accounts = documentOf('inpi.actes_bilans.v3', { pointer: '/data/bilans/0/url' });
    const archive = documentOf('inpi.bilans.v2', { pointer: '/url_documents' });
    const stateOf = (resource: string, ...documents: (typeof deed)[]) => validityOf(resource, known({ documents }), today).state;
    expect(stateOf('inpi/rne/unites_legales/actes_bilans#bilans', deed)).toBe('unknown');
    expect(stateOf('inpi/rne/unites_legales/actes_bilans#bilans', deed, accounts)).toBe('valid');
    expect(stateOf('inpi/rne/unites_legales/actes_bilans#bilans', archive)).toBe('valid');
    expect(stateOf('inpi/rne/unites_legales/actes_bilans', deed)).toBe('valid');
  });

  it('a certificate without an end in its data is not said valid', () => {
    expect(validityOfDocument(documentOf('qualibat.certification_batiment.v3'), undefined, today).state).toBe('unknown');
  });

  it('a substantial refusal given as an error is a refusal, a 404 is not', () => {
    const cibtp = 'cibtp.attestation_cotisations.v3';
    const found = (code: string) => validityOf(resourceOfEndpoint(cibtp), known({ failures: [failureOf(cibtp, { code })] }), today).state;
    expect([found('38422'), found('38003')]).toEqual(['refused', 'outOfPerimeter']);
  });
});

describe('validity, whatever is known', () => {
  it('only ages: as days pass, a document goes from valid to soon to expired and never back', () => {
    const order = { valid: 0, expiresSoon: 1, expired: 2, unknown: 3, refused: 3, outOfPerimeter: 3 } as const;
    fc.assert(
      fc.property(fc.constantFrom(...currentEndpoints), day, fc.nat(400), fc.nat(60), fc.nat(90), (endpoint, fetched, age, more, soonDays) => {
        const document = documentOf(endpoint.id, { fetchedAt: noon(fetched), validUntil: addDays(fetched, 120) });
        const stateAfter = (days: number) => validityOfDocument(document, undefined, { today: addDays(fetched, days), deadline: null, soonDays }).state;
        expect(order[stateAfter(age + more)]).toBeGreaterThanOrEqual(order[stateAfter(age)]);
      }),
    );
  });

  it('says expired exactly when the last day is past', () => {
    fc.assert(
      fc.property(fc.constantFrom(...currentEndpoints), day, day, fc.nat(60), (endpoint, fetched, now, soonDays) => {
        const { state, holdsUntil } = validityOfDocument(documentOf(endpoint.id, { fetchedAt: noon(fetched) }), undefined, { today: now, deadline: null, soonDays });
        expect(state === 'expired').toBe(holdsUntil !== null && holdsUntil < now);
      }),
    );
  });

  it('no social or tax attestation fetched eight months ago passes for fresh', () => {
    const attestations = currentEndpoints.filter(({ id }) => /attestation|conformite|extrait/.test(id));
    fc.assert(
      fc.property(fc.constantFrom(...attestations), day, (endpoint, fetched) => {
        const document = documentOf(endpoint.id, { fetchedAt: noon(fetched) });
        expect(validityOfDocument(document, undefined, { ...today, today: addMonths(fetched, 8) }).state).toBe('expired');
      }),
    );
  });

  it('a nearer deadline never makes a state worse, and every state has a reason', () => {
    const severity = { valid: 0, expiresSoon: 1 } as const;
    fc.assert(
      fc.property(fc.constantFrom(...currentEndpoints), day, fc.nat(200), fc.nat(200), (endpoint, now, near, further) => {
        const document = documentOf(endpoint.id, { fetchedAt: noon(now) });
        const at = (days: number) => validityOfDocument(document, undefined, { today: now, deadline: addDays(now, days), soonDays: 5 });
        const [one, other] = [at(near), at(near + further)];
        expect(VALIDITY_STATES).toContain(one.state);
        expect(one.reason).toMatch(/\.$/);
        if (one.state === 'expiresSoon' || one.state === 'valid') expect(severity[one.state]).toBeLessThanOrEqual(severity[other.state as 'valid' | 'expiresSoon']);
      }),
    );
  });
});
