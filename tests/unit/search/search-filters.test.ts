import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createDispatcher, createHttpClient } from '../../../electron/http';
import { type Sandbox, startSandbox } from '../../../electron/sandbox';
import { createCompanySearch, type SearchCompanies } from '../../../electron/search';
import { searchChannels } from '../../../shared/ipc/search';
import { systemClock } from '../../../electron/storage/clock';

let sandbox: Sandbox;
let search: SearchCompanies;
const never = new AbortController().signal;

beforeAll(async () => {
  sandbox = await startSandbox();
  const http = createHttpClient({ dispatcher: createDispatcher(), userAgent: 'Instruire/test' });
  search = createCompanySearch({ http, clock: systemClock, baseUrl: () => sandbox.searchUrl });
});
afterAll(() => sandbox.close());

/** A director whom the service tells; asked of another of the same companies, so that the limit of this one stays the search's own. */
async function someDirector() {
  const other = await startSandbox();
  const response = await fetch(`${other.searchUrl}/search?q=ateliers+vallon`).finally(() => other.close());
  const { results } = (await response.json()) as { results: { dirigeants: { nom: string; prenoms: string }[] }[] };
  const director = results[0]?.dirigeants[0];
  if (!director) throw new Error('no director');
  return director;
}

describe('a bounded search', () => {
  it('keeps to what the bounds say, all at once, without a word', async () => {
    const ceased = await search('', 1, never, { state: 'ceased' });
    expect(ceased.matches.map(({ isActive }) => isActive)).toEqual([false]);
    const associations = await search('', 1, never, { associationsOnly: true, state: 'active' });
    expect(associations.total).toBeGreaterThan(0);
    expect(associations.matches.filter(({ isAssociation, isActive }) => !isAssociation || !isActive)).toEqual([]);
  });

  it('goes by place and by activity', async () => {
    const [known] = (await search('ateliers vallon', 1, never)).matches;
    const postcode = /\b\d{5}\b/.exec(known?.address ?? '')?.[0] ?? '';
    const sirensOf = async (filters: Parameters<SearchCompanies>[3]) => (await search('ateliers', 1, never, filters)).matches.map(({ siren }) => siren);
    expect(await sirensOf({ postcode, department: postcode.slice(0, 2), activity: known?.activity ?? '' })).toEqual([known?.siren]);
    expect(await sirensOf({ department: '99' })).toEqual([]);
    expect(await sirensOf({ activity: '99.99Z' })).toEqual([]);
  });
});

describe('bounds on activity, kind and director', () => {
  it('keeps to a section, to sole traders, to companies run by somebody', async () => {
    const builders = await search('', 1, never, { section: 'F' });
    expect(builders.total).toBeGreaterThan(0);
    expect(builders.matches.filter(({ activity }) => !/^4[123]/.test(activity ?? ''))).toEqual([]);
    const alone = await search('', 1, never, { soleTradersOnly: true });
    expect(alone.total).toBeGreaterThan(0);
    expect(alone.matches.filter(({ legalForm }) => legalForm !== '1000')).toEqual([]);
    const { nom, prenoms } = await someDirector();
    const run = await search('', 1, never, { directorName: nom.toLowerCase(), directorFirstName: prenoms });
    expect(run.total).toBeGreaterThan(0);
    expect((await search('', 1, never, { directorName: 'Personne-De-Ce-Nom' })).total).toBe(0);
  });

  it('tells where a company is and how many it employs', async () => {
    const [found] = (await search('ateliers vallon', 1, never)).matches;
    expect(found).toMatchObject({ town: 'DIJON', postcode: '21000', headcountBand: '12' });
  });
});

describe('the contract of a search', () => {
  const read = (input: unknown) => searchChannels['search.companies'].input.safeParse(input);

  it('wants words or a bound', () => {
    const answers = [{ text: '' }, { text: 'ab' }, { text: '', filters: {} }, { text: '', filters: { associationsOnly: false } }, { text: 'ab', filters: { state: 'active' } }];
    expect(answers.map((input) => read(input).success)).toEqual([false, false, false, false, false]);
    expect([{ text: 'abc' }, { text: '', filters: { state: 'active' } }].map((input) => read(input).success)).toEqual([true, true]);
  });

  it('writes an activity with its dot and refuses what is no place', () => {
    expect(read({ text: 'abc', filters: { activity: '4332a' } }).data?.filters?.activity).toBe('43.32A');
    expect(['3', '20', '2a', '974', '999'].map((department) => read({ text: 'abc', filters: { department } }).success)).toEqual([false, true, true, true, false]);
    expect(read({ text: 'abc', filters: { postcode: '3500' } }).success).toBe(false);
  });
});
