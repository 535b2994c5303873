import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer as createNetServer, Socket } from 'node:net';
import type { AddressInfo, LookupFunction } from 'node:net';

import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';

import { createDispatcher, createHttpClient, DIRECT, type DispatcherOptions, isLoopback, isSpared, nameOfWay, type ProxyAccount, type ProxyAccounts, readProxyList, TransportError, transportErrorOf, type Way } from '../../../electron/http';
import { Secret } from '../../../electron/storage/secret';
import { type LoopbackServer, sendJson, startLoopback } from '../../support/loopback';
import { startProxy, type TestProxy, type TestProxyOptions } from '../../support/proxy';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function proxy(options: TestProxyOptions = {}): Promise<TestProxy> {
  const started = await startProxy(options);
  open.push(started);
  return started;
}

async function service(): Promise<LoopbackServer> {
  const server = await startLoopback((_request, response) => sendJson(response, 200, { data: 1 }));
  open.push(server);
  return server;
}

const wayOf = ({ port }: { readonly port: number }): Way => ({ kind: 'proxy', host: '127.0.0.1', port, isSecure: false });

const meantForAll = (account: ProxyAccount): ProxyAccounts => ({ accountFor: () => account, askedBy: () => false });

/** In clear, to a name that nobody knows but the proxy. */
async function call(url: string, ways: readonly Way[], options: DispatcherOptions = {}): Promise<number> {
  const dispatcher = createDispatcher({ findWays: () => Promise.resolve(ways), connectTimeoutMs: 500, ...options });
  open.push(dispatcher);
  const client = createHttpClient({ dispatcher, userAgent: 'test' });
  const { status } = await client.get({ url: new URL(url), clearTextAllowed: true, timeoutMs: 5_000, maxBytes: 1_000, signal: new AbortController().signal });
  return status;
}

async function problemOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(() => undefined, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TransportError);
  return (error as TransportError).problem;
}

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createNetServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a proxy', () => {
  it('carries the call to a name that this machine does not know', async () => {
    const { baseUrl } = await service();
    const way = await proxy({ leadTo: () => Number(new URL(baseUrl).port) });
    expect(await call('http://service.exemple.test/x', [wayOf(way)])).toBe(200);
    expect(way.asked).toEqual([{ target: 'service.exemple.test:80', account: null }]);
  });

  it('never carries what stays on this machine', async () => {
    const { baseUrl } = await service();
    const way = await proxy();
    expect(await call(`${baseUrl}/x`, [wayOf(way)])).toBe(200);
    expect(way.asked).toEqual([]);
  });

  it('is given the account that it asks for', async () => {
    const { baseUrl } = await service();
    const way = await proxy({ account: 'léa:mot:de passe', leadTo: () => Number(new URL(baseUrl).port) });
    const account = { user: 'léa', password: new Secret('mot:de passe') };
    expect(await call('http://service.exemple.test/', [wayOf(way)], { proxyAccounts: meantForAll(account) })).toBe(200);
    expect(await problemOf(call('http://service.exemple.test/', [wayOf(way)]))).toBe('proxy_password');
    expect(await problemOf(call('http://service.exemple.test/', [wayOf(way)], { proxyAccounts: meantForAll({ ...account, password: new Secret('ancien') }) }))).toBe('proxy_password_refused');
  });

  it('that the account is not meant for is told nothing of it, and named as such', async () => {
    const hostile = await proxy({ account: 'a:b' });
    const proxyAccounts: ProxyAccounts = { accountFor: () => null, askedBy: ({ port }) => port === hostile.port };
    expect(await problemOf(call('http://service.exemple.test/', [wayOf(hostile)], { proxyAccounts }))).toBe('proxy_unconfirmed');
    expect(hostile.asked).toEqual([{ target: 'service.exemple.test:80', account: null }]);
  });

  it('follows a password given later, once connections are renewed', async () => {
    const { baseUrl } = await service();
    const way = await proxy({ account: 'a:b', leadTo: () => Number(new URL(baseUrl).port) });
    let password = 'x';
    const dispatcher = createDispatcher({ findWays: () => Promise.resolve([wayOf(way)]), proxyAccounts: { accountFor: () => ({ user: 'a', password: new Secret(password) }), askedBy: () => false } });
    open.push(dispatcher);
    const client = createHttpClient({ dispatcher, userAgent: 'test' });
    const get = () => client.get({ url: new URL('http://service.exemple.test/'), clearTextAllowed: true, timeoutMs: 5_000, maxBytes: 1_000, signal: new AbortController().signal });
    expect(await problemOf(get())).toBe('proxy_password_refused');
    password = 'b';
    dispatcher.renew();
    expect((await get()).status).toBe(200);
  });

  it.each([
    [403, 'proxy_refused', 'way_out'],
    [502, 'proxy_no_route', 'way_out'],
    [503, 'proxy_no_route', 'way_out'],
    // The proxy waited for the service in our place: its silence counts as silence.
    [504, 'connect_timeout', 'connect_timeout'],
  ])('that answers %i is %s', async (status, problem, failure) => {
    const way = await proxy({ status });
    const error = await call('http://service.exemple.test/', [wayOf(way)]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ problem, failure });
  });

  it('that is silent or absent gives its place to the next, and is not asked again at once', async () => {
    const { baseUrl } = await service();
    const good = await proxy({ leadTo: () => Number(new URL(baseUrl).port) });
    const dead = { kind: 'proxy', host: '127.0.0.1', port: await closedPort(), isSecure: false } as const;
    expect(await call('http://service.exemple.test/', [dead, wayOf(good)])).toBe(200);
    expect(await problemOf(call('http://service.exemple.test/', [dead]))).toBe('proxy_unreachable');
  });

  it('that refuses is not gone round', async () => {
    const refusing = await proxy({ status: 403 });
    const other = await proxy();
    expect(await problemOf(call('http://service.exemple.test/', [wayOf(refusing), wayOf(other)]))).toBe('proxy_refused');
    expect(other.asked).toEqual([]);
  });

  it('of a kind that is not supported is named when nothing else is left', async () => {
    expect(await problemOf(call('http://service.exemple.test/', [{ kind: 'unsupported' }]))).toBe('proxy_unsupported');
  });
});

