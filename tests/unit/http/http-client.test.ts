import { createHash } from 'node:crypto';

import { afterEach, describe, expect, it } from 'vitest';

import { createDispatcher, createHttpClient, type HttpRequest, parseJson, TransportError } from '../../../electron/http';
import { Secret } from '../../../electron/storage/secret';
import { type Answering, type LoopbackServer, sendJson, startLoopback } from '../../support/loopback';

const TOKEN = 'jeton-tres-secret';
const open: LoopbackServer[] = [];
const dispatcher = createDispatcher();
const client = createHttpClient({ dispatcher, userAgent: 'Instruire/test' });

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(answering: Answering): Promise<LoopbackServer> {
  const server = await startLoopback(answering);
  open.push(server);
  return server;
}

function requestTo(url: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  return { url: new URL(url), timeoutMs: 5_000, maxBytes: 1_000_000, signal: new AbortController().signal, ...changes };
}

async function problemOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TransportError);
  return (error as TransportError).problem;
}

describe('the HTTP client', () => {
  it('gives the body as received, with its hash, and says who calls', async () => {
    const server = await serve((_request, response) => sendJson(response, 200, { data: 'é' }));
    const answer = await client.get(requestTo(`${server.baseUrl}/x`));
    expect(answer.sha256).toBe(createHash('sha256').update('{"data":"é"}').digest('hex'));
    expect(parseJson(answer.body)).toEqual({ data: 'é' });
    expect(server.requests[0]?.headers['user-agent']).toBe('Instruire/test');
  });

  it('ends a call that is never answered', async () => {
    const server = await serve(() => undefined);
    expect(await problemOf(client.get(requestTo(server.baseUrl, { timeoutMs: 50 })))).toBe('silence');
  });

  it('ends a call whose body never ends', async () => {
    const server = await serve((_request, response) => void response.writeHead(200).write('{'));
    expect(await problemOf(client.get(requestTo(server.baseUrl, { timeoutMs: 50 })))).toBe('silence');
  });

  it('names a connection cut in the middle of the body', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"data":', () => response.destroy());
    });
    expect(await problemOf(client.get(requestTo(server.baseUrl)))).toBe('cut');
  });

  it('names a refused connection and an unknown host', async () => {
    const server = await serve(() => undefined);
    await server.close();
    expect(await problemOf(client.get(requestTo(server.baseUrl)))).toBe('connect_refused');
  });

  it('stops a body without announced length at the bound, long before its end', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    const server = await serve((_request, response) => {
      const pour = () => {
        while (sent < 100 * 1024 * 1024 && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', pour);
        }
        response.end();
      };
      response.writeHead(200);
      pour();
    });
    expect(await problemOf(client.get(requestTo(server.baseUrl)))).toBe('too_large');
    expect(sent).toBeLessThan(20 * 1024 * 1024);
  });

  it('refuses an announced length over the bound', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '2000000' });
      response.flushHeaders();
    });
    expect(await problemOf(client.get(requestTo(server.baseUrl)))).toBe('too_large');
  });

  it('does not follow a redirection', async () => {
    const server = await serve((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect((await client.get(requestTo(server.baseUrl))).status).toBe(302);
    expect(server.requests).toHaveLength(1);
  });

  it('stops at once when the agent cancels', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    expect(await problemOf(client.get(requestTo(server.baseUrl, { signal: controller.signal })))).toBe('cancelled');
  });

  it('never sends a call that was cancelled while it waited for a connection', async () => {
    const server = await serve((_request, response) => sendJson(response, 200, {}));
    const controller = new AbortController();
    const slow = createDispatcher({ lookup: (_host, _options, callback) => setTimeout(() => callback(null, [{ address: '127.0.0.1', family: 4 }]), 50) });
    const call = createHttpClient({ dispatcher: slow, userAgent: 'Instruire/test' }).get(requestTo(server.baseUrl.replace('127.0.0.1', 'localhost'), { signal: controller.signal }));
    setTimeout(() => controller.abort(), 10);
    expect(await problemOf(call)).toBe('cancelled');
    await slow.close();
    expect(server.requests).toHaveLength(0);
  });

  it('takes the answer for the answer, whatever was said to wait before it', async () => {
    const server = await serve((_request, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' });
      sendJson(response, 200, { data: 1 });
    });
    const answer = await client.get(requestTo(server.baseUrl));
    expect([answer.status, parseJson(answer.body)]).toEqual([200, { data: 1 }]);
  });

  it('sends a token to the origin of its API and to no other', async () => {
    const api = await serve((_request, response) => sendJson(response, 200, {}));
    const other = await serve((_request, response) => sendJson(response, 200, {}));
    const authorization = { token: new Secret(TOKEN), baseUrl: api.baseUrl };
    await client.get(requestTo(api.baseUrl, { authorization }));
    expect(api.requests[0]?.authorization).toBe(`Bearer ${TOKEN}`);
    const refused = await client.get(requestTo(other.baseUrl, { authorization })).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    expect(other.requests).toHaveLength(0);
    expect(String(refused)).not.toContain(TOKEN);
  });

  it('refuses to talk in clear to another machine', async () => {
    expect(await problemOf(client.get(requestTo('http://192.0.2.1/x')))).toBe('tls');
  });

  it('keeps addresses and tokens out of its errors', async () => {
    const server = await serve((_request, response) => response.destroy());
    const error = await client
      .get(requestTo(`${server.baseUrl}/proxy/files/lien-secret`, { authorization: { token: new Secret(TOKEN), baseUrl: server.baseUrl } }))
      .catch((thrown: unknown) => thrown as Error);
    const everything = `${(error as Error).message} ${(error as Error).stack} ${JSON.stringify(error)}`;
    expect(everything).not.toContain('lien-secret');
    expect(everything).not.toContain(TOKEN);
  });
});

describe('parseJson', () => {
  it('reads no HTML, no empty body, no broken JSON, no invalid UTF-8', () => {
    for (const body of ['<html></html>', '', '{"data":', '{"a":1}}']) expect(parseJson(Buffer.from(body))).toBeUndefined();
    expect(parseJson(Buffer.from([0x22, 0xff, 0x22]))).toBeUndefined();
  });

  it('refuses nesting that would exhaust a recursive reader', () => {
    expect(parseJson(Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)))).toBeUndefined();
    expect(parseJson(Buffer.from(`"${'['.repeat(1_000)}"`))).toBe('['.repeat(1_000));
  });

  it.each(['{"__proto__":{"admin":true}}', '{"\\u005f_proto__":{"admin":true}}'])('makes prototype keys harmless: %s', (text) => {
    const value = parseJson(Buffer.from(text)) as object;
    expect(Object.keys(value)).toEqual([]);
    expect((Object.assign({}, value) as { admin?: boolean }).admin).toBeUndefined();
  });
});
