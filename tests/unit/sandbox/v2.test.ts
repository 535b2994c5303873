import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { issueToken, type Sandbox, sandboxCompanies, sandboxV2Routes, startSandbox } from '../../../electron/sandbox';
import { v2Endpoints } from '../../../shared/catalogue';
import { call, companyWith, fakeClock, get, ordinaryCompany, RECIPIENT } from './support';

const ordinary = ordinaryCompany();
const tracing = { context: 'marchés publics', object: 'MAPA 2026-04', recipient: RECIPIENT };
const clock = fakeClock();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ clock, v2Enabled: true });
});
afterEach(() => {
  sandbox.control.resetWindows();
  for (const provider of ['01', '02']) sandbox.control.setProviderDown({ provider, down: false });
});
afterAll(() => sandbox.close());

async function ask(path: string, options: Parameters<typeof call>[2] = {}) {
  const { status, text, headers } = await call(sandbox, path, options);
  return { status, headers, body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>) };
}

const refusal = async (path: string, options: Parameters<typeof call>[2] = {}) => {
  const { status, body } = await ask(path, options);
  const [error] = body?.['errors'] as readonly unknown[];
  return [status, typeof error, body?.['gateway_error']];
};

/** Key of the success shape, as the documentation of version 2 names it. */
const keys: Readonly<Record<string, string>> = {
  entreprises: 'entreprise',
  etablissements: 'etablissement',
  extraits_rcs_infogreffe: 'date_immatriculation',
  associations: 'association',
  documents_associations: 'documents',
  actes_inpi: 'url_documents',
  bilans_inpi: 'url_documents',
  extraits_courts_inpi: 'brevets',
  conventions_collectives: 'conventions',
  entreprises_artisanales_cma: 'entreprise',
  effectifs_annuels_acoss_covid: 'effectifs_annuels',
  effectifs_mensuels_acoss_covid: 'effectifs_mensuels',
  exercices: 'exercices',
  bilans_entreprises_bdf: 'monnaie',
  liasses_fiscales_dgfip: 'declarations',
  attestations_fiscales_dgfip: 'url',
  attestations_sociales_acoss: 'url',
  attestations_agefiph: 'derniere_annee_de_conformite_connue',
  cotisations_msa: 'a_jour',
  attestations_cotisation_retraite_probtp: 'url',
  eligibilites_cotisation_retraite_probtp: 'eligible',
  cartes_professionnelles_fntp: 'url',
  certificats_cnetp: 'url',
  certificats_rge_ademe: 'qualifications',
  certificats_qualibat: 'url',
  certificats_opqibi: 'url',
  certificats_agence_bio: 'certifications',
  eori_douanes: 'numero_eori',
};

