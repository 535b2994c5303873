import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { CONTROL_HEADER, type FaultEffect, type LoggedRequest, type Sandbox, startSandbox, tokenKeyOf } from '../../../electron/sandbox';
import { call, get, ordinaryCompany } from './support';

const path = `/v4/insee/sirene/unites_legales/${ordinaryCompany().siren}`;
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.control.clearFaults());
afterAll(() => sandbox.close());

const order = async (route: string, body: unknown, secret = sandbox.controlSecret) => {
  const response = await request(`${sandbox.controlUrl}${route}`, { method: 'POST', headers: { [CONTROL_HEADER]: secret }, body: JSON.stringify(body) });
  await response.body.dump();
  return response.statusCode;
};
const spoil = (effect: FaultEffect) => order('/faults', { path: '/v4', effect, times: 1 });

describe('control', () => {
  it('obeys only who holds the secret', async () => {
    expect(await order('/faults', { path: '/' }, 'autre')).toBe(403);
    expect(await order('/faults', { path: 3 })).toBe(400);
    expect((await call(sandbox, path)).status).toBe(200);
  });

  it('spoils as many answers as told, then no more', async () => {
    expect(await spoil({ kind: 'status', status: 502, body: { errors: [] } })).toBe(204);
    expect((await call(sandbox, path)).status).toBe(502);
    expect((await call(sandbox, path)).status).toBe(200);
  });

  it('answers HTML, nothing, or megabytes', async () => {
    await spoil({ kind: 'html' });
    expect((await call(sandbox, path)).headers['content-type']).toContain('text/html');
    await spoil({ kind: 'empty' });
    expect((await call(sandbox, path)).text).toBe('');
    await spoil({ kind: 'huge', megabytes: 3 });
    expect((await call(sandbox, path)).text.length).toBe(3 * 1_048_576);
  });

  it('cuts a connection in the middle of a body', async () => {
    await spoil({ kind: 'cut' });
    await expect(call(sandbox, path)).rejects.toThrow();
  });

  it('logs what was asked, and never a token', async () => {
    sandbox.control.clearRequests();
    await call(sandbox, path, { query: { context: 'c', object: 'o', recipient: '10000001700010', token: sandbox.tokens.complete } });
    const { text } = await get(`${sandbox.controlUrl}/requests`, { [CONTROL_HEADER]: sandbox.controlSecret });
    const [entry] = JSON.parse(text) as readonly LoggedRequest[];
    expect(entry).toMatchObject({ method: 'GET', path, status: 200, tokenKey: tokenKeyOf(sandbox.tokens.complete) });
    expect(text).not.toContain(sandbox.tokens.complete);
  });
});
