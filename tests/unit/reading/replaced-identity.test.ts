import { describe, expect, it } from 'vitest';

import { replacementOf } from '../../../renderer/features/company/replaced-identity';
import type { Siret } from '../../../shared/domain/identifiers';

const DUPLICATE = '299031112';
const SIREN = '299028209';
const SIRET = '29902820900011' as Siret;
const company = { identifier: DUPLICATE, siret: null };

describe('a company that the Insee holds for a duplicate', () => {
  it('is replaced by the SIREN of the answer', () => {
    expect(replacementOf(company, [{ data: { siren: SIREN }, meta: { redirect_from_siren: DUPLICATE } }])).toEqual({ asked: DUPLICATE, identifier: SIREN, siret: null });
  });

  it('is replaced by the SIRET of the answer, where one is told', () => {
    const answers = [{ data: { siret: SIRET }, meta: { redirect_from_siret: null, redirect_from_siren: DUPLICATE } }];
    expect(replacementOf(company, answers)).toEqual({ asked: DUPLICATE, identifier: SIREN, siret: SIRET });
  });

  it('is not replaced by an answer without a redirection, for another company, or that names nobody', () => {
    expect(replacementOf(company, [])).toBeNull();
    expect(replacementOf(company, [{ data: { siren: SIREN }, meta: { redirect_from_siren: null } }])).toBeNull();
    expect(replacementOf(company, [{ data: { siren: SIREN }, meta: { redirect_from_siren: SIREN } }])).toBeNull();
    expect(replacementOf(company, [{ data: { siren: '123' }, meta: { redirect_from_siren: DUPLICATE } }])).toBeNull();
    expect(replacementOf(company, [{ data: null, meta: { redirect_from_siren: DUPLICATE } }])).toBeNull();
  });

  it('goes on being itself once it has the identifier that replaced another', () => {
    expect(replacementOf({ identifier: SIREN, siret: SIRET }, [{ data: { siret: SIRET }, meta: { redirect_from_siret: SIRET } }])).toBeNull();
  });
});