describe('version 2', () => {
  it('is played whole', () => {
    expect(sandboxV2Routes.map(({ path }) => path)).toEqual(v2Endpoints.map(({ path }) => path));
  });

  it.each(v2Endpoints.map(({ path, identifiers, identifierParameter }) => ({ path, identifiers, identifierParameter })))('answers $path without envelope', async (endpoint) => {
    const shown: Record<string, unknown>[] = [];
    for (const { siren, siret, rna } of sandboxCompanies()) {
      const known: Readonly<Record<string, string | null>> = { siren, siret, rna, eori: siret && `FR${siret}` };
      const identifier = endpoint.identifiers.length === 0 ? '-' : endpoint.identifiers.map((kind) => known[kind]).find(Boolean);
      if (!identifier) continue;
      const path = endpoint.path.replace(`{${endpoint.identifierParameter}}`, identifier).replace('{annee}', '2024').replace('{mois}', '03');
      sandbox.control.resetWindows();
      const { status, body } = await ask(path);
      expect([200, 404, 451, 502], `${path} ${JSON.stringify(body)}`).toContain(status);
      if (status === 200 && body) shown.push(body);
      else expect(body).toEqual({ errors: [expect.any(String)], gateway_error: true });
    }
    const isDictionary = endpoint.path.endsWith('/dictionnaire');
    const name = endpoint.path.split('/')[2] ?? '';
    expect(shown.length).toBeGreaterThan(0);
    for (const body of shown) {
      expect(Object.keys(body)).toContain(isDictionary ? 'dictionnaire' : keys[name]);
      expect(body).not.toHaveProperty('data');
    }
  });

  it('is closed unless it is enabled, and can be closed again', async () => {
    const path = `/v2/etablissements/${ordinary.siret}`;
    sandbox.control.enableV2({ enabled: false });
    const closed = await call(sandbox, path);
    sandbox.control.enableV2({ enabled: true });
    expect([closed.status, closed.headers['content-type'], closed.json]).toEqual([410, 'text/plain; charset=utf-8', undefined]);
    expect((await call(sandbox, path)).status).toBe(200);
  });

  it('refuses in sentences', async () => {
    const path = `/v2/entreprises/${ordinary.siren}`;
    expect(await refusal(path, { token: null })).toEqual([401, 'string', false]);
    expect(await refusal(path, { token: issueToken({ scopes: [] }, clock.now()) })).toEqual([403, 'string', false]);
    expect(await refusal(path, { query: { context: 'c' } })).toEqual([422, 'string', false]);
    expect(await refusal('/v2/entreprises/123')).toEqual([422, 'string', false]);
    expect(await refusal('/v2/entreprises/000000000')).toEqual([404, 'string', true]);
    expect(await refusal('/v2/entreprise/000000000')).toEqual([404, 'string', false]);
    expect(await refusal(`/v2/attestations_fiscales_dgfip/${ordinary.siren}`, { query: { ...tracing, siren_tva: '1' } })).toEqual([422, 'string', false]);
  });

  it('takes the token in the query too, and writes it nowhere', async () => {
    const { status } = await ask(`/v2/etablissements/${ordinary.siret}`, { token: null, query: { ...tracing, token: sandbox.tokens.complete } });
    expect(status).toBe(200);
    expect(JSON.stringify(sandbox.requestLog())).not.toContain(sandbox.tokens.complete);
    const later = await ask(`/v4/insee/sirene/etablissements/${ordinary.siret}`, { token: null, query: { ...tracing, token: sandbox.tokens.complete } });
    expect(later.status).toBe(401);
  });

  it('marks what one of the merged providers did not give', async () => {
    sandbox.control.setProviderDown({ provider: '02', down: true });
    const { status, body } = await ask(`/v2/entreprises/${ordinary.siren}`);
    expect([status, body?.['gateway_error']]).toEqual([206, true]);
    expect(body?.['entreprise']).toMatchObject({ siren: ordinary.siren, capital_social: 'Donnée indisponible' });
    sandbox.control.setProviderDown({ provider: '01', down: true });
    expect(await refusal(`/v2/entreprises/${ordinary.siren}`)).toEqual([504, 'string', true]);
  });

  it('opens undiffused entities on demand only', async () => {
    const path = `/v2/entreprises/${companyWith('partial_diffusion').siren}`;
    expect(await refusal(path)).toEqual([451, 'string', true]);
    expect((await ask(path, { query: { ...tracing, non_diffusables: 'true' } })).status).toBe(200);
  });

  it('sends a duplicate to the right one', async () => {
    const { siren, duplicateSiren } = companyWith('duplicate');
    const { status, headers } = await ask(`/v2/entreprises/${duplicateSiren ?? ''}`);
    expect([status, headers['location']]).toEqual([301, `${sandbox.apiUrl}/v2/entreprises/${siren}`]);
  });

  it.each([
    [`/v2/attestations_fiscales_dgfip/${ordinary.siren}`, '5'],
    [`/v2/actes_inpi/${ordinary.siren}`, '5'],
    [`/v2/bilans_inpi/${ordinary.siren}`, '5'],
    [`/v2/attestations_sociales_acoss/${ordinary.siren}`, '50'],
    [`/v2/etablissements/${ordinary.siret}`, '250'],
    [`/v2/effectifs_annuels_acoss_covid/${ordinary.siren}`, '250'],
    [`/v2/attestations_agefiph/${ordinary.siret}`, '250'],
  ])('limits %s to %s calls a minute, in a counter of its own', async (path, limit) => {
    const { headers } = await ask(path);
    expect([headers['ratelimit-limit'], headers['ratelimit-remaining']]).toEqual([limit, String(Number(limit) - 1)]);
  });

  it('refuses the sixth archive of a minute', async () => {
    const statuses = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await ask(`/v2/actes_inpi/${ordinary.siren}`)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('gives ZIP archives of PDF and XML, always the same bytes', async () => {
    for (const name of ['actes_inpi', 'bilans_inpi']) {
      const first = await archiveOf(name);
      expect(first.type).toBe('application/zip');
      expect(first.bytes.subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004'));
      expect((await archiveOf(name)).bytes.equals(first.bytes)).toBe(true);
      expect(first.names.length).toBeGreaterThan(2);
      expect(first.names.filter((entry) => entry.endsWith('.pdf')).map((entry) => entry.replace('.pdf', '.xml')).sort()).toEqual(
        first.names.filter((entry) => entry.endsWith('.xml')).sort(),
      );
    }
  });
});

async function archiveOf(name: string) {
  const { body } = await ask(`/v2/${name}/${ordinary.siren}`);
  const response = await request(String(body?.['url_documents']));
  const bytes = Buffer.from(await response.body.arrayBuffer());
  return { type: response.headers['content-type'], bytes, names: namesIn(bytes) };
}

/** Names in the central directory of a ZIP file. */
function namesIn(zip: Buffer): readonly string[] {
  const names: string[] = [];
  const header = Buffer.from('PK\u0001\u0002');
  for (let at = zip.indexOf(header); at !== -1; at = zip.indexOf(header, at + 46)) {
    names.push(zip.subarray(at + 46, at + 46 + zip.readUInt16LE(at + 28)).toString());
  }
  return names;
}

it('closes version 2 by default', async () => {
  const usual = await startSandbox({ clock });
  expect((await get(`${usual.apiUrl}/v2/entreprises/${ordinary.siren}`)).status).toBe(410);
  await usual.close();
});
