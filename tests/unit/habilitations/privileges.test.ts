import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDispatcher, createHttpClient } from '../../../electron/http';
import type { CallStopPort } from '../../../electron/consultation/ports';
import { createPrivilegesReader } from '../../../electron/privileges';
import { Secret } from '../../../electron/storage/secret';
import type { Agent } from '../../../shared/domain/agent';
import type { TracedEvent } from '../../../shared/domain/journal';

const author: Agent = { id: 'resp-1', login: 'resp', displayName: 'Dominique Fictif', role: 'responsable', organisation: 'Mairie Exemple', state: 'active', lastSignInAt: null };
const dispatcher = createDispatcher();
const http = createHttpClient({ dispatcher, userAgent: 'test' });
afterAll(() => dispatcher.close());

let server: Server;
let answer: { status: number; body: string };
let traced: TracedEvent[];
/** What was on disk when the question reached the service. */
let tracedBefore: number;

beforeEach(async () => {
  traced = [];
  tracedBefore = -1;
  answer = { status: 200, body: JSON.stringify({ privileges: ['insee', 'dgfip'] }) };
  server = createServer((_request, response) => {
    tracedBefore = traced.length;
    response.writeHead(answer.status, { 'content-type': 'application/json', 'x-request-id': 'demande-1' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function ask(record: (event: TracedEvent) => Promise<void> = async (event) => void traced.push(event), callStop: CallStopPort = () => null) {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const read = createPrivilegesReader({ http, record, callStop, baseUrlOf: () => baseUrl });
  return read({ author, habilitation: { id: 'hab-1', environment: 'sandbox' }, token: new Secret('jeton-fictif') });
}

describe('/privileges', () => {
  it('is traced before it leaves and with its outcome, under its author and habilitation', async () => {
    expect(await ask()).toEqual({ ok: true, privileges: ['insee', 'dgfip'] });
    expect(tracedBefore).toBe(1);
    const common = { event: 'token.tested', agentId: 'resp-1', agentName: 'Dominique Fictif', habilitationId: 'hab-1', environment: 'sandbox' };
    expect(traced).toMatchObject([{ ...common, outcome: 'success' }, { ...common, outcome: 'success', httpStatus: 200, requestId: 'demande-1' }]);
    expect(JSON.stringify(traced)).not.toContain('jeton-fictif');
  });

  it('traces a refusal and a cut connection as failures', async () => {
    answer = { status: 401, body: JSON.stringify({ errors: [{ code: '00101', title: 'Interdit', detail: 'Jeton refusé' }] }) };
    expect(await ask()).toMatchObject({ ok: false, error: { kind: 'token' } });
    expect(traced.at(-1)).toMatchObject({ outcome: 'failure', httpStatus: 401 });
    server.removeAllListeners('request');
    server.on('request', (request) => request.socket.destroy());
    expect(await ask()).toMatchObject({ ok: false, error: { kind: 'network' } });
    expect(traced.at(-1)).toMatchObject({ outcome: 'failure' });
    expect(traced).toHaveLength(4);
  });

  it('is not sent without its trace, and its answer is not used without its outcome', async () => {
    expect(await ask(() => Promise.reject(new Error('full')))).toMatchObject({ ok: false, error: { kind: 'journal' } });
    expect(tracedBefore).toBe(-1);
    let written = 0;
    expect(await ask(() => ((written += 1) === 1 ? Promise.resolve() : Promise.reject(new Error('full'))))).toMatchObject({ ok: false, error: { kind: 'journal' } });
  });

  it('is neither traced nor sent while calls are stopped', async () => {
    const stop = { reason: 'damaged', message: 'Le fichier est endommagé.', advice: 'Prévenez votre responsable.' } as const;
    expect(await ask(undefined, () => stop)).toMatchObject({ ok: false, error: { kind: 'blocked', advice: stop.advice } });
    expect(tracedBefore).toBe(-1);
    expect(traced).toEqual([]);
  });
});
