import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';

import { afterEach, describe, expect, it } from 'vitest';

import { createDispatcher, createHttpClient, type HttpRequest, parseJson, ReaderError, TransportError } from '../../../electron/http';
import { Secret } from '../../../electron/storage/secret';
import { giveBack } from '../../../electron/storage/spent-memory';
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

describe('a body handed over while it arrives', () => {
  const megabyte = Buffer.alloc(1024 * 1024, 0x20);
  const read = async (chunks: AsyncIterable<Buffer>): Promise<number> => {
    let bytes = 0;
    for await (const chunk of chunks) bytes += chunk.length;
    return bytes;
  };

  it('is all that was sent, whatever its length', async () => {
    const lengths = [0, 1, 300_000, 900_000];
    const server = await serve((request, response) => response.end(megabyte.subarray(0, Number(request.url?.slice(1)))));
    const received = await Promise.all(lengths.map((length) => client.stream(requestTo(`${server.baseUrl}/${length}`), (_head, chunks) => read(chunks))));
    expect(received).toEqual(lengths);
  });

  it('slows the host down when its reader is slow', async () => {
    const megabytes = 60;
    let sentBytes = 0;
    const server = await serve((_request, response) => {
      const pour = () => {
        while (sentBytes < megabytes * megabyte.length) {
          sentBytes += megabyte.length;
          if (!response.write(megabyte)) return void response.once('drain', pour);
        }
        response.end();
      };
      pour();
    });
    let readBytes = 0;
    let mostAhead = 0;
    await client.stream(requestTo(server.baseUrl, { maxBytes: megabytes * megabyte.length }), async (_head, chunks) => {
      for await (const chunk of chunks) {
        readBytes += chunk.length;
        // While this reader lets the loop turn, a host that is not held back pours a megabyte a turn.
        for (let turn = 0; turn < 20 && readBytes < 10 * megabyte.length; turn += 1) await setImmediate();
        mostAhead = Math.max(mostAhead, sentBytes - readBytes);
      }
    });
    expect(readBytes).toBe(megabytes * megabyte.length);
    expect(mostAhead).toBeLessThan(20 * megabyte.length);
  });

  it('stays whole when its slow readers give back the memory of what they have read', async () => {
    const body = randomBytes(2 * megabyte.length);
    // By bursts: a host that is let go again has nothing to send at times, and the library then tells an empty piece, always the same.
    const pour = async (response: ServerResponse, burstBytes: number): Promise<void> => {
      response.writeHead(200, { 'content-length': body.length });
      for (let at = 0; at < body.length; at += burstBytes) {
        response.write(body.subarray(at, at + burstBytes));
        for (let turn = 0; turn < 100; turn += 1) await setImmediate();
      }
      response.end();
    };
    const server = await serve((request, response) => void pour(response, Number(request.url?.slice(1))));
    const hashOf = async (chunks: AsyncIterable<Buffer>): Promise<string> => {
      const hash = createHash('sha256');
      for await (const chunk of chunks) {
        hash.update(chunk);
        giveBack(chunk);
        // Long enough for the host to be held back, and let go again.
        for (let turn = 0; turn < 10; turn += 1) await setImmediate();
      }
      return hash.digest('hex');
    };
    const ask = (burstBytes: number) => client.stream(requestTo(`${server.baseUrl}/${burstBytes}`, { maxBytes: body.length }), (_head, chunks) => hashOf(chunks));
    const bursts = Array.from({ length: 12 }, (_none, rank) => 256 * 1024 + rank * 20_000);
    const expected = createHash('sha256').update(body).digest('hex');
    expect(await Promise.all(bursts.map(ask))).toEqual(bursts.map(() => expected));
  });

  it('is refused when it is cut, too large, or no longer wanted', async () => {
    const cut = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '2000000' });
      response.write(megabyte, () => response.destroy());
    });
    const endless = await serve((_request, response) => void response.writeHead(200).write(megabyte));
    const controller = new AbortController();
    const stopAtOnce = async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) if (chunk.length > 0) controller.abort();
    };
    const maxBytes = 3_000_000;
    expect(await problemOf(client.stream(requestTo(cut.baseUrl, { maxBytes }), (_head, chunks) => read(chunks)))).toBe('cut');
    expect(await problemOf(client.stream(requestTo(endless.baseUrl, { maxBytes: 500_000 }), (_head, chunks) => read(chunks)))).toBe('too_large');
    expect(await problemOf(client.stream(requestTo(cut.baseUrl, { maxBytes: 1_000_000 }), (_head, chunks) => read(chunks)))).toBe('too_large');
    expect(await problemOf(client.stream(requestTo(endless.baseUrl, { maxBytes, timeoutMs: 300 }), (_head, chunks) => read(chunks)))).toBe('silence');
    expect(await problemOf(client.stream(requestTo(endless.baseUrl, { maxBytes, signal: controller.signal }), (_head, chunks) => stopAtOnce(chunks)))).toBe('cancelled');
  });

  it('is left with its connection by a reader that has seen enough, under the name that the reader gives', async () => {
    let closed: Promise<unknown> | undefined;
    const server = await serve((_request, response) => {
      closed = once(response, 'close');
      response.writeHead(200).write(megabyte);
    });
    const refusal = new ReaderError('no room');
    const left = client.stream(requestTo(server.baseUrl, { maxBytes: 3_000_000 }), () => Promise.reject(refusal));
    await expect(left).rejects.toBe(refusal);
    await closed;
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
