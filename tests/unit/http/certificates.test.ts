import { readFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import { type AddressInfo } from 'node:net';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { createDispatcher, createHttpClient, type DispatcherOptions, type HttpResponse, TransportError } from '../../../electron/http';
import { Secret } from '../../../electron/storage/secret';
import { transportWords } from '../../../shared/errors';
import { Authority, startDemandingServer } from '../../support/pki';
import { startProxy, type TestProxy } from '../../support/proxy';

const HOST = 'service.exemple.test';
let authority: Authority;
let stranger: Authority;
const open: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  authority = new Authority('Autorité de la ville', 'Ville fictive');
  stranger = new Authority('Boîtier inconnu', 'Inconnu SA');
});
afterAll(() => {
  authority.remove();
  stranger.remove();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

async function serve(options: ServerOptions, body = '{"data":1}', type = 'application/json', status = 200): Promise<number> {
  const server = createServer(options, (_request, response) => response.writeHead(status, { 'content-type': type, ...(status === 302 ? { location: 'https://portail.exemple.test/' } : {}) }).end(body));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  }));
  return (server.address() as AddressInfo).port;
}

/** Every name leads to one port, by a proxy on loopback: no name of the test is looked up. */
async function proxyTo(port: number): Promise<TestProxy> {
  const proxy = await startProxy({ leadTo: () => port });
  open.push(() => proxy.close());
  return proxy;
}

async function call(port: number, options: DispatcherOptions = { extraCas: [authority.cert] }, host = HOST): Promise<HttpResponse> {
  const proxy = await proxyTo(port);
  const dispatcher = createDispatcher({ findWays: () => Promise.resolve([{ kind: 'proxy', host: '127.0.0.1', port: proxy.port, isSecure: false }]), ...options });
  open.push(() => dispatcher.close());
  const client = createHttpClient({ dispatcher, userAgent: 'test' });
  return client.get({ url: new URL(`https://${host}/x`), timeoutMs: 5_000, maxBytes: 1_000, signal: new AbortController().signal });
}

async function failureOf(attempt: Promise<unknown>): Promise<TransportError> {
  const error = await attempt.then(() => undefined, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TransportError);
  return error as TransportError;
}

function sentenceOf({ problem, certificate }: TransportError): string {
  const words = transportWords(problem, certificate);
  return `${words?.message ?? ''} ${words?.advice ?? ''}`;
}

describe('a certificate of the organisation', () => {
  it('is accepted by any of its names (SAN)', async () => {
    const port = await serve(authority.issue({ name: 'autre.exemple.test', san: ['DNS:autre.exemple.test', `DNS:${HOST}`] }));
    expect((await call(port)).status).toBe(200);
  });

  it('is accepted by its common name when it holds nothing else', async () => {
    expect((await call(await serve(authority.issue({ name: HOST })))).status).toBe(200);
  });

  it('leaves the usual authorities trusted beside the organisation’s', async () => {
    const { trustedAuthorities } = await import('../../../electron/http/authorities');
    const { rootCertificates } = await import('node:tls');
    const trusted = new Set(trustedAuthorities([authority.cert]));
    expect(rootCertificates.every((root) => trusted.has(root))).toBe(true);
    expect(trusted.has(authority.cert.trim())).toBe(true);
  });
});

