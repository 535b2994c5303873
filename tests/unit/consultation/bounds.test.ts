import { describe, expect, it } from 'vitest';

import { createLinkRegistry } from '../../../electron/consultation';
import type { HttpClient, HttpRequest } from '../../../electron/http';
import { agent, catalogue, makePipeline, watcher, wish } from './made-up';
import { failureOf } from './serving';

const endpoint = catalogue.findEndpoint(wish().endpointId);

describe('the time that a call is given', () => {
  it.each([
    ['is the one that the catalogue advises', false, endpoint?.timeoutMs],
    ['outlives the service’s own wait of ten seconds where the longer wait was chosen', true, endpoint && endpoint.documents.length > 0 ? 30_000 : 12_000],
  ])('%s', async (_name, isLong, expected) => {
    const asked: HttpRequest[] = [];
    const get = (request: HttpRequest): Promise<never> => (asked.push(request), Promise.reject(new Error('not sent')));
    const { consult } = makePipeline('http://127.0.0.1:9', { useLongTimeouts: () => isLong, http: { get } as unknown as HttpClient });
    await failureOf(consult(wish(), agent, watcher().options));
    expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([expected]);
  });
});

describe('links to documents', () => {
  const clock = { ms: 0, now: () => clock.ms, monotonic: () => clock.ms };
  const keepOne = (links: ReturnType<typeof createLinkRegistry>, rank: number, expiresAt: number | null = null): void =>
    links.keep({ consultationId: `c-${rank}`, pointer: '/data/url', url: `https://entreprise.api.gouv.fr/proxy/files/${rank}`, expiresAt });

  it('are held in bounded number, the oldest forgotten first', () => {
    const links = createLinkRegistry(clock);
    for (let rank = 0; rank <= 20_000; rank += 1) keepOne(links, rank);
    expect([links.find('c-0', '/data/url'), links.find('c-1', '/data/url')?.pathname, links.find('c-20000', '/data/url')?.pathname]).toEqual([undefined, '/proxy/files/1', '/proxy/files/20000']);
  });

  it('are not used when they are about to end, stated or not', () => {
    const links = createLinkRegistry(clock);
    keepOne(links, 1, 60_000);
    keepOne(links, 2);
    clock.ms = 54_000;
    expect(links.find('c-1', '/data/url')).toBeDefined();
    clock.ms = 56_000;
    expect(links.find('c-1', '/data/url')).toBeUndefined();
    expect(links.find('c-2', '/data/url')).toBeDefined();
    clock.ms = 2 * 3_600_000;
    expect(links.find('c-2', '/data/url')).toBeUndefined();
  });
});