describe('a host with two families of addresses', () => {
  it.each(['127.0.0.1', '::1'])('is reached where it listens, %s alone', async (address) => {
    const server = await startLoopback((_request, response) => sendJson(response, 200, {}), address);
    open.push(server);
    const both: LookupFunction = (_name, _options, callback) => callback(null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]);
    expect(await call(`http://deux.familles.test:${new URL(server.baseUrl).port}/`, [DIRECT], { lookup: both })).toBe(200);
  });
});

/** As Node reports it. */
const failureOf = (code: string, syscall = 'connect'): Error => Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

describe('a connection in use that fails', () => {
  const codes = ['ENETDOWN', 'ENETUNREACH', 'EHOSTUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'ETIMEDOUT', 'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ENOBUFS', 'EPIPE'];

  it.each(codes.flatMap((code) => ['read', 'write', 'shutdown'].map((syscall) => [syscall, code] as const)))('%s %s: the call may be with the service, and counts', (syscall, code) => {
    expect(transportErrorOf(failureOf(code, syscall))).toMatchObject({ problem: 'cut', failure: 'cut' });
    expect(transportErrorOf(new Error('wrapped', { cause: failureOf(code, syscall) })).problem).toBe('cut');
  });

  it.each(['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', 'ERR_SSL_BAD_DECRYPT'])('%s: a record altered on the way counts too', (code) => {
    expect(transportErrorOf(Object.assign(new Error('altered'), { code, library: 'SSL routines' }))).toMatchObject({ problem: 'cut', failure: 'cut' });
  });

  it('is told apart from what the TLS library found while it wrote', () => {
    expect(transportErrorOf(failureOf('EPROTO', 'write'))).toMatchObject({ problem: 'tls', failure: 'tls' });
  });

  const moments = [['before the head of the answer', false], ['after it', true]] as const;

  it.each(['ENETDOWN', 'ETIMEDOUT'].flatMap((code) => moments.map((moment) => [code, ...moment] as const)))('%s is not led round, %s', async (code, _moment, isAnswering) => {
    const ends: Socket[] = [];
    const keep = (message: unknown): void => {
      if (typeof message === 'object' && message !== null && 'socket' in message && message.socket instanceof Socket) ends.push(message.socket);
    };
    // The end of the client's own socket, as when the system takes its network away.
    const fail = (): void => ends.forEach((socket) => socket.destroy(failureOf(code, 'read')));
    const server = await startLoopback((_request, response) => {
      if (!isAnswering) return fail();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"data":', fail);
    });
    open.push(server);
    const port = Number(new URL(server.baseUrl).port);
    const second = await proxy({ leadTo: () => port });
    const here: LookupFunction = (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]);
    subscribe('undici:client:connected', keep);
    try {
      const called = call(`http://service.exemple.test:${port}/x`, [DIRECT, wayOf(second)], { lookup: here });
      await expect(called).rejects.toMatchObject({ problem: 'cut', failure: 'cut' });
    } finally {
      unsubscribe('undici:client:connected', keep);
    }
    expect(server.requests).toHaveLength(1);
    expect(second.asked).toEqual([]);
  });
});

