import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { createDispatcher, createHttpClient, type Dispatcher, type DispatcherOptions, type HttpResponse, type Way } from '../../electron/http';
import { createFindWays } from '../../electron/network/find-ways';
import { systemClock } from '../../electron/storage/clock';
import { defaultSettings } from '../../electron/storage/settings';
import { Secret } from '../../electron/storage/secret';
import { startLoopback } from '../support/loopback';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((one) => one.close()));
});

interface RawServer {
  readonly port: number;
  readonly received: readonly string[];
}

/** A server that writes what it likes, protocol or not. */
async function startRaw(onData: (socket: Socket, text: string) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const received: string[] = [];
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received.push(chunk.toString('latin1'));
      onData(socket, chunk.toString('latin1'));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(closed));
    },
  });
  return { port: (server.address() as AddressInfo).port, received };
}

function connections(options: DispatcherOptions = {}): Dispatcher {
  const dispatcher = createDispatcher({ connectTimeoutMs: 300, ...options });
  open.push(dispatcher);
  return dispatcher;
}

interface Asked {
  readonly timeoutMs?: number;
  readonly token?: string;
}

function get(dispatcher: Dispatcher, url: string, { timeoutMs = 2_000, token }: Asked = {}): Promise<HttpResponse> {
  const client = createHttpClient({ dispatcher, userAgent: 'Instruire/test' });
  const authorization = token === undefined ? {} : { authorization: { token: new Secret(token), baseUrl: new URL(url).origin } };
  return client.get({ url: new URL(url), timeoutMs, maxBytes: 100_000, signal: new AbortController().signal, ...authorization, ...(token === undefined ? { clearTextAllowed: true } : {}) });
}

const answerOf = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

describe('a service that does not keep to the protocol', () => {
  it('cannot answer a call that was not made: what comes after an answer is for nobody', async () => {
    const server = await startRaw((socket) => socket.write(`${answerOf('{"mine":1}')}${answerOf('{"forged":1}')}`));
    const dispatcher = connections();
    expect((await get(dispatcher, `http://127.0.0.1:${server.port}/1`)).body.toString()).toBe('{"mine":1}');
    // Its connection is not used again, or its own answer comes first: never the one written ahead.
    expect((await get(dispatcher, `http://127.0.0.1:${server.port}/2`)).body.toString()).toBe('{"mine":1}');
  });

  it.each([
    ['a length and a length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 200\r\n\r\n{}'],
    ['a length and pieces', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
    ['another protocol that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'],
    ['no status', 'HTTP/1.1 abc\r\n\r\n'],
    ['another language', '220 courrier.exemple ESMTP\r\n'],
    ['two megabytes of one header', `HTTP/1.1 200 OK\r\nX-Request-ID: ${'a'.repeat(2_000_000)}\r\n\r\n{}`],
    ['a header that is not one', 'HTTP/1.1 200 OK\r\nX-Request-ID : a\r\n b\r\n\u0000: c\r\n\r\n{}'],
  ])('is left without its answer: %s', async (_what, text) => {
    const server = await startRaw((socket) => socket.write(Buffer.from(text, 'latin1')));
    await expect(get(connections(), `http://127.0.0.1:${server.port}/`)).rejects.toMatchObject({ name: 'TransportError' });
  });

  it('is left at the end of our time when it only ever asks for patience', async () => {
    const server = await startRaw((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'), 10);
      socket.on('close', () => clearInterval(timer));
    });
    await expect(get(connections(), `http://127.0.0.1:${server.port}/`, { timeoutMs: 400 })).rejects.toMatchObject({ problem: 'silence' });
  });

  it.each(['http://127.0.0.1:1/elsewhere', 'file:///etc/hostname', 'https://ailleurs.example/', '//ailleurs.example/', '/same-host', 'javascript:alert(1)'])('is not followed to %s, and its token goes nowhere else', async (location) => {
    const server = await startLoopback((_request, response) => response.writeHead(307, { location }).end());
    open.push(server);
    expect((await get(connections(), `${server.baseUrl}/a`, { token: 'abc' })).status).toBe(307);
    expect(server.requests.map(({ url }) => url)).toEqual(['/a']);
  });

  it('leaves no cookie here', async () => {
    const server = await startLoopback((_request, response) => response.writeHead(200, { 'set-cookie': ['suivi=1; Path=/', 'autre=2'] }).end('{}'));
    open.push(server);
    const dispatcher = connections();
    for (const path of ['/1', '/2']) await get(dispatcher, `${server.baseUrl}${path}`);
    expect(server.requests).toHaveLength(2);
    for (const { headers } of server.requests) expect(headers).not.toHaveProperty('cookie');
  });
});

describe('a proxy that does not keep to the protocol', () => {
  const through = (port: number): Dispatcher => connections({ findWays: () => Promise.resolve([{ kind: 'proxy', host: '127.0.0.1', port, isSecure: false } satisfies Way]) });

  it.each([
    ['two megabytes of headers', (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(2_000_000)}\r\n\r\n`)],
    ['many headers', (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\n${'X-A: a\r\n'.repeat(200_000)}\r\n`)],
    ['no protocol', (socket: Socket) => socket.write('Bonjour')],
    ['nothing but the end', (socket: Socket) => socket.end()],
    ['nothing at all', () => undefined],
    ['a byte now and then', drip],
  ])('is left in time: %s', async (_what, answer) => {
    const proxy = await startRaw(answer);
    await expect(get(through(proxy.port), 'http://service.exemple.test/', { timeoutMs: 10_000 })).rejects.toMatchObject({ problem: 'proxy_unreachable' });
  });

  it('is told the host alone: no path, no token', async () => {
    const proxy = await startRaw((socket) => socket.end('HTTP/1.1 403 No\r\n\r\n'));
    await expect(get(through(proxy.port), 'https://service.exemple.test/v3/siren/1', { token: 'secret-token' })).rejects.toMatchObject({ problem: 'proxy_refused' });
    expect(proxy.received.join('')).toMatch(/^CONNECT service\.exemple\.test:443 HTTP\/1\.1\r\n/);
    expect(proxy.received.join('')).not.toMatch(/siren|secret-token|authorization/i);
  });

  it('cannot put its own words in the place of the service’s certificate', async () => {
    const proxy = await startRaw((socket, text) => {
      if (text.startsWith('CONNECT')) socket.write(`HTTP/1.1 200 OK\r\n\r\n${answerOf('{"forged":1}')}`);
    });
    await expect(get(through(proxy.port), 'https://service.exemple.test/', { token: 'secret-token' })).rejects.toMatchObject({ name: 'TransportError' });
    expect(proxy.received.join('')).not.toContain('secret-token');
  });
});

