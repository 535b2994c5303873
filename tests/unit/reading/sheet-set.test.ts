import { describe, expect, it } from 'vitest';

import { companySet } from '../../../renderer/features/company/company-set';
import { endpointSet, inReadingOrder, sectionOf } from '../../../renderer/features/company/endpoint-set';
import { choiceOf } from '../../../renderer/features/search/choices';
import { defaultParameters, endpoints, findEndpoint, identifierFor } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { DossierCompany } from '../../../shared/domain/dossier';
import type { Siren, Siret } from '../../../shared/domain/identifiers';
import { USE_CASES } from '../../../shared/domain/use-case';
import type { Habilitation } from '../../../shared/domain/habilitation';
import { readCard, resourceOf } from '../../../shared/reading';

const company: DossierCompany = { identifier: '299031112', siret: '29903111200012' as Siret, isHeadOffice: false, name: 'ATELIERS DU VERGER', role: 'candidat', addedAt: '' };

function habilitationWith(privileges: readonly string[] | null): Habilitation {
  const token = { uid: null, subject: null, scopes: [], issuedAt: null, expiresAt: null, state: 'active', privileges, privilegesCheckedAt: null } as const;
  return { id: 'h', title: 'h', environment: 'sandbox', recipients: [], contexts: [], useCases: [], agents: [], token };
}

function known(id: string): Endpoint {
  const endpoint = findEndpoint(id);
  if (!endpoint) throw new Error(`${id} is not in the catalogue`);
  return endpoint;
}

describe('the set of a dossier', () => {
  it.each(USE_CASES)('for %s, holds what is indispensable and nothing unjustified, one variant of each', (useCase) => {
    const { wanted, addable, unjustified } = endpointSet(endpoints, { useCase }, null);
    expect(wanted.filter((endpoint) => endpoint.useCases[useCase] === 'injustifie')).toEqual([]);
    expect(addable.filter((endpoint) => endpoint.useCases[useCase] === 'injustifie')).toEqual([]);
    const offered = [...wanted, ...addable, ...unjustified].map(({ path }) => resourceOf(path));
    expect(new Set(offered).size).toBe(offered.length);
    const missing = endpoints.filter(
      (endpoint) => endpoint.version !== 2 && !endpoint.deprecated && endpoint.useCases[useCase] === 'indispensable' && !wanted.some(({ path }) => resourceOf(path) === resourceOf(endpoint.path)),
    );
    expect(missing).toEqual([]);
  });

  it('does not call what the token does not open, but names it', () => {
    const { wanted, closed } = endpointSet(endpoints, { useCase: 'marches_publics' }, habilitationWith(['open_data']));
    expect(wanted.map(({ id }) => id)).not.toContain('dgfip.attestation_fiscale.v4');
    expect(closed.map(({ id }) => id)).toContain('dgfip.attestation_fiscale.v4');
  });

  it('falls back on the open variant when the token opens only that one', () => {
    const { wanted, closed } = endpointSet(endpoints, { useCase: 'marches_publics' }, habilitationWith(['open_data']));
    const establishment = wanted.find(({ path }) => resourceOf(path) === 'insee/sirene/etablissements');
    expect(establishment?.opening).toBe('open');
    expect(closed.map(({ path }) => resourceOf(path))).not.toContain('insee/sirene/etablissements');
  });

  it('offers version 2 where its setting is on, never together with the rest, and only what the token opens', () => {
    expect(endpointSet(endpoints, { useCase: 'marches_publics' }, null).v2).toEqual([]);
    const { v2, wanted, addable, unjustified, closed } = endpointSet(endpoints, { useCase: 'marches_publics' }, null, { useV2: true });
    expect(v2).toEqual(endpoints.filter(({ version }) => version === 2));
    expect([...wanted, ...addable, ...unjustified, ...closed].filter(({ version }) => version === 2)).toEqual([]);
    const opened = endpointSet(endpoints, { useCase: 'marches_publics' }, habilitationWith(['open_data']), { useV2: true }).v2.map(({ id }) => id);
    expect(opened).toContain('inpi.actes.v2');
    expect(opened).not.toContain('dgfip.attestation_fiscale.v2');
  });

  it('takes a new version of an endpoint in its place, from the catalogue alone', () => {
    const old = known('insee.unite_legale.v4');
    const next: Endpoint = { ...old, id: 'insee.unite_legale.v5', version: 5, path: old.path.replace('/v4/', '/v5/') };
    const { wanted } = endpointSet([...endpoints, next], { useCase: 'marches_publics' }, null);
    expect(wanted.filter(({ path }) => resourceOf(path) === resourceOf(old.path))).toEqual([next]);
    expect(inReadingOrder(wanted)[0]).toBe(next);
    const data = { siren: '299031112', personne_morale_attributs: { raison_sociale: 'ATELIERS DU VERGER' } };
    expect(readCard({ data, meta: {}, documents: [] }, next.path).facts).toMatchObject([{ label: 'Raison sociale', text: 'ATELIERS DU VERGER' }]);
  });

  it('puts version 2 beside what replaces it, under a title that tells it apart', () => {
    expect(sectionOf(known('urssaf.attestation_vigilance.v2'))).toBe(sectionOf(known('urssaf.attestation_vigilance.v4')));
    const titles = endpoints.filter(({ version }) => version === 2).map(({ title }) => title);
    expect(titles.filter((title) => endpoints.some((other) => other.version !== 2 && other.title === title))).toEqual([]);
  });

  it('puts what every sheet shows first', () => {
    const { wanted } = endpointSet(endpoints, { useCase: 'marches_publics' }, null);
    expect(inReadingOrder(wanted)[0]?.id).toBe('insee.unite_legale.v4');
  });
});

