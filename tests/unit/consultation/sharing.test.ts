import { describe, expect, it } from 'vitest';

import { type AuthorisationPort, ConsultationError } from '../../../electron/consultation/ports';
import { errorOf } from '../../../shared/errors';
import { agent, makePipeline, watcher, wish } from './made-up';
import { answersData, failureOf, servingForEach, until } from './serving';

const serve = servingForEach();

describe('the same call under way', () => {
  it('is joined: sent once, traced and answered for each', async () => {
    let release = () => undefined as void;
    const server = await serve((request, response) => {
      release = () => answersData(request, response);
    });
    const { consult, steps, answers } = makePipeline(server.baseUrl);
    const [first, second] = [wish(), wish()];
    const both = [consult(first, agent, watcher().options), consult(second, agent, watcher().options)];
    await until(() => server.requests.length === 1 && steps.filter((step) => step.did === 'intent').length === 2);
    release();
    const [one, two] = await Promise.all(both);
    expect(server.requests).toHaveLength(1);
    expect([one?.quotaCost, two?.quotaCost]).toEqual([1, 0]);
    expect(answers.find(second.consultationId)?.data).toEqual({ nom: 'ÉBÉNISTERIE DU LAC' });
    const outcomes = steps.filter((step) => step.did === 'outcome');
    expect(outcomes.map((step) => step.outcome.requestId)).toEqual(['req-1', 'req-1']);
    expect(outcomes.filter((step) => step.outcome.detail?.startsWith('Réponse partagée'))).toHaveLength(1);
  });

  it('tells the one that joined under which justification the answer left, where it is not its own', async () => {
    let release = () => undefined as void;
    const server = await serve((request, response) => {
      release = () => answersData(request, response);
    });
    const { consult, steps } = makePipeline(server.baseUrl);
    const both = [consult(wish(), agent, watcher().options), consult(wish({ object: 'Autre marché' }), agent, watcher().options)];
    await until(() => server.requests.length === 1 && steps.filter((step) => step.did === 'intent').length === 2);
    release();
    await Promise.all(both);
    const details = steps.flatMap((step) => (step.did === 'outcome' ? [step.outcome.detail] : []));
    const sentObject = new URL(server.requests[0]?.url ?? '', server.baseUrl).searchParams.get('object');
    expect(sentObject).not.toBe('Autre marché');
    expect(details.find((detail) => detail?.startsWith('Réponse partagée'))).toContain(`l’objet « ${sentObject} »`);
  });

  it('goes on for the others when one of them cancels', async () => {
    let release = () => undefined as void;
    const server = await serve((request, response) => {
      release = () => answersData(request, response);
    });
    const { consult } = makePipeline(server.baseUrl);
    const leaving = new AbortController();
    const first = consult(wish(), agent, watcher(leaving.signal).options);
    const second = consult(wish(), agent, watcher().options);
    await until(() => server.requests.length === 1);
    leaving.abort();
    expect((await failureOf(first)).kind).toBe('cancelled');
    release();
    expect((await second).requestId).toBe('req-1');
  });

  it.each([
    ['other parameters', { parameters: { annee: '2024' } }],
    ['another company', { identifier: '200000008' }],
    ['an answer that must be fresh', { fresh: true }],
  ])('is not joined with %s', async (_name, changes) => {
    const server = await serve(answersData);
    const { consult } = makePipeline(server.baseUrl);
    await Promise.all([consult(wish(), agent, watcher().options), consult(wish(changes), agent, watcher().options)]);
    expect(server.requests).toHaveLength(2);
  });

  it('is not joined under another token, which is not the same call for the service', async () => {
    const server = await serve(answersData);
    const { deps } = makePipeline(server.baseUrl);
    let tokens = 0;
    const authorise: AuthorisationPort['authorise'] = (...asked) => {
      const given = deps.authorisation.authorise(...asked);
      return given.ok ? { ok: true, grant: { ...given.grant, tokenKey: `token-${(tokens += 1)}` } } : given;
    };
    const { consult } = makePipeline(server.baseUrl, { authorisation: { ...deps.authorisation, authorise } });
    await Promise.all([consult(wish(), agent, watcher().options), consult(wish(), agent, watcher().options)]);
    expect(server.requests).toHaveLength(2);
  });

  it('is joined whatever the order of its parameters', async () => {
    const server = await serve(answersData);
    const { consult } = makePipeline(server.baseUrl);
    await Promise.all([
      consult(wish({ parameters: { annee: '2024', mois: '03' } }), agent, watcher().options),
      consult(wish({ parameters: { mois: '03', annee: '2024' } }), agent, watcher().options),
    ]);
    expect(server.requests).toHaveLength(1);
  });
});

