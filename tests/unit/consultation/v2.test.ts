import { request as download } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { createPreview, withV2Access } from '../../../electron/consultation';
import { type AuthorisationPort, ConsultationError } from '../../../electron/consultation/ports';
import { issueToken, type Sandbox, sandboxCompanies, startSandbox } from '../../../electron/sandbox';
import { Secret } from '../../../electron/storage/secret';
import * as catalogue from '../../../shared/catalogue';
import { sendJson, startLoopback } from '../../support/loopback';
import { agent, makePipeline, watcher, wish } from './made-up';

const [company] = sandboxCompanies();
const siren = company?.siren ?? '';
const siret = company?.siret ?? '';
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ v2Enabled: true });
});
afterEach(() => {
  sandbox.control.resetWindows();
  sandbox.control.clearRequests();
  sandbox.control.enableV2({ enabled: true });
  sandbox.control.setProviderDown({ provider: '02', down: false });
});
afterAll(() => sandbox.close());

interface Options {
  readonly isOpen?: boolean;
  readonly tokenInQuery?: boolean;
  readonly baseUrl?: string;
  readonly token?: string;
}

/** The pipeline over the real catalogue, in front of the sandbox. */
function pipelineWith({ isOpen = true, tokenInQuery = false, baseUrl = sandbox.apiUrl, token = sandbox.tokens.complete }: Options = {}) {
  const grant = { habilitationId: 'habilitation-1', environment: 'sandbox' as const, baseUrl, tokenKey: 'cle', token: new Secret(token) };
  const always: AuthorisationPort = { authorise: () => ({ ok: true, grant }), reportTokenRefused: () => undefined };
  const made = makePipeline(baseUrl, { catalogue, authorisation: withV2Access(always, { isOpen: () => isOpen, tokenInQuery }) });
  const ask = (endpointId: string, identifier: string, parameters: Readonly<Record<string, string>> = {}) =>
    made.consult(wish({ endpointId, identifier, parameters }), agent, watcher().options);
  const refused = async (endpointId: string, identifier: string) => {
    const error: unknown = await ask(endpointId, identifier).catch((thrown: unknown) => thrown);
    if (!(error instanceof ConsultationError)) throw new Error('the call was not refused');
    return error.apiError;
  };
  return { ...made, ask, refused };
}

