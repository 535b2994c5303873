import { expect, it } from 'vitest';

import type { ProxyWay } from '../../../electron/http';
import { createProxyAccounts } from '../../../electron/network';
import { Secret } from '../../../electron/storage/secret';
import type { Settings } from '../../../shared/ipc/settings';

const account = { user: 'lea', password: new Secret('temoin') };
const way = (host: string, changes: Partial<ProxyWay> = {}): ProxyWay => ({ kind: 'proxy', host, port: 3128, isSecure: false, ...changes });

function setUp(changes: Partial<Settings> = {}, kept: typeof account | null = account) {
  const chosen = { proxyMode: 'pac' as Settings['proxyMode'], proxyUrl: null, proxyAccountFor: [], ...changes };
  return createProxyAccounts(() => chosen, () => kept);
}

it('goes to the proxy that was typed, as it was typed: host, port and TLS', () => {
  const { accountFor, confirmed } = setUp({ proxyMode: 'manual', proxyUrl: 'http://PROXY.ville.example:3128' });
  expect(confirmed()).toEqual(['proxy.ville.example:3128']);
  expect(accountFor(way('proxy.ville.example'))).toBe(account);
  for (const other of [way('proxy.ville.example', { port: 3129 }), way('proxy.ville.example', { isSecure: true }), way('ville.example'), way('proxy.ville.example.test')]) expect(accountFor(other)).toBeNull();
});

it('leaves the typed address aside once it is not the way any more', () => {
  expect(setUp({ proxyMode: 'system', proxyUrl: 'http://proxy.ville.example:3128' }).accountFor(way('proxy.ville.example'))).toBeNull();
});

it('waits for a proxy to be confirmed, which becomes an address that settings keep', () => {
  const proxies = setUp();
  expect(proxies.waiting()).toBeNull();
  expect(proxies.askedBy(way('2001:db8::1', { isSecure: true }))).toBe(true);
  expect(proxies.waiting()).toBe('https://[2001:db8::1]:3128');
  expect(proxies.withConfirmed('https://[2001:db8::1]:3128')).toEqual(['https://[2001:db8::1]:3128']);
  proxies.askedBy(way('autre.example'));
  expect(proxies.withConfirmed('https://[2001:db8::1]:3128')).toBeUndefined();
  expect(proxies.withConfirmed('autre.example:3128')).toEqual(['http://autre.example:3128']);
});

it('gives it once confirmed, and waits for nothing any more', () => {
  const settings = { proxyMode: 'pac', proxyUrl: null, proxyAccountFor: [] as string[] } as const;
  const proxies = createProxyAccounts(() => settings, () => account);
  proxies.askedBy(way('proxy.example'));
  settings.proxyAccountFor.push(...(proxies.withConfirmed('proxy.example:3128') ?? []));
  expect([proxies.accountFor(way('proxy.example')), proxies.waiting()]).toEqual([account, null]);
});

it('withholds nothing where there is nothing to give', () => {
  const proxies = setUp({}, null);
  expect(proxies.askedBy(way('proxy.example'))).toBe(false);
  expect(proxies.waiting()).toBe('proxy.example:3128');
});
