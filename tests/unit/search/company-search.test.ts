import { afterEach, describe, expect, it } from 'vitest';

import { createDispatcher, createHttpClient } from '../../../electron/http';
import { createCompanySearch, SearchError } from '../../../electron/search';
import { type Answering, type LoopbackServer, sendJson, startLoopback } from '../../support/loopback';

const open: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(answering: Answering) {
  const server = await startLoopback(answering);
  open.push(server);
  const waits: number[] = [];
  let monotonic = 0;
  const search = createCompanySearch({
    http: createHttpClient({ dispatcher: createDispatcher(), userAgent: 'Instruire/test' }),
    clock: { now: () => 0, monotonic: () => monotonic },
    baseUrl: () => server.baseUrl,
    delay: async (ms) => {
      waits.push(ms);
      monotonic += ms;
    },
  });
  return { server, search, waits };
}

const never = () => new AbortController().signal;
const page = (results: unknown[]) => ({ results, total_results: results.length, page: 1, total_pages: 1 });

describe('the open search', () => {
  it('reads what it knows and passes over what it does not', async () => {
    const { server, search } = await start((_request, response) =>
      sendJson(response, 200, page([{ siren: '100000009', nom_complet: 'ÉBÉNISTERIE DU LAC', siege: null, champ: 1 }, { siren: 'x' }, 3])),
    );
    const found = await search('ébénisterie', 1, never());
    expect(found.matches).toMatchObject([{ siren: '100000009', name: 'ÉBÉNISTERIE DU LAC', headOfficeSiret: null, isActive: true }]);
    const sent = server.requests[0];
    expect(sent?.authorization).toBeUndefined();
    expect(sent?.url).not.toMatch(/recipient|context|object/);
  });

  it('reads nine digits, spaces and all, as a SIREN, and names a wrong key before asking', async () => {
    const { server, search } = await start((_request, response) => sendJson(response, 200, page([])));
    await search('100 000 009', 1, never());
    expect(new URL(server.requests[0]?.url ?? '', server.baseUrl).searchParams.get('q')).toBe('100000009');
    await expect(search('100 000 008', 1, never())).rejects.toThrow(/Luhn/);
    expect(server.requests).toHaveLength(1);
  });

  it('stays under seven calls a second', async () => {
    const { search, waits } = await start((_request, response) => sendJson(response, 200, page([])));
    for (let index = 0; index < 8; index += 1) await search('menuiserie', 1, never());
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('waits as long as a 429 asks, once, then says so', async () => {
    const { server, search, waits } = await start((_request, response) => response.writeHead(429, { 'retry-after': '2' }).end());
    await expect(search('menuiserie', 1, never())).rejects.toMatchObject({ reason: 'busy' });
    expect(waits).toEqual([2_000]);
    expect(server.requests).toHaveLength(2);
  });

  it('drops a search that another replaced', async () => {
    const controller = new AbortController();
    const { search } = await start(() => controller.abort());
    await expect(search('menuiserie', 1, controller.signal)).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it.each<[string, Answering]>([
    ['HTML', (_request, response) => response.writeHead(200).end('<html>')],
    ['a cut', (_request, response) => response.destroy()],
    ['500', (_request, response) => response.writeHead(500).end()],
  ])('says that it is unavailable on %s', async (_name, answering) => {
    const { search } = await start(answering);
    const error = await search('menuiserie', 1, never()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SearchError);
    expect(error).toMatchObject({ reason: 'unavailable' });
  });
});

describe('a number typed wrong', () => {
  it.each(['2990311120001', '29903111', '29903111A', '299 031 113', '29903111200O12'])('« %s » is named as such, and not searched for', async (text) => {
    const { server, search } = await start((_request, response) => sendJson(response, 200, page([])));
    await expect(search(text, 1, never())).rejects.toMatchObject({ reason: 'invalid', message: expect.stringMatching(/SIREN|SIRET/) as string });
    expect(server.requests).toHaveLength(0);
  });
});
