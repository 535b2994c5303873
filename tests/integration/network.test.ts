import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

import { openForReading } from '../../electron/journal/journal-database';
import { systemClock } from '../../electron/storage/clock';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import type { ChannelInput } from '../../shared/ipc';
import { Authority } from '../support/pki';
import { startProxy, type TestProxy } from '../support/proxy';
import { Workstation } from '../support/workstation';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const GATEWAY = 'passerelle.exemple.test';
const PASSWORD = 'temoin-mot-de-passe-du-proxy';
let authority: Authority;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  await bundleWorkers();
  authority = new Authority('Autorité de la ville', 'Ville fictive');
});
afterAll(() => {
  authority.remove();
  removeWorkers();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function startGateway(name = GATEWAY): Promise<number> {
  const server = createServer(authority.issue({ name, san: [`DNS:${name}`] }), (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function startStation(proxy: TestProxy, policy: object): Promise<{ readonly station: Workstation; readonly host: TestHost }> {
  const host = createTestHost();
  writeFileSync(host.host.policyPath, JSON.stringify({ environment: 'gateway', gatewayUrl: `https://${GATEWAY}`, proxyUrl: `http://127.0.0.1:${proxy.port}`, ...policy }));
  const station = await Workstation.start(host);
  ends.push(() => host.remove(), () => station.stop());
  await station.openFirstAccount();
  return { station, host };
}

function everyByteUnder(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path));
}

it('a proxy’s account is asked once, kept sealed, and opens the way to the gateway', async () => {
  const port = await startGateway();
  const proxy = await startProxy({ account: `lea:${PASSWORD}`, leadTo: () => port });
  ends.push(() => proxy.close());
  const { station, host } = await startStation(proxy, { caFiles: [authority.certFile] });
  expect((await station.ask('settings.get', undefined)).lockedKeys).toEqual(expect.arrayContaining(['environment', 'proxyMode', 'proxyUrl']));
  const reach = () => station.ask('diagnostics.run', { runId: 'essai', checkId: 'ping', habilitationId: null });
  expect(await reach()).toMatchObject({ state: 'error', summary: expect.stringContaining('demande un nom d’utilisateur') as string });
  expect(await station.ask('network.setProxyAccount', { user: 'lea', password: 'faux', proxy: null })).toMatchObject({ hasPassword: true, isKept: true });
  expect(await reach()).toMatchObject({ state: 'error', summary: expect.stringContaining('refuse le nom') as string });
  await station.ask('network.setProxyAccount', { user: 'lea', password: PASSWORD, proxy: null });
  expect(await reach()).toMatchObject({ state: 'ok' });
  // Neither on disk, nor in the log, nor in what leaves for support.
  expect(await station.ask('diagnostics.run', { runId: 'essai', checkId: 'proxy', habilitationId: null })).toMatchObject({ state: 'ok' });
  const { text } = await station.ask('diagnostics.report', undefined);
  const kept = [...everyByteUnder(host.folder), Buffer.from(host.logLines.join('\n')), Buffer.from(text), Buffer.from(JSON.stringify(await station.ask('network.state', undefined)))];
  for (const bytes of kept) for (const form of [PASSWORD, Buffer.from(`lea:${PASSWORD}`).toString('base64')]) expect(bytes.includes(form)).toBe(false);
  expect(text).toContain(`127.0.0.1:${proxy.port}`);
});

it('a PAC file that turns to another proxy gets no account out of this workstation, nor does a screen that names it too late', async () => {
  const port = await startGateway();
  const start = async (): Promise<TestProxy> => {
    const proxy = await startProxy({ account: `lea:${PASSWORD}`, leadTo: () => port });
    ends.push(() => proxy.close());
    return proxy;
  };
  const [ours, hostile] = [await start(), await start()];
  const nameOf = (proxy: TestProxy): string => `127.0.0.1:${proxy.port}`;
  let named = ours;
  let aheadMs = 0;
  const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + aheadMs };
  const host = createTestHost({ clock, resolveProxy: () => Promise.resolve(`PROXY ${nameOf(named)}`) });
  writeFileSync(host.host.policyPath, JSON.stringify({ environment: 'gateway', gatewayUrl: `https://${GATEWAY}`, proxyPacUrl: 'http://pac.exemple.test/proxy.pac', caFiles: [authority.certFile] }));
  const station = await Workstation.start(host);
  ends.push(() => host.remove(), () => station.stop());
  await station.openFirstAccount();
  const reach = () => station.ask('diagnostics.run', { runId: 'essai', checkId: 'ping', habilitationId: null });

  // Typed before any proxy has asked: meant for none until one is confirmed, which is also how the account of an earlier version goes on.
  await station.ask('network.setProxyAccount', { user: 'lea', password: PASSWORD, proxy: null });
  expect(await reach()).toMatchObject({ state: 'error', summary: expect.stringContaining('jamais été confirmé') as string });
  // No other message of the window adds an address.
  await station.ask('settings.update', { proxyAccountFor: ['http://127.0.0.1:1'] } as ChannelInput<'settings.update'>);
  expect(await station.ask('network.confirmProxy', { proxy: nameOf(ours) })).toMatchObject({ confirmedProxies: [nameOf(ours)], waitingProxy: null });
  expect(await reach()).toMatchObject({ state: 'ok' });

  named = hostile;
  // What a PAC file said is believed for a while.
  aheadMs = 60_000;
  expect(await reach()).toMatchObject({ state: 'error', summary: expect.stringContaining('jamais été confirmé') as string });
  expect(await station.ask('network.state', undefined)).toMatchObject({ confirmedProxies: [nameOf(ours)], waitingProxy: nameOf(hostile), hasPassword: true });
  expect(await station.refusal('network.confirmProxy', { proxy: nameOf(ours) })).toMatchObject({ code: 'refused' });
  expect(hostile.asked.map(({ account }) => account)).toEqual(hostile.asked.map(() => null));
  expect(hostile.asked).not.toEqual([]);

  await station.ask('network.setProxyAccount', { user: null, password: null, proxy: null });
  expect(await station.ask('network.state', undefined)).toMatchObject({ confirmedProxies: [], hasPassword: false });
});

it('a policy that names the proxies leaves nobody here to confirm another', async () => {
  const port = await startGateway();
  const proxy = await startProxy({ account: `lea:${PASSWORD}`, leadTo: () => port });
  ends.push(() => proxy.close());
  const host = createTestHost({ resolveProxy: () => Promise.resolve(`PROXY 127.0.0.1:${proxy.port}`) });
  writeFileSync(host.host.policyPath, JSON.stringify({ environment: 'gateway', gatewayUrl: `https://${GATEWAY}`, caFiles: [authority.certFile], proxyUser: 'lea', proxyAccountFor: ['http://proxy.exemple.test:3128'] }));
  const station = await Workstation.start(host);
  ends.push(() => host.remove(), () => station.stop());
  await station.openFirstAccount();
  await station.ask('network.setProxyAccount', { user: 'lea', password: PASSWORD, proxy: null });
  await station.ask('diagnostics.run', { runId: 'essai', checkId: 'ping', habilitationId: null });
  const name = `127.0.0.1:${proxy.port}`;
  expect(await station.ask('network.state', undefined)).toMatchObject({ confirmedProxies: ['proxy.exemple.test:3128'], waitingProxy: name, areProxiesFixed: true });
  expect(await station.refusal('network.confirmProxy', { proxy: name })).toMatchObject({ code: 'forbidden' });
  expect(await station.refusal('network.setProxyAccount', { user: 'lea', password: PASSWORD, proxy: name })).toMatchObject({ code: 'forbidden' });
  expect(proxy.asked.every(({ account }) => account === null)).toBe(true);
});

it('a gateway on this very machine reads this very clock, and confirms it until the next start alone', async () => {
  const gatewayUrl = `https://localhost:${await startGateway('localhost')}`;
  let aheadMs = 600_000;
  const host = createTestHost({ clock: { ...systemClock, now: () => systemClock.now() + aheadMs } });
  writeFileSync(host.host.policyPath, JSON.stringify({ environment: 'gateway', gatewayUrl, caFiles: [authority.certFile] }));
  const station = await Workstation.start(host);
  ends.push(() => host.remove(), () => station.stop());
  await station.openFirstAccount();
  aheadMs = 0;
  await station.ask('journal.checkClock', undefined);
  const database = openForReading(join(host.folder, 'data', 'journal.db'));
  const confirmed = database.prepare("SELECT json_extract(result, '$.data.by') AS by FROM entries WHERE event = 'clock.confirmed'").all();
  database.close();
  expect(confirmed).toEqual([{ by: 'this_machine' }]);
});

it('an authority that the policy does not name stops the calls, by its name', async () => {
  const port = await startGateway();
  const proxy = await startProxy({ leadTo: () => port });
  ends.push(() => proxy.close());
  const { station } = await startStation(proxy, {});
  const result = await station.ask('diagnostics.run', { runId: 'essai', checkId: 'tls', habilitationId: null });
  expect(result).toMatchObject({ state: 'error', summary: expect.stringContaining('Autorité de la ville (Ville fictive)') as string, mend: expect.stringContaining('service informatique') as string });
});

it('an authority’s file that holds none stops the start, in words', async () => {
  const host = createTestHost();
  ends.push(() => host.remove());
  writeFileSync(join(host.folder, 'racine.pem'), 'rien');
  writeFileSync(host.host.policyPath, JSON.stringify({ caFiles: [join(host.folder, 'racine.pem')] }));
  await expect(Workstation.start(host)).rejects.toThrow(/racine\.pem.*ne peut pas être lue/);
});
