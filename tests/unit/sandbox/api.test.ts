import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { issueToken, type Sandbox, sandboxCompanies, startSandbox } from '../../../electron/sandbox';
import { call, companyWith, fakeClock, get, ordinaryCompany, RECIPIENT } from './support';

const ordinary = ordinaryCompany();
const unit = `/v4/insee/sirene/unites_legales/${ordinary.siren}`;
const clock = fakeClock();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ clock });
});
afterEach(() => {
  sandbox.control.clearFaults();
  sandbox.control.resetWindows();
  sandbox.control.setBan({ on: false });
});
afterAll(() => sandbox.close());

const codeOf = async (path: string, options?: Parameters<typeof call>[2]): Promise<string> => {
  const { status, json } = await call(sandbox, path, options);
  return `${status} ${json?.errors?.[0]?.code ?? ''}`;
};

describe('tokens and scopes', () => {
  it('refuses missing, forged, expired and blacklisted tokens', async () => {
    expect(await codeOf(unit, { token: null })).toBe('401 00101');
    expect(await codeOf(unit, { token: `${sandbox.tokens.complete.slice(0, -3)}abc` })).toBe('401 00101');
    expect(await codeOf(unit, { token: sandbox.tokens.expired })).toBe('401 00103');
    expect(await codeOf(unit, { token: sandbox.tokens.blacklisted })).toBe('401 00105');
  });

  it('opens an endpoint to any one of its scopes, and to no other', async () => {
    const token = issueToken({ scopes: ['extraits_rcs'] }, clock.now());
    expect(await codeOf(`/v3/infogreffe/rcs/unites_legales/${ordinary.siren}/extrait_kbis`, { token })).toBe('200 ');
    expect(await codeOf(unit, { token })).toBe('403 00100');
  });

  it('tells the privileges of a token without envelope', async () => {
    const token = issueToken({ scopes: ['open_data'] }, clock.now());
    expect((await call(sandbox, '/privileges', { token, query: {} })).json).toEqual({ privileges: ['open_data'] });
  });
});

describe('parameters', () => {
  const complete = { context: 'c', object: 'o', recipient: RECIPIENT };
  it.each([
    [{ object: 'o', recipient: RECIPIENT }, '422 00201'],
    [{ context: 'c', recipient: RECIPIENT }, '422 00202'],
    [{ context: 'c', object: 'o' }, '422 00203'],
    [{ ...complete, recipient: '12345678901234' }, '422 00210'],
    [{ ...complete, recipient: ordinary.siret }, '422 00211'],
  ])('demands the tracing parameters: %j', async (query, expected) => {
    expect(await codeOf(unit, { query: query as Record<string, string> })).toBe(expected);
  });

  it.each([
    ['/v4/insee/sirene/unites_legales/000000001', '422 00301'],
    ['/v4/insee/sirene/etablissements/123', '422 00302'],
    ['/v3/ministere_interieur/rna/associations/X1', '422 00303'],
    ['/v3/douanes/etablissements/-/immatriculations_eori', '422 00304'],
    ['/v3/data_subvention/associations/X1/subventions', '422 00330'],
    ['/v4/djepva/api-association/associations/X1', '422 00333'],
    [`/v3/dgfip/unites_legales/${ordinary.siren}/liasses_fiscales/1999`, '422 00307'],
    [`/v3/gip_mds/etablissements/${ordinary.siret}/effectifs_mensuels/13/annee/2025`, '422 00305'],
    ['/v4/insee/sirene/unites_legales/000000000', '404 01003'],
    [`/v4/infogreffe/rcs/unites_legales/${ordinary.siren}/extrait_kbis`, '404 00402'],
  ])('refuses %s', async (path, expected) => {
    expect(await codeOf(path)).toBe(expected);
  });
});

describe('special companies', () => {
  it('hides a partially diffused one from the open variant only', async () => {
    const { siren } = companyWith('partial_diffusion');
    expect(await codeOf(`/v4/insee/sirene/unites_legales/${siren}`)).toBe('200 ');
    expect(await codeOf(`/v4/insee/sirene/unites_legales/diffusibles/${siren}`)).toBe('404 01003');
  });

  it('answers 451, 404 03003 and 502 04501 where the law, the perimeter or an agent decides', async () => {
    expect(await codeOf(`/v4/insee/sirene/unites_legales/${companyWith('legally_unavailable').siren}`)).toBe('451 01005');
    expect(await codeOf(`/v4/dgfip/unites_legales/${companyWith('outside_fiscal_perimeter').siren}/attestation_fiscale`)).toBe('404 03003');
    const manual = await call(sandbox, `/v4/urssaf/unites_legales/${companyWith('manual_urssaf_analysis').siren}/attestation_vigilance`);
    expect([manual.status, manual.json?.errors?.[0]]).toMatchObject([502, { code: '04501', meta: { retry_in: 172_800 } }]);
  });

  it('refuses a vigilance attestation with a 200 and no link', async () => {
    const { json } = await call(sandbox, `/v4/urssaf/unites_legales/${companyWith('vigilance_refused').siren}/attestation_vigilance`);
    expect(json?.data).toMatchObject({ entity_status: { code: 'refus_de_delivrance' }, document_url: null });
  });

  it('redirects a duplicate', async () => {
    const { duplicateSiren, siren } = companyWith('duplicate');
    const { json } = await call(sandbox, `/v4/insee/sirene/unites_legales/${duplicateSiren ?? ''}`);
    expect([json?.data?.['siren'], json?.meta?.['redirect_from_siren']]).toEqual([siren, duplicateSiren]);
  });

  it('knows an association without SIREN by its RNA', async () => {
    const rna = sandboxCompanies().find(({ traits }) => traits.includes('no_siren'))?.rna ?? '';
    expect(await codeOf(`/v4/djepva/api-association/associations/${rna}`)).toBe('200 ');
  });
});