describe('a certificate that is refused says why', () => {
  it('unknown authority, and which', async () => {
    const error = await failureOf(call(await serve(stranger.issue({ name: HOST, san: [`DNS:${HOST}`] }))));
    expect(error.problem).toBe('authority_unknown');
    expect(sentenceOf(error)).toContain('Boîtier inconnu (Inconnu SA)');
    expect(error.failure).toBe('tls');
  });

  it('expired, and since when', async () => {
    const error = await failureOf(call(await serve(authority.issue({ name: HOST, san: [`DNS:${HOST}`], from: '200101000000Z', until: '210301120000Z' }))));
    expect(error.problem).toBe('certificate_expired');
    expect(sentenceOf(error)).toContain('01/03/2021');
  });

  it('not valid yet: the clock is in question', async () => {
    const error = await failureOf(call(await serve(authority.issue({ name: HOST, san: [`DNS:${HOST}`], from: '340101000000Z' }))));
    expect(error.problem).toBe('certificate_not_yet_valid');
    expect(sentenceOf(error)).toMatch(/01\/01\/2034.*horloge/);
  });

  it('another host, and which names it holds', async () => {
    const error = await failureOf(call(await serve(authority.issue({ name: 'x', san: ['DNS:autre.exemple.test', 'DNS:www.exemple.test'] }))));
    expect(error.problem).toBe('certificate_other_host');
    expect(sentenceOf(error)).toContain('autre.exemple.test, www.exemple.test');
  });

  it('TLS 1.1 and nothing newer', async () => {
    const port = await serve({ ...authority.issue({ name: HOST, san: [`DNS:${HOST}`] }), minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    expect((await failureOf(call(port))).problem).toBe('tls_too_old');
  });

  it('never with an address in the message', async () => {
    const error = await failureOf(call(await serve(stranger.issue({ name: HOST, san: [`DNS:${HOST}`] }))));
    expect(`${error.message} ${error.stack ?? ''}`).not.toContain(HOST);
    expect(error.cause).toBeUndefined();
  });
});

describe('an intercepting box, which signs every host anew', () => {
  it('is refused by name until its authority is declared, then accepted', async () => {
    const port = await serve(stranger.issue({ name: HOST, san: [`DNS:${HOST}`] }));
    expect((await failureOf(call(port))).certificate.authority).toBe('Boîtier inconnu (Inconnu SA)');
    expect((await call(port, { extraCas: [authority.cert, stranger.cert] })).status).toBe(200);
  });
});

/** By a proxy that is itself spoken to over TLS, and asks for an account. */
async function callByTlsProxy(signer: Authority): Promise<{ readonly proxy: TestProxy; readonly answer: Promise<HttpResponse> }> {
  const port = await serve(authority.issue({ name: HOST, san: [`DNS:${HOST}`] }));
  const proxy = await startProxy({ certificate: signer.issue({ name: 'proxy', san: ['IP:127.0.0.1'] }), account: 'lea:temoin', leadTo: () => port });
  open.push(() => proxy.close());
  const dispatcher = createDispatcher({
    findWays: () => Promise.resolve([{ kind: 'proxy', host: '127.0.0.1', port: proxy.port, isSecure: true }]),
    proxyAccounts: { accountFor: () => ({ user: 'lea', password: new Secret('temoin') }), askedBy: () => false },
    extraCas: [authority.cert],
  });
  open.push(() => dispatcher.close());
  const client = createHttpClient({ dispatcher, userAgent: 'test' });
  return { proxy, answer: client.get({ url: new URL(`https://${HOST}/x`), timeoutMs: 5_000, maxBytes: 1_000, signal: new AbortController().signal }) };
}

describe('a proxy over TLS', () => {
  it('carries the call, and reads its account', async () => {
    const { proxy, answer } = await callByTlsProxy(authority);
    expect((await answer).status).toBe(200);
    expect(proxy.asked).toEqual([{ target: `${HOST}:443`, account: 'lea:temoin' }]);
  });

  it('of an authority that nobody here knows is told nothing, the account least of all', async () => {
    const { proxy, answer } = await callByTlsProxy(stranger);
    expect((await failureOf(answer)).problem).toBe('proxy_unreachable');
    expect(proxy.asked).toEqual([]);
  });
});

describe('a variable of the environment that lets every certificate pass', () => {
  beforeEach(() => void vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0'));
  afterEach(() => void vi.unstubAllEnvs());

  it('changes nothing for the service', async () => {
    expect((await failureOf(call(await serve(stranger.issue({ name: HOST, san: [`DNS:${HOST}`] }))))).problem).toBe('authority_unknown');
  });

  it('changes nothing for a proxy over TLS', async () => {
    const { proxy, answer } = await callByTlsProxy(stranger);
    expect((await failureOf(answer)).problem).toBe('proxy_unreachable');
    expect(proxy.asked).toEqual([]);
  });
});

describe('a page in place of the answer', () => {
  it.each([
    ['HTML for JSON', '<html>Portail</html>', 'text/html; charset=utf-8', 200],
    ['a way to another host', '', 'text/plain', 302],
    ['511', '', 'text/plain', 511],
  ])('%s is a captive page', async (_name, body, type, status) => {
    const port = await serve(authority.issue({ name: HOST, san: [`DNS:${HOST}`] }), body, type, status);
    const error = await failureOf(call(port));
    expect(error.problem).toBe('captive');
    expect(error.failure).toBe('way_out');
  });
});

describe('a relay that demands a certificate of this workstation', () => {
  const demanding = (): ServerOptions => ({ ...authority.issue({ name: HOST, san: [`DNS:${HOST}`] }), ca: authority.cert, requestCert: true, rejectUnauthorized: true });

  it('is named without one', async () => {
    const server = await startDemandingServer(authority, authority.issue({ name: HOST, san: [`DNS:${HOST}`] }));
    open.push(() => server.close());
    expect((await failureOf(call(server.port))).problem).toBe('client_certificate');
  });

  it.each(['pfx', 'pem'] as const)('is satisfied by a %s file, shown to its origin alone', async (kind) => {
    const ours = authority.issue({ name: 'poste', usage: 'clientAuth' });
    const content = kind === 'pfx' ? { pfx: readFileSync(authority.pfx(ours, 'phrase')) } : { cert: Buffer.from(ours.cert), key: Buffer.from(ours.key) };
    const passphrase = kind === 'pfx' ? new Secret('phrase') : null;
    const shownTo: string[] = [];
    const clientCertificate = (origin: string) => {
      shownTo.push(origin);
      return origin === `https://${HOST}` ? { content, passphrase } : null;
    };
    const port = await serve(demanding());
    expect((await call(port, { extraCas: [authority.cert], clientCertificate })).status).toBe(200);
    expect(shownTo).toContain(`https://${HOST}`);
    const other = await startDemandingServer(authority, authority.issue({ name: 'autre.test', san: ['DNS:autre.test'] }));
    open.push(() => other.close());
    expect((await failureOf(call(other.port, { extraCas: [authority.cert], clientCertificate }, 'autre.test'))).problem).toBe('client_certificate');
  });

  it('is named when the passphrase is wrong', async () => {
    const pfx = readFileSync(authority.pfx(authority.issue({ name: 'poste', usage: 'clientAuth' }), 'phrase'));
    const clientCertificate = () => ({ content: { pfx }, passphrase: new Secret('autre') });
    expect((await failureOf(call(await serve(demanding()), { extraCas: [authority.cert], clientCertificate }))).problem).toBe('client_certificate');
  });
});