describe('what one company is asked', () => {
  const { wanted } = endpointSet(endpoints, { useCase: 'marches_publics' }, null);
  const atHeadOffice = { ...company, isHeadOffice: true };
  const ids = (asked: readonly Endpoint[]) => asked.map(({ id }) => id);
  const headOffice = (siret: string | null) => ({ endpointId: 'insee.siege_social.v4', data: { siret } });

  it('is not its head office twice, once by SIREN and once by SIRET', () => {
    const { callable, repeated, withoutIdentifier } = companySet(wanted, atHeadOffice, []);
    expect(ids(repeated)).toEqual(['insee.etablissement.v4']);
    expect(ids(callable)).toContain('insee.siege_social.v4');
    expect(new Set([...callable, ...repeated, ...withoutIdentifier])).toEqual(new Set(wanted));
    expect(callable.length + repeated.length + withoutIdentifier.length).toBe(wanted.length);
  });

  it('is its establishment when that is another, or nobody said which is the head office', () => {
    expect(companySet(wanted, company, []).repeated).toEqual([]);
    const withoutHeadOffice = wanted.filter(({ id }) => id !== 'insee.siege_social.v4');
    expect(companySet(withoutHeadOffice, atHeadOffice, []).repeated).toEqual([]);
    expect(companySet(wanted, { ...atHeadOffice, siret: null }, []).repeated).toEqual([]);
  });

  it('follows what the register says of the head office, over what the directory said', () => {
    expect(companySet(wanted, atHeadOffice, [headOffice('29903111200099')]).repeated).toEqual([]);
    expect(ids(companySet(wanted, company, [headOffice('29903111200012')]).repeated)).toEqual(['insee.etablissement.v4']);
    expect(ids(companySet(wanted, atHeadOffice, [headOffice(null)]).repeated)).toEqual(['insee.etablissement.v4']);
  });

  it('is told by the directory: the head office, or the establishment that was typed', () => {
    const match = { siren: '299031112' as Siren, headOfficeSiret: '29903111200012' as Siret, name: 'ATELIERS DU VERGER' };
    expect(choiceOf(match, null)).toMatchObject({ siret: '29903111200012', isHeadOffice: true });
    expect(choiceOf(match, '29903111200012' as Siret).isHeadOffice).toBe(true);
    expect(choiceOf(match, '29903111200020' as Siret)).toMatchObject({ siret: '29903111200020', isHeadOffice: false });
    expect(choiceOf({ ...match, headOfficeSiret: null }, null)).toMatchObject({ siret: null, isHeadOffice: false });
  });
});

describe('what is sent for a company', () => {
  it('is the identifier that the endpoint takes, or nothing', () => {
    expect(identifierFor(known('insee.unite_legale.v4'), company)).toBe('299031112');
    expect(identifierFor(known('insee.etablissement.v4'), company)).toBe('29903111200012');
    expect(identifierFor(known('insee.etablissement.v4'), { ...company, siret: null })).toBeNull();
    expect(identifierFor(known('insee.unite_legale.v4'), { ...company, identifier: 'W751080001' })).toBeNull();
    expect(identifierFor(known('dgfip.liasses_fiscales_dictionnaire.v2'), company)).toBe('299031112');
    expect(identifierFor(known('ministere_interieur.associations.v2'), { ...company, siret: null, identifier: 'W751080001' })).toBe('W751080001');
  });

  it('fills required parameters with a period that is complete', () => {
    const monthly = endpoints.find(({ path }) => path.includes('effectifs_mensuels') && path.startsWith('/v3'));
    if (!monthly) throw new Error('effectifs mensuels are not in the catalogue');
    expect(defaultParameters(monthly, new Date('2026-01-15T12:00:00Z'))).toMatchObject({ year: '2025', month: '11' });
    expect(defaultParameters(known('urssaf.effectifs_mensuels_entreprise.v2'), new Date('2026-01-15T12:00:00Z'))).toEqual({ annee: '2025', mois: '11' });
    expect(defaultParameters(known('insee.unite_legale.v4'), new Date())).toEqual({});
  });
});
