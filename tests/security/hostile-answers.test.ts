import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { afterEach, describe, expect, it } from 'vitest';

import { createDispatcher, createHttpClient, type HttpRequest, parseJson, TransportError } from '../../electron/http';
import { readPolicy } from '../../electron/storage/policy';
import { createSettings, defaultSettings } from '../../electron/storage/settings';
import { Secret } from '../../electron/storage/secret';
import { type LoopbackServer, startLoopback } from '../support/loopback';

const ONE_MB = 1024 * 1024;
const open: LoopbackServer[] = [];
const dispatcher = createDispatcher();
const client = createHttpClient({ dispatcher, userAgent: 'Instruire/test' });

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function ask(body: Buffer | string, headers: Record<string, string>, changes: Partial<HttpRequest> = {}, status = 200) {
  const server = await startLoopback((_request, response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body));
  open.push(server);
  return client.get({ url: new URL(server.baseUrl), timeoutMs: 10_000, maxBytes: ONE_MB, signal: new AbortController().signal, ...changes });
}

describe('a hostile answer of the service', () => {
  const inflating = gzipSync(Buffer.alloc(200 * ONE_MB, ' '));
  it.each([
    ['gzip', 200, inflating],
    ['gzip', 502, inflating],
    ['br', 200, brotliCompressSync(Buffer.alloc(50 * ONE_MB, ' '))],
    ['zstd, gzip', 422, inflating],
    ['x-unknown', 404, inflating],
  ])('compressed to inflate without end (%s, status %i) is never inflated', async (encoding, status, body) => {
    const answer = await ask(body, { 'content-encoding': encoding }, {}, status);
    expect(answer.body.length).toBe(body.length);
    expect(parseJson(answer.body)).toBeUndefined();
  });

  it('longer than it may be is left', async () => {
    await expect(ask(Buffer.alloc(2 * ONE_MB, '['), {})).rejects.toMatchObject({ problem: 'too_large' });
  });

  it('with endless headers is left', async () => {
    await expect(ask('{}', { 'x-request-id': 'a'.repeat(200_000) })).rejects.toBeInstanceOf(TransportError);
  });

  it.each(['[', '{"a":', '[[],'])('nested without end (%s) is no answer', (piece) => {
    expect(parseJson(Buffer.from(piece.repeat(500_000)))).toBeUndefined();
  });

  it('of millions of numbers is read, and changes no other object', () => {
    expect(parseJson(Buffer.from(`[${'1,'.repeat(2_000_000)}1]`))).toHaveLength(2_000_001);
    const read = parseJson(Buffer.from('{"__proto__":{"polluted":1},"\\u005f_proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'));
    expect(Object.keys(read as object)).toEqual(['constructor']);
    expect({ ...(read as object) }).not.toHaveProperty('polluted');
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it.each([Buffer.from([0xff, 0xfe, 0x7b]), Buffer.from('{"a":"\ud800"}'), Buffer.from('\u0000{}'), Buffer.from('{"a":NaN}'), Buffer.from('{"a":1}{"b":2}'), Buffer.from('<html>')])('that is not JSON (%#) is no answer', (body) => {
    const read = parseJson(body);
    if (read !== undefined) expect(JSON.stringify(read)).not.toContain('\\ud800');
  });
});

describe('a header that carries another', () => {
  it('is not sent', async () => {
    const server = await startLoopback((_request, response) => response.end('{}'));
    open.push(server);
    const request = { url: new URL(server.baseUrl), timeoutMs: 5_000, maxBytes: ONE_MB, signal: new AbortController().signal };
    const token = new Secret('abc\r\nx-injected: 1');
    await expect(client.get({ ...request, authorization: { token, baseUrl: server.baseUrl } })).rejects.toThrow();
    await expect(client.get({ ...request, headers: { accept: 'a\r\nx-injected: 1' } })).rejects.toThrow();
    expect(server.requests).toEqual([]);
  });
});

describe('a file of settings, or a policy, that was tampered with', () => {
  const polluted = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1}}';
  const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;

  it.each([polluted, '[]', 'null', '"texte"', '{"colorScheme":{"toString":1},"lockAfterMinutes":1e999}'])('gives the usual settings (%s)', (text) => {
    const settings = createSettings({ read: () => ({ version: 1, settings: JSON.parse(text) as unknown }), write: () => undefined });
    expect(settings.get()).toEqual(defaultSettings);
    expect(settings.get()).not.toHaveProperty('polluted');
  });

  it('stops the start in words, and lifts nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'instruire-policy-'));
    const path = join(folder, 'policy.json');
    for (const text of [polluted, deep, '[]', 'null', `{"organisation":"${'a'.repeat(10)}","contexts":${'['.repeat(1_000)}${']'.repeat(1_000)}}`, '{"environment":"__proto__"}']) {
      writeFileSync(path, text);
      const read = readPolicy(path);
      expect(read).toMatchObject({ ok: false });
      expect(read.ok ? '' : read.message).toMatch(/politique du poste/);
    }
    expect(Object.prototype).not.toHaveProperty('polluted');
    rmSync(folder, { recursive: true });
  });
});
