import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDispatcher, createHttpClient } from '../../../electron/http';
import { createReachability, type Reachability } from '../../../electron/reachability';
import { type LoopbackServer, sendJson, startLoopback } from '../../support/loopback';

const dispatcher = createDispatcher();
let server: LoopbackServer;
let reachability: Reachability;

beforeEach(async () => {
  server = await startLoopback((_request, response) => sendJson(response, 200, { status: 'ok' }));
  const http = createHttpClient({ dispatcher, userAgent: 'test' });
  reachability = createReachability(http, (environment) => (environment === 'production' ? server.baseUrl : null), () => server.baseUrl);
});
afterEach(() => server.close());

describe('free questions to the service', () => {
  it.each([
    ['ok', 200, { status: 'ok', last_update: '2027-03-01T09:00:00Z' }],
    ['bad_gateway', 502, { status: 'bad_gateway', last_ok_status: '2027-03-01T08:00:00Z' }],
    ['unknown', 200, { status: 'unknown' }],
    ['unknown', 502, '<html>'],
    ['unknown', 404, null],
  ])('read %s from a ping', async (expected, status, body) => {
    server.answer((_request, response) => sendJson(response, status, body));
    expect(await reachability.readPing('production', '/ping/dgfip/attestation_fiscale')).toBe(expected);
    expect(server.requests.at(-1)).toMatchObject({ url: '/ping/dgfip/attestation_fiscale', authorization: undefined });
  });

  it('read the time of the service without a token', async () => {
    server.answer((_request, response) => sendJson(response, 200, {}, { date: 'Mon, 01 Mar 2027 09:00:00 GMT' }));
    expect(await reachability.readServerDate('production')).toBe('Mon, 01 Mar 2027 09:00:00 GMT');
    expect(server.requests.at(-1)).toMatchObject({ url: '/v3/ping', authorization: undefined });
  });

  it('bear silence, and an environment that is not set up', async () => {
    expect(await reachability.readServerDate('staging')).toBeNull();
    expect(await reachability.serviceAnswers('staging')).toBe(false);
    server.answer((request) => request.socket.destroy());
    expect(await reachability.readPing('production', '/ping/insee/sirene')).toBe('unknown');
    expect(await reachability.serviceAnswers('production')).toBe(false);
    expect(await reachability.otherHostAnswers()).toBe(false);
  });
});