describe('version 2 in the pipeline', () => {
  it('is refused in words, with a trace and without a call, unless it is on', async () => {
    const { ask, refused, steps } = pipelineWith({ isOpen: false });
    expect(await refused('insee.entreprises.v2', siren)).toMatchObject({ kind: 'version', message: catalogue.V2_CLOSED_SENTENCE });
    expect([steps.map(({ did }) => did), sandbox.requestLog()]).toEqual([['refusal'], []]);
    expect((await ask('insee.unite_legale.v4', siren)).httpStatus).toBe(200);
  });

  it('carries the justification, and a pseudonym in place of the agent', async () => {
    const { ask } = pipelineWith();
    await ask('dgfip.attestation_fiscale.v2', siren, { siren_tva: siren });
    const [logged] = sandbox.requestLog();
    expect(logged?.path).toBe(`/v2/attestations_fiscales_dgfip/${siren}`);
    const query = Object.fromEntries(new URLSearchParams(logged?.query));
    expect(query).toEqual({ context: 'Marchés publics', object: 'MP-2026-014', recipient: '90000000100017', siren_tva: siren, user_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    await ask('insee.unite_legale.v4', siren);
    expect(sandbox.requestLog()[1]?.query).not.toContain('user_id');
  });

  it('reads answers without envelope, in a counter of their own', async () => {
    const { ask, steps } = pipelineWith();
    const answer = await ask('insee.etablissements.v2', siret);
    expect(answer).toMatchObject({ httpStatus: 200, meta: {}, data: { etablissement: { siret }, gateway_error: false } });
    expect(steps.find((step) => step.did === 'claim')).toMatchObject({ claim: { pool: 'v2_data' } });
  });

  it('marks a partial answer', async () => {
    sandbox.control.setProviderDown({ provider: '02', down: true });
    const answer = await pipelineWith().ask('insee.entreprises.v2', siren);
    expect([answer.httpStatus, answer.meta]).toEqual([206, { reponse_partielle: 'Un fournisseur n’a pas répondu : certaines données manquent.' }]);
  });

  it('offers documents whose links stay in main, archives included', async () => {
    const { ask, links } = pipelineWith();
    for (const [endpointId, pointer, magic] of [['dgfip.attestation_fiscale.v2', '/url', '%PDF'], ['inpi.actes.v2', '/url_documents', 'PK\u0003\u0004']] as const) {
      const answer = await ask(endpointId, siren);
      expect(answer.documents.map((offer) => offer.pointer)).toEqual([pointer]);
      expect(JSON.stringify(answer)).not.toContain('/proxy/files/');
      const { body } = await download(links.find(answer.consultationId, pointer) ?? '');
      expect(Buffer.from(await body.arrayBuffer()).subarray(0, 4).toString()).toBe(magic);
    }
  });

  it('reads refusals written as sentences', async () => {
    const { refused } = pipelineWith();
    expect(await refused('insee.entreprises.v2', '100000009')).toMatchObject({ kind: 'outside_perimeter', status: 404, code: null });
    const undiffused = sandboxCompanies().find(({ traits }) => traits.includes('partial_diffusion'))?.siren ?? '';
    expect(await refused('insee.entreprises.v2', undiffused)).toMatchObject({ kind: 'unavailable_by_law', status: 451 });
    const unscoped = pipelineWith({ token: issueToken({ scopes: [] }) });
    expect(await unscoped.refused('insee.entreprises.v2', siren)).toMatchObject({ kind: 'refused', status: 403 });
  });

  it('names the number that replaces a duplicate', async () => {
    const duplicate = sandboxCompanies().find(({ duplicateSiren }) => duplicateSiren);
    const error = await pipelineWith().refused('insee.entreprises.v2', duplicate?.duplicateSiren ?? '');
    expect(error).toMatchObject({ kind: 'gone', status: 301 });
    expect(error.message).toContain(duplicate?.siren);
  });

  it('says that the service closed it', async () => {
    sandbox.control.enableV2({ enabled: false });
    expect(await pipelineWith().refused('insee.entreprises.v2', siren)).toMatchObject({ kind: 'gone', status: 410 });
  });

  it('puts the token in the header, and in the address of version 2 only where the policy asks for it', async () => {
    const server = await startLoopback((_request, response) => sendJson(response, 200, { data: {}, links: {}, meta: {} }));
    const token = sandbox.tokens.complete;
    for (const tokenInQuery of [false, true]) {
      const { ask } = pipelineWith({ baseUrl: server.baseUrl, tokenInQuery });
      await ask('insee.entreprises.v2', siren);
      await ask('insee.unite_legale.v4', siren);
    }
    const sent = server.requests.map(({ url, authorization }) => [authorization, new URL(url, server.baseUrl).searchParams.get('token')]);
    await server.close();
    expect(sent).toEqual([
      [`Bearer ${token}`, null],
      [`Bearer ${token}`, null],
      [undefined, token],
      [`Bearer ${token}`, null],
    ]);
  });

  it('previews the call with its token masked, where it goes', () => {
    const shown = [false, true].map((tokenInQuery) => {
      const { deps } = pipelineWith({ tokenInQuery });
      const { query, headers } = createPreview(deps)(wish({ endpointId: 'insee.entreprises.v2', identifier: siren }), agent);
      return [query, headers].map((parts) => parts.find(({ name }) => /^(token|authorization)$/i.test(name))?.value);
    });
    expect(shown).toEqual([
      [undefined, 'Bearer ••••••••'],
      ['••••••••', undefined],
    ]);
  });

  it('keeps a token of the address out of the answer and of the trace', async () => {
    const { ask, steps } = pipelineWith({ tokenInQuery: true });
    const answer = await ask('insee.entreprises.v2', siren);
    expect(answer.httpStatus).toBe(200);
    expect(JSON.stringify([answer, steps])).not.toContain(sandbox.tokens.complete);
  });
});
