import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  acceptsIdentifier,
  callPath,
  checkParameters,
  currentEndpoints,
  endpoints,
  endpointsForUseCase,
  findEndpoint,
  isOpenedBy,
  relevanceOf,
} from '../../../shared/catalogue';
import { quotaPools } from '../../../shared/catalogue/pools';
import type { Endpoint } from '../../../shared/catalogue/types';
import { USE_CASES } from '../../../shared/domain/use-case';

function get(id: string): Endpoint {
  const endpoint = findEndpoint(id);
  if (!endpoint) throw new Error(`no ${id}`);
  return endpoint;
}

const monthly = get('gip_mds.effectifs_mensuels.v3');

describe('the catalogue', () => {
  it('gives each endpoint its own id, built the same way, and a pool that exists', () => {
    expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length);
    const pools: readonly string[] = quotaPools.map(({ id }) => id);
    for (const { id, provider, version, pool, replacedBy, perimeter } of endpoints) {
      expect(id).toMatch(new RegExp(`^${provider}\\.[a-z_]+\\.v${version}$`));
      expect(pools).toContain(pool);
      expect(perimeter).toMatch(/\.$/);
      for (const successor of replacedBy) expect(findEndpoint(successor)?.version).toBeGreaterThan(2);
    }
  });

  it('offers one version of each resource, and never version 2', () => {
    const resources = currentEndpoints.map(({ id }) => id.replace(/\.v\d$/, ''));
    expect(new Set(resources).size).toBe(resources.length);
    expect(currentEndpoints.every(({ version }) => version >= 3)).toBe(true);
    expect(currentEndpoints).toContain(get('cma_france.entreprise_artisanale.v3'));
    expect(currentEndpoints).not.toContain(get('insee.unite_legale.v3'));
  });

  it('offers to a purpose nothing that it does not justify', () => {
    for (const useCase of USE_CASES) {
      const relevances = endpointsForUseCase(useCase).map((endpoint) => relevanceOf(endpoint, useCase));
      expect(relevances).not.toContain('injustifie');
      expect(relevances.lastIndexOf('indispensable')).toBeLessThan(relevances.indexOf('utile'));
    }
    expect(endpointsForUseCase('marches_publics')).not.toContain(get('inpi.beneficiaires_effectifs.v3'));
  });

  it('opens an endpoint with any one of its scopes', () => {
    const endpoint = get('dgfip.attestation_fiscale.v4');
    expect(endpoint.scopes.every((scope) => isOpenedBy(endpoint, ['other', scope]))).toBe(true);
    expect(isOpenedBy(endpoint, ['open_data'])).toBe(false);
    expect(isOpenedBy(get('european_commission.numero_tva.v3'), [])).toBe(true);
  });

  it('bounds documents longer than data', () => {
    expect(get('dgfip.attestation_fiscale.v4').timeoutMs).toBe(12_000);
    expect(get('opqibi.certification_ingenierie.v3').timeoutMs).toBe(5_000);
  });
});

describe('the address of a call', () => {
  it('puts each value in its place', () => {
    const path = callPath(monthly, '29903111200012', { year: '2024', month: '03', profondeur: '2' });
    expect(path).toBe('/v3/gip_mds/etablissements/29903111200012/effectifs_mensuels/03/annee/2024?profondeur=2');
    expect(callPath(get('urssaf.attestation_vigilance.v4'), '299031112', { 'Cache-Control': 'no-cache' })).not.toContain('cache');
  });

  it('keeps any value within its segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), (identifier) => {
        fc.pre(!/^\.+$/.test(identifier));
        const { pathname, search, hash } = new URL(`https://example.test${callPath(get('insee.unite_legale.v4'), identifier, {})}`);
        expect(pathname.split('/')).toHaveLength(6);
        expect(search + hash).toBe('');
      }),
    );
    expect(() => callPath(get('insee.unite_legale.v4'), '..', {})).toThrow();
    expect(() => callPath(monthly, '29903111200012', { month: '03' })).toThrow();
  });
});

describe('what is checked before a call', () => {
  const right = { year: '2024', month: '03' };
  it.each([
    ['a missing year', { month: '03' }],
    ['a month of one digit', { ...right, month: '3' }],
    ['too deep', { ...right, profondeur: '13' }],
    ['below zero', { ...right, profondeur: '-1' }],
    ['not a number', { ...right, profondeur: 'deux' }],
    ['an unknown kind', { ...right, nature_effectif: 'autre' }],
    ['an unknown parameter', { ...right, constructor: 'x' }],
  ])('refuses %s', (_, parameters) => {
    expect(checkParameters(monthly, parameters).ok).toBe(false);
  });

  it('accepts the bounds themselves', () => {
    expect(checkParameters(monthly, { ...right, profondeur: '12' }).ok).toBe(true);
    expect(checkParameters(get('dgfip.liasses_fiscales.v3'), { year: '2006' }).ok).toBe(true);
    expect(checkParameters(get('dgfip.liasses_fiscales.v3'), { year: '2005' }).ok).toBe(false);
  });

  it('accepts the kinds of identifier that the endpoint takes', () => {
    expect(acceptsIdentifier(get('insee.unite_legale.v4'), '299031112')).toBe(true);
    expect(acceptsIdentifier(get('insee.unite_legale.v4'), '29903111200012')).toBe(false);
    expect(acceptsIdentifier(get('djepva.association.v4'), 'W123456789')).toBe(true);
  });
});
