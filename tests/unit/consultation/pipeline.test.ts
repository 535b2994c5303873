import { describe, expect, it } from 'vitest';

import type { CallStop, QuotaPort } from '../../../electron/consultation/ports';
import type { HttpClient } from '../../../electron/http';
import { type Answering, sendJson } from '../../support/loopback';
import { agent, catalogue, dossier, makePipeline, SIREN, TOKEN, watcher, wish } from './made-up';
import { answersData, failureOf, servingForEach, until } from './serving';

const serve = servingForEach();

describe('a consultation', () => {
  it('goes through the steps in order, and carries the justification', async () => {
    const server = await serve(answersData);
    const { consult, steps } = makePipeline(server.baseUrl);
    const { states, options } = watcher();
    const answer = await consult(wish(), agent, options);
    expect(steps.map((step) => step.did)).toEqual(['intent', 'claim', 'settle', 'outcome']);
    expect(states.map((state) => state.step)).toEqual(['preparing', 'running']);
    expect(answer).toMatchObject({ data: { nom: 'ÉBÉNISTERIE DU LAC' }, meta: { redirect_from_siren: '900000001' }, requestId: 'req-1', quotaCost: 1 });
    const sent = new URL(server.requests[0]?.url ?? '', server.baseUrl);
    expect(Object.fromEntries(sent.searchParams)).toEqual({ context: dossier.context, recipient: dossier.recipient, object: dossier.object });
    expect(server.requests[0]?.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it('is not sent when its intent cannot be traced', async () => {
    const server = await serve(answersData);
    const { deps } = makePipeline(server.baseUrl);
    const { consult } = makePipeline(server.baseUrl, {
      trace: { ...deps.trace, recordIntent: () => Promise.reject(new Error('disk full')) },
    });
    expect((await failureOf(consult(wish(), agent, watcher().options))).kind).toBe('journal');
    expect(server.requests).toHaveLength(0);
  });

  it('is neither traced nor sent while calls are stopped, and says why; a stop that a failed write shows is told instead of the write', async () => {
    const server = await serve(answersData);
    const stop = { reason: 'altered', message: 'L’historique a été modifié à la ligne 7.', advice: 'Prévenez l’auditeur.' } as const;
    const { deps } = makePipeline(server.baseUrl);
    const stopped = makePipeline(server.baseUrl, { trace: { ...deps.trace, callStop: () => stop } });
    expect(await failureOf(stopped.consult(wish(), agent, watcher().options))).toMatchObject({ kind: 'blocked', message: stop.message, advice: stop.advice });
    let found: typeof stop | null = null;
    const recordIntent = () => {
      found = stop;
      return Promise.reject(new Error('disk I/O error'));
    };
    const shown = makePipeline(server.baseUrl, { trace: { ...deps.trace, recordIntent, callStop: () => found } });
    expect((await failureOf(shown.consult(wish(), agent, watcher().options))).kind).toBe('blocked');
    expect(server.requests).toHaveLength(0);
    expect([...stopped.steps, ...shown.steps]).toEqual([]);
  });

  it('does not leave when calls were stopped while it waited for its turn: it gives the turn back, and its trace says why', async () => {
    const server = await serve(answersData);
    const { deps, steps } = makePipeline(server.baseUrl);
    let stop: CallStop | null = null;
    const acquire: QuotaPort['acquire'] = async (...claim) => {
      stop = { reason: 'clock', message: 'L’horloge est en retard.', advice: 'Mettez ce poste à l’heure.' };
      return deps.quota.acquire(...claim);
    };
    const { consult } = makePipeline(server.baseUrl, { trace: { ...deps.trace, callStop: () => stop }, quota: { acquire } });
    expect(await failureOf(consult(wish(), agent, watcher().options))).toMatchObject({ kind: 'blocked', message: 'L’horloge est en retard.' });
    expect(server.requests).toHaveLength(0);
    expect(steps.map(({ did }) => did)).toEqual(['intent', 'claim', 'release', 'outcome']);
    expect(steps.at(-1)).toMatchObject({ outcome: { outcome: 'failure', httpStatus: null, detail: 'Appel non envoyé. L’horloge est en retard.' } });
  });

  it('shows nothing when its outcome cannot be traced', async () => {
    const server = await serve(answersData);
    const { deps } = makePipeline(server.baseUrl);
    const { consult, answers } = makePipeline(server.baseUrl, {
      trace: { ...deps.trace, recordOutcome: () => Promise.reject(new Error('disk full')) },
    });
    const request = wish();
    expect((await failureOf(consult(request, agent, watcher().options))).kind).toBe('journal');
    expect(server.requests).toHaveLength(1);
    expect(answers.find(request.consultationId)).toBeUndefined();
  });

  it('traces a refusal of rights and sends nothing', async () => {
    const server = await serve(answersData);
    const error = { ...(await refusedOnce()), kind: 'refused' as const };
    const { consult, steps } = makePipeline(server.baseUrl, {
      authorisation: { authorise: () => ({ ok: false, error }), reportTokenRefused: () => undefined },
    });
    expect((await failureOf(consult(wish(), agent, watcher().options))).kind).toBe('refused');
    expect(steps).toEqual([{ did: 'refusal', kind: 'refused' }]);
    expect(server.requests).toHaveLength(0);
  });

  async function refusedOnce() {
    return failureOf(makePipeline('http://127.0.0.1:9').consult(wish({ endpointId: 'inconnu' }), agent, watcher().options));
  }

  it('refuses an unjustified endpoint, and lets a written reason through to the journal', async () => {
    const server = await serve(answersData);
    const fraud = { ...dossier, useCase: 'fraude' as const };
    const { consult, steps } = makePipeline(server.baseUrl, { dossiers: { find: () => fraud } });
    expect((await failureOf(consult(wish(), agent, watcher().options))).kind).toBe('unjustified');
    expect(server.requests).toHaveLength(0);
    expect(steps).toEqual([{ did: 'refusal', kind: 'unjustified' }]);
    await consult(wish({ writtenReason: 'Signalement du 3 mars' }), agent, watcher().options);
    const intent = steps.find((step) => step.did === 'intent');
    expect(intent?.intent.writtenReason).toBe('Signalement du 3 mars');
  });

  it('takes no blank reason for a written one', async () => {
    const fraud = { ...dossier, useCase: 'fraude' as const };
    const { consult } = makePipeline('http://127.0.0.1:9', { dossiers: { find: () => fraud } });
    expect((await failureOf(consult(wish({ writtenReason: ' \n ' }), agent, watcher().options))).kind).toBe('unjustified');
  });

  it('refuses a dossier that is closed, and traces it', async () => {
    const { consult, steps } = makePipeline('http://127.0.0.1:9', { dossiers: { find: () => ({ ...dossier, state: 'closed' }) } });
    expect(await failureOf(consult(wish(), agent, watcher().options))).toMatchObject({ kind: 'refused', message: expect.stringContaining('clos') as string });
    expect(steps).toEqual([{ did: 'refusal', kind: 'refused' }]);
  });

  it('whose refusal cannot be traced says so', async () => {
    const { deps } = makePipeline('http://127.0.0.1:9');
    const { consult } = makePipeline('http://127.0.0.1:9', {
      dossiers: { find: () => ({ ...dossier, state: 'closed' }) },
      trace: { ...deps.trace, recordRefusal: () => Promise.reject(new Error('disk full')) },
    });
    expect((await failureOf(consult(wish(), agent, watcher().options))).kind).toBe('journal');
  });

  it('carries the object of the call when it has its own', async () => {
    const server = await serve(answersData);
    const { consult, steps } = makePipeline(server.baseUrl);
    await consult(wish({ object: ' Lot 2 ' }), agent, watcher().options);
    await consult(wish({ object: '  ' }), agent, watcher().options);
    const sent = server.requests.map(({ url }) => new URL(url ?? '', server.baseUrl).searchParams.get('object'));
    expect(sent).toEqual(['Lot 2', dossier.object]);
    expect(steps.flatMap((step) => (step.did === 'intent' ? [step.intent.justification.object] : []))).toEqual(sent);
  });

  it('asks for an answer that is not kept on the way when it must be fresh', async () => {
    const server = await serve(answersData);
    const { consult } = makePipeline(server.baseUrl);
    await consult(wish(), agent, watcher().options);
    await consult(wish({ fresh: true }), agent, watcher().options);
    expect(server.requests.map(({ headers }) => headers['cache-control'])).toEqual([undefined, 'no-cache']);
  });

  it('keeps nothing for a dossier that was deleted meanwhile', async () => {
    const server = await serve(answersData);
    let kept: typeof dossier | undefined = dossier;
    server.answer((request, response) => {
      kept = undefined;
      answersData(request, response);
    });
    const { consult, answers } = makePipeline(server.baseUrl, { dossiers: { find: () => kept } });
    const request = wish();
    expect((await consult(request, agent, watcher().options)).requestId).toBe('req-1');
    expect(answers.find(request.consultationId)).toBeUndefined();
  });

  it('that breaks in our own code before anything left gives its unit back and closes its trace', async () => {
    const { consult, steps } = makePipeline('http://127.0.0.1:9', { http: { get: () => Promise.reject(new Error('a mistake')) } as unknown as HttpClient });
    expect((await failureOf(consult(wish(), agent, watcher().options))).kind).toBe('internal');
    expect(steps.map((step) => step.did)).toEqual(['intent', 'claim', 'release', 'outcome']);
  });

  it('blocks a recipient that is the called company itself', async () => {
    const server = await serve(answersData);
    const { consult } = makePipeline(server.baseUrl);
    expect((await failureOf(consult(wish({ identifier: dossier.recipient.slice(0, 9) }), agent, watcher().options))).kind).toBe('justification');
    expect(server.requests).toHaveLength(0);
  });

  it('refuses an identifier and parameters that the endpoint does not take', async () => {
    const server = await serve(answersData);
    const { consult } = makePipeline(server.baseUrl, {
      catalogue: { ...catalogue, checkParameters: () => ({ ok: false, message: 'Année hors limites.' }) },
    });
    expect(await failureOf(consult(wish(), agent, watcher().options))).toMatchObject({ kind: 'parameter', message: 'Année hors limites.' });
    expect((await failureOf(consult(wish({ identifier: 'W123456789' }), agent, watcher().options))).kind).toBe('parameter');
    expect(server.requests).toHaveLength(0);
  });
});

describe('cancelling', () => {
  it('stops a call on the network and closes its trace', async () => {
    const server = await serve(() => undefined);
    const { consult, steps } = makePipeline(server.baseUrl);
    const controller = new AbortController();
    const call = consult(wish(), agent, watcher(controller.signal).options);
    await until(() => server.requests.length === 1);
    controller.abort();
    expect((await failureOf(call)).kind).toBe('cancelled');
    expect(steps.map((step) => step.did)).toEqual(['intent', 'claim', 'fail', 'outcome']);
  });

  it('leaves the queue of the quota without sending', async () => {
    const server = await serve(answersData);
    const { consult, steps } = makePipeline(server.baseUrl, {
      quota: {
        acquire: (_claim, { signal, onWait }) =>
          new Promise((_resolve, reject) => {
            onWait({ position: 1, waitMs: 1_000, reason: 'Quota épuisé' });
            signal.addEventListener('abort', () => reject(new Error('aborted')));
          }),
      },
    });
    const controller = new AbortController();
    const { states, options } = watcher(controller.signal);
    const call = consult(wish(), agent, options);
    await until(() => states.some((state) => state.step === 'queued'));
    controller.abort();
    expect((await failureOf(call)).kind).toBe('cancelled');
    expect(server.requests).toHaveLength(0);
    expect(steps.map((step) => step.did)).toEqual(['intent', 'outcome']);
  });
});

describe('attempts', () => {
  it('queues again after a 429, each attempt traced, without failing', async () => {
    let calls = 0;
    const server = await serve((request, response) => {
      calls += 1;
      if (calls < 3) return void response.writeHead(429, { 'retry-after': '1' }).end();
      answersData(request, response);
    });
    const { consult, steps } = makePipeline(server.baseUrl);
    const answer = await consult(wish(), agent, watcher().options);
    expect(answer.quotaCost).toBe(3);
    const round = ['intent', 'claim', 'settle', 'outcome'];
    expect(steps.map((step) => step.did)).toEqual([...round, ...round, ...round]);
    expect(steps.filter((step) => step.did === 'outcome').map((step) => step.outcome.httpStatus)).toEqual([429, 429, 200]);
  });

  it('waits and tries again when the same call runs elsewhere (409)', async () => {
    let calls = 0;
    const server = await serve((request, response) => {
      calls += 1;
      if (calls === 1) return sendJson(response, 409, { errors: [{ code: '00015', title: '', detail: '' }] });
      answersData(request, response);
    });
    const { consult, steps } = makePipeline(server.baseUrl);
    const { states, options } = watcher();
    expect((await consult(wish(), agent, options)).httpStatus).toBe(200);
    expect(steps.some((step) => step.did === 'wait' && step.ms > 0)).toBe(true);
    expect(states.map((state) => state.step)).toEqual(['preparing', 'running', 'queued', 'running']);
  });

  it('keeps one claim for all its attempts, so that a 429 does not cost it its turn', async () => {
    let calls = 0;
    const server = await serve((request, response) => {
      calls += 1;
      if (calls < 3) return void response.writeHead(429).end();
      answersData(request, response);
    });
    const { consult, steps } = makePipeline(server.baseUrl);
    await consult(wish(), agent, watcher().options);
    const claims = steps.filter((step) => step.did === 'claim').map((step) => step.claim);
    expect(claims).toHaveLength(3);
    expect(claims.every((claim) => claim === claims[0])).toBe(true);
  });

  it('does not send again, before ten seconds from its start, a call that timed out here', async () => {
    const server = await serve(() => undefined);
    let monotonic = 0;
    let timeoutMs = 30;
    const clock = { now: () => 0, monotonic: () => monotonic };
    const { consult, steps } = makePipeline(server.baseUrl, {
      clock,
      catalogue: { ...catalogue, findEndpoint: (id) => ({ ...catalogue.findEndpoint(id)!, timeoutMs }) },
      delay: async (ms) => {
        steps.push({ did: 'wait', ms });
        monotonic += ms;
      },
    });
    expect((await failureOf(consult(wish(), agent, watcher().options))).kind).toBe('timeout');
    monotonic += 4_000;
    timeoutMs = 10_000;
    server.answer(answersData);
    await consult(wish(), agent, watcher().options);
    expect(steps.filter((step) => step.did === 'wait').at(-1)).toEqual({ did: 'wait', ms: 6_000 });
  });

  it('tells the habilitation that its token is refused', async () => {
    const server = await serve((_request, response) => sendJson(response, 401, { errors: [{ code: '00103', title: '', detail: '' }] }));
    const { consult, steps } = makePipeline(server.baseUrl);
    expect((await failureOf(consult(wish(), agent, watcher().options))).kind).toBe('token');
    expect(steps.at(-1)).toEqual({ did: 'token-refused', code: '00103', tokenKey: 'cle' });
  });
});

describe('an answer that is not one', () => {
  it.each<[string, Answering, string]>([
    ['HTML', (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Portail</html>'), 'unreadable'],
    ['an empty body', (_request, response) => response.writeHead(200).end(), 'unreadable'],
    ['broken JSON', (_request, response) => response.writeHead(200).end('{"data":'), 'unreadable'],
    ['no data', (_request, response) => sendJson(response, 200, { autre: 1 }), 'unreadable'],
    ['a redirection', (_request, response) => response.writeHead(302, { location: 'https://example.org/' }).end(), 'unreadable'],
    ['a cut body', (_request, response) => void response.writeHead(404, { 'content-length': '50' }).write('{', () => response.destroy()), 'network'],
    ['451', (_request, response) => response.writeHead(451).end(), 'unavailable_by_law'],
    ['410 in plain text', (_request, response) => response.writeHead(410).end('Gone'), 'gone'],
    ['404', (_request, response) => sendJson(response, 404, { errors: [{ code: '01003' }] }), 'outside_perimeter'],
    ['404 of an unknown version', (_request, response) => sendJson(response, 404, { errors: [{ code: '00402' }] }), 'version'],
    ['503', (_request, response) => response.writeHead(503).end(), 'provider_down'],
  ])('%s becomes a failure of its own kind, with its trace', async (_name, answering, kind) => {
    const server = await serve(answering);
    const { consult, steps } = makePipeline(server.baseUrl);
    expect((await failureOf(consult(wish(), agent, watcher().options))).kind).toBe(kind);
    expect(steps.at(-1)?.did).toBe('outcome');
  });
});

describe('links to documents', () => {
  it('never leave main: neither in the answer, nor in what is stored', async () => {
    const link = 'https://entreprise.api.gouv.fr/proxy/files/lien-secret';
    const server = await serve((_request, response) =>
      sendJson(response, 200, {
        data: { document_url: link, expires_in: 600, date_emission: '2026-02-03', actes: [{ url: link }], cache: { ailleurs: link } },
        links: {},
        meta: {},
      }),
    );
    const { consult, links, answers, database } = makePipeline(server.baseUrl);
    const request = wish();
    const answer = await consult(request, agent, watcher().options);
    expect(JSON.stringify(answer)).not.toContain('lien-secret');
    expect(answer.documents).toMatchObject([
      { pointer: '/data/document_url', label: 'Attestation', documentDate: '2026-02-03' },
      { pointer: '/data/actes/0/url', label: 'Acte' },
    ]);
    expect(links.find(request.consultationId, '/data/document_url')?.href).toBe(link);
    expect(answers.latest(dossier.id, SIREN)).toEqual([answer]);
    answers.flush();
    const stored = database.prepare('SELECT sealed FROM answers').get() as { sealed: Uint8Array };
    expect(Buffer.from(stored.sealed).includes('LAC')).toBe(false);
    expect(JSON.stringify(database.prepare('SELECT * FROM answers').all())).not.toContain('lien-secret');
  });
});
