import { afterAll, beforeAll, expect, it } from 'vitest';

import { type Sandbox, startSandbox } from '../../../electron/sandbox';
import { companyWith, fakeClock, get, ordinaryCompany } from './support';

const clock = fakeClock();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ clock });
});
afterAll(() => sandbox.close());

async function search(query: Record<string, string>): Promise<{ readonly status: number; readonly body: Record<string, unknown>; readonly sirens: readonly string[] }> {
  clock.advance(1_000);
  const { status, text } = await get(`${sandbox.searchUrl}/search?${new URLSearchParams(query).toString()}`);
  const body = JSON.parse(text) as Record<string, unknown>;
  const results = (body['results'] ?? []) as readonly { siren: string }[];
  return { status, body, sirens: results.map(({ siren }) => siren) };
}

it('finds by words without accents, and by SIREN or SIRET whatever the filters', async () => {
  const { siren, siret } = ordinaryCompany();
  expect((await search({ q: 'ateliers vallon' })).sirens).toEqual([siren]);
  expect((await search({ q: siren, departement: '99' })).sirens).toEqual([siren]);
  expect((await search({ q: siret })).sirens).toEqual([siren]);
  expect((await search({ q: 'ELECTRICITE lune' })).sirens).toHaveLength(1);
});

it('filters and pages', async () => {
  const { body, sirens } = await search({ etat_administratif: 'C' });
  expect(sirens).toEqual([companyWith('ceased').siren]);
  expect(body).toMatchObject({ total_results: 1, page: 1, per_page: 10, total_pages: 1 });
  const first = await search({ etat_administratif: 'A', per_page: '5', page: '1' });
  const second = await search({ etat_administratif: 'A', per_page: '5', page: '2' });
  expect(new Set([...first.sirens, ...second.sirens]).size).toBe(10);
});

it('leaves partially diffused entities out', async () => {
  expect((await search({ q: companyWith('partial_diffusion').siren })).sirens).toEqual([]);
});

it('says what is wrong in `erreur`', async () => {
  for (const query of [{}, { q: 'ab' }, { q: 'ateliers', per_page: '26' }] as Record<string, string>[]) {
    const { status, body } = await search(query);
    expect([status, typeof body['erreur']]).toEqual([400, 'string']);
  }
});