/** Never an end, never a silence. */
function drip(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\nX-A: ');
  const timer = setInterval(() => socket.write('a'), 20);
  socket.on('close', () => clearInterval(timer));
}

describe('a PAC file', () => {
  const settings = () => ({ ...defaultSettings, proxyMode: 'pac' as const, proxyPacUrl: 'http://pac.exemple/proxy.pac' });

  it('that never ends is left after a while, and its way is not guessed', async () => {
    vi.useFakeTimers();
    const { findWays } = createFindWays({ settings, resolveProxy: () => new Promise(() => undefined), clock: systemClock });
    const asked = expect(findWays(new URL('https://service.exemple/'))).rejects.toMatchObject({ problem: 'proxy_unreachable' });
    await vi.runAllTimersAsync();
    await asked;
  });

  it('that fails is a failure, not a way round it', async () => {
    const { findWays } = createFindWays({ settings, resolveProxy: () => Promise.reject(new Error('ERR_PAC_SCRIPT_FAILED')), clock: systemClock });
    await expect(findWays(new URL('https://service.exemple/'))).rejects.toThrow();
  });

  it.each(['PROXY', 'PROXY :', 'PROXY a b c:1', 'PROXY évil.example\r\nX: 1:80', 'JAVASCRIPT alert(1)', 'PROXY a:99999', 'PROXY a:-1', 'HTTPS https://a/b'])('that answers %j leads to no connection in the open', async (answer) => {
    const { findWays } = createFindWays({ settings, resolveProxy: () => Promise.resolve(answer), clock: systemClock });
    expect((await findWays(new URL('https://service.exemple/'))).map(({ kind }) => kind)).not.toContain('direct');
  });

  it('is not asked what an address holds beside its host', async () => {
    const asked: string[] = [];
    const { findWays } = createFindWays({ settings, resolveProxy: (url) => Promise.resolve(void asked.push(url)).then(() => 'DIRECT'), clock: systemClock });
    await findWays(new URL('https://jeanne:secret@service.exemple/v3/900000001?token=x'));
    expect(asked).toEqual(['https://service.exemple/']);
  });
});