describe('who joins a call under way', () => {
  /** A call on its way, which the server answers when told. */
  async function underWay(changes: Parameters<typeof makePipeline>[1] = {}) {
    let release = () => undefined as void;
    const server = await serve((request, response) => {
      release = () => answersData(request, response);
    });
    const made = makePipeline(server.baseUrl, changes);
    const leaving = new AbortController();
    const first = made.consult(wish(), agent, watcher(leaving.signal).options);
    first.catch(() => undefined);
    await until(() => server.requests.length === 1);
    return { ...made, server, first, leave: () => leaving.abort(), release: () => release() };
  }

  it('is shown at once where it stands', async () => {
    const { consult, release } = await underWay();
    const { states, options } = watcher();
    const second = consult(wish(), agent, options);
    await until(() => states.length > 1);
    expect(states.map(({ step }) => step)).toEqual(['preparing', 'running']);
    release();
    await second;
  });

  it('gets nothing when his own intent cannot be traced, and holds nobody up', async () => {
    let intents = 0;
    const { deps } = makePipeline('http://127.0.0.1:9');
    const recordIntent: typeof deps.trace.recordIntent = (intent) => ((intents += 1) === 2 ? Promise.reject(new Error('disk full')) : deps.trace.recordIntent(intent));
    const { consult, first, leave, steps, answers } = await underWay({ trace: { ...deps.trace, recordIntent } });
    const request = wish();
    expect((await failureOf(consult(request, agent, watcher().options))).kind).toBe('journal');
    expect(answers.find(request.consultationId)).toBeUndefined();
    // Nobody else waits: when the first one leaves too, the call is stopped.
    leave();
    expect((await failureOf(first)).kind).toBe('cancelled');
    expect(steps.map(({ did }) => did)).toContain('fail');
  });

  it('has his own trace closed when he leaves', async () => {
    const { consult, steps, first, release } = await underWay();
    const leaving = new AbortController();
    const second = consult(wish(), agent, watcher(leaving.signal).options);
    await until(() => steps.filter(({ did }) => did === 'intent').length === 2);
    leaving.abort();
    expect((await failureOf(second)).kind).toBe('cancelled');
    expect(steps.flatMap((step) => (step.did === 'outcome' ? [step.seq] : []))).toEqual([2]);
    release();
    expect((await first).requestId).toBe('req-1');
  });

  it('has his own trace closed when the call never leaves', async () => {
    let refuse: (error: Error) => void = () => undefined;
    const waiting = new Promise<never>((_resolve, reject) => (refuse = reject));
    const { consult, steps } = makePipeline('http://127.0.0.1:9', { quota: { acquire: () => waiting } });
    const both = [consult(wish(), agent, watcher().options), consult(wish(), agent, watcher().options)];
    await until(() => steps.filter(({ did }) => did === 'intent').length === 2);
    refuse(new ConsultationError(errorOf('probable_ban')));
    for (const call of both) expect((await failureOf(call)).kind).toBe('probable_ban');
    expect(steps.flatMap((step) => (step.did === 'outcome' ? [step.seq] : [])).sort()).toEqual([1, 2]);
  });

  it('after everybody has left begins a call of his own, though the stopped one is still being closed', async () => {
    let close: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (close = resolve));
    const { deps } = makePipeline('http://127.0.0.1:9');
    let outcomes = 0;
    const recordOutcome = (): Promise<void> => ((outcomes += 1) === 1 ? closed : Promise.resolve());
    const { consult, server, leave, first } = await underWay({ trace: { ...deps.trace, recordOutcome }, delay: () => Promise.resolve() });
    leave();
    await until(() => outcomes === 1);
    server.answer(answersData);
    expect((await consult(wish(), agent, watcher().options)).requestId).toBe('req-1');
    expect(server.requests).toHaveLength(2);
    close();
    expect((await failureOf(first)).kind).toBe('cancelled');
  });
});