describe('coherence', () => {
  it('gives the same name and address at every provider', async () => {
    for (const { siren, siret, name, traits } of sandboxCompanies()) {
      if (!siren || !siret || traits.includes('legally_unavailable')) continue;
      const [place, extract, rne] = await Promise.all([
        call(sandbox, `/v4/insee/sirene/etablissements/${siret}`),
        call(sandbox, `/v3/infogreffe/rcs/unites_legales/${siren}/extrait_kbis`),
        call(sandbox, `/v3/inpi/rne/unites_legales/${siren}/extrait_rne`),
      ]);
      sandbox.control.resetWindows();
      const address = place.json?.data?.['adresse'] as { acheminement_postal: { l1: string; l4: string } };
      expect(address.acheminement_postal.l1).toBe(name);
      if (extract.status === 200) expect(extract.json?.data?.['personne_morale']).toMatchObject({ denomination: name });
      if (rne.status === 200) {
        expect(rne.json?.data?.['identite_entreprise']).toMatchObject({ siren, adresse_siege_social: { voie: address.acheminement_postal.l4 } });
      }
    }
  });
});

describe('platform', () => {
  it('puts quota, identity and cache in the headers of errors too', async () => {
    for (const path of [unit, '/v4/insee/sirene/unites_legales/000000000', '/v4/insee/sirene/unites_legales/1']) {
      const { headers } = await call(sandbox, path);
      expect(Object.keys(headers)).toEqual(
        expect.arrayContaining(['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'x-request-id', 'x-response-cached', 'x-cache-expires-in', 'date']),
      );
    }
  });

  it('answers 410 in plain text on dead routes', async () => {
    for (const path of [`/v2/entreprises/${ordinary.siren}`, `/v3/inpi/unites_legales/${ordinary.siren}/actes`]) {
      const { status, headers } = await call(sandbox, path);
      expect([status, headers['content-type']]).toEqual([410, 'text/plain; charset=utf-8']);
    }
  });

  it('shows a fallen provider in its ping and its answers', async () => {
    sandbox.control.setProviderDown({ provider: '01', down: true });
    expect((await get(`${sandbox.apiUrl}/ping/insee/sirene`)).status).toBe(502);
    expect(await codeOf(unit)).toBe('504 01002');
    sandbox.control.setProviderDown({ provider: '01', down: false });
    expect((await get(`${sandbox.apiUrl}/ping/insee/sirene`)).status).toBe(200);
  });

  it('announces a maintenance with its end', async () => {
    sandbox.control.setMaintenance({ provider: '03', retryInS: 3_600 });
    const { status, json } = await call(sandbox, `/v3/dgfip/etablissements/${ordinary.siret}/chiffres_affaires`);
    sandbox.control.setMaintenance({ provider: '03', retryInS: null });
    expect([status, json?.errors?.[0]]).toMatchObject([503, { code: '03020', meta: { retry_in: 3_600 } }]);
  });

  it('caches an answer until its time, unless told not to', async () => {
    const path = `/v3/dgfip/etablissements/${ordinary.siret}/chiffres_affaires`;
    const cachedOf = async (headers = {}) => (await call(sandbox, path, { headers })).headers['x-response-cached'];
    clock.advance(3_600_001);
    expect([await cachedOf(), await cachedOf(), await cachedOf({ 'cache-control': 'no-cache' })]).toEqual(['false', 'true', 'false']);
  });

  it('refuses a host that is not a loopback one', async () => {
    expect((await get(`${sandbox.apiUrl}/pings`, { host: 'ailleurs.example' })).status).toBe(421);
  });

  it('refuses the same call while the first is running', async () => {
    sandbox.control.addFault({ path: unit, latencyMs: 200, times: 1 });
    const outcomes = await Promise.all([codeOf(unit), codeOf(unit)]);
    expect(outcomes.sort()).toEqual(['200 ', '409 00015']);
    expect(await codeOf(unit)).toBe('200 ');
  });
});