describe('a machine without network', () => {
  it.each(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'])('%s: nothing has left, and it is said', (code) => {
    expect(transportErrorOf(failureOf(code))).toMatchObject({ problem: 'no_network', failure: 'way_out' });
  });

  it('is told apart from one without IPv6, whose other address has answered', () => {
    const tried = (...codes: string[]): Error => Object.assign(new AggregateError(codes.map((code) => failureOf(code))), { code: codes[0] });
    expect(transportErrorOf(tried('ENETUNREACH', 'ECONNREFUSED')).problem).toBe('connect_refused');
    expect(transportErrorOf(tried('ENETUNREACH', 'ETIMEDOUT')).problem).toBe('connect_timeout');
    expect(transportErrorOf(tried('ECONNREFUSED', 'ENETUNREACH')).problem).toBe('connect_refused');
    expect(transportErrorOf(tried('ENETUNREACH', 'ENETUNREACH')).problem).toBe('no_network');
  });

  it('goes on by the next way', async () => {
    const { baseUrl } = await service();
    const way = await proxy({ leadTo: () => Number(new URL(baseUrl).port) });
    const nowhere: LookupFunction = (_name, _options, callback) => callback(failureOf('ENETUNREACH'), []);
    expect(await call('http://service.exemple.test/', [DIRECT, wayOf(way)], { lookup: nowhere })).toBe(200);
  });
});

describe('what a system or a PAC file answers', () => {
  it.each([
    ['DIRECT', ['direct']],
    ['', ['direct']],
    ['PROXY proxy.ville.example:3128; DIRECT', ['proxy.ville.example:3128', 'direct']],
    ['HTTPS sur.ville.example', ['https://sur.ville.example:443']],
    ['PROXY a:1;PROXY b:2 ; HTTPS c:3', ['a:1', 'b:2', 'https://c:3']],
    ['SOCKS5 vieux:1080; PROXY a:1', ['type non pris en charge', 'a:1']],
    ['PROXY [2001:db8::1]:8080', ['[2001:db8::1]:8080']],
    ['PROXY', ['type non pris en charge']],
  ])('%s', (list, names) => {
    expect(readProxyList(list).map(nameOfWay)).toEqual(names);
  });

  it('never shows an account, whatever it is', () => {
    expect(readProxyList('PROXY jeanne:secret@proxy.example:1').map(nameOfWay)).toEqual(['proxy.example:1']);
    fc.assert(fc.property(fc.string(), (list) => readProxyList(list).length > 0));
  });
});

describe('exceptions', () => {
  it.each([
    ['https://service.ville.example/', ['*']],
    ['https://service.ville.example/', ['service.ville.example']],
    ['https://service.ville.example/', ['.ville.example']],
    ['https://service.ville.example/', ['*.ville.example']],
    ['https://ville.example/', ['.ville.example']],
    ['https://SERVICE.ville.example/', [' Service.Ville.Example ']],
    ['https://service.ville.example:8443/', ['service.ville.example:8443']],
    ['https://intranet/', ['<local>']],
    ['https://10.1.2.3/', ['10.0.0.0/8']],
    ['https://[2001:db8::5]/', ['2001:db8::/32']],
    ['https://[2001:db8::5]/', ['2001:db8::5']],
  ])('%s is spared by %j', (url, exceptions) => {
    expect(isSpared(new URL(url), exceptions)).toBe(true);
  });

  it.each([
    ['https://service.ville.example/', ['ville.example']],
    ['https://mauvaiseville.example/', ['.ville.example']],
    ['https://service.ville.example/', ['service.ville.example:8443']],
    ['https://service.ville.example/', ['<local>', '', '10.0.0.0/8', '10.0.0.0/99', 'x/8']],
    ['https://11.1.2.3/', ['10.0.0.0/8']],
    ['https://service.ville.example/', []],
  ])('%s is not spared by %j', (url, exceptions) => {
    expect(isSpared(new URL(url), exceptions)).toBe(false);
  });
});

it('loopback is this machine and nothing that only looks like it', () => {
  for (const url of ['http://127.0.0.1:1/', 'http://localhost/', 'http://[::1]/', 'http://127.1.2.3/']) expect(isLoopback(new URL(url))).toBe(true);
  for (const url of ['http://127.0.0.1.example/', 'http://localhost.example/', 'http://10.0.0.1/']) expect(isLoopback(new URL(url))).toBe(false);
});
