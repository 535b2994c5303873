import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type CallStop, ConsultationError, type QuotaPort } from '../../../electron/consultation/ports';
import { createDocumentRecords, createFetchDocument, createFileStore, documentsSchema, safePart } from '../../../electron/documents';
import { type Answering, type LoopbackServer, sendJson, startLoopback } from '../../support/loopback';
import { agent, dossier, makePipeline, SIREN, watcher, wish } from '../consultation/made-up';

const PDF = Buffer.from(`%PDF-1.7\n${'contenu '.repeat(20_000)}\n%%EOF\n`);
let folder: string;
const open: LoopbackServer[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'instruire-documents-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
  rmSync(folder, { recursive: true, force: true });
});

const sendPdf: Answering = (_request, response) => response.writeHead(200, { 'content-type': 'application/pdf', 'x-request-id': 'req-doc' }).end(PDF);

/** An API whose answer offers a file and an INPI deed, and what it takes to fetch them. */
async function start(serveFile: Answering, changes: Parameters<typeof makePipeline>[1] = {}, asked: Parameters<typeof wish>[0] = {}) {
  let serving = serveFile;
  const api = await startLoopback((request, response) => {
    if (/^\/(proxy|siade)\//.test(request.url ?? '')) return serving(request, response);
    sendJson(response, 200, { data: { document_url: `${api.baseUrl}/proxy/files/un`, actes: [{ url: `${api.baseUrl}/proxy/inpi/deux` }] }, links: {}, meta: {} });
  });
  open.push(api);
  const made = makePipeline(api.baseUrl, changes, [documentsSchema]);
  const records = createDocumentRecords(made.database);
  const store = createFileStore(folder, made.cipher);
  const events: string[] = [];
  const journal = { isFull: false };
  const fetchDocument = createFetchDocument({
    ...made.deps,
    consult: made.consult,
    links: made.links,
    records,
    store,
    record: async ({ event, outcome }) => {
      if (journal.isFull) throw new Error('disk full');
      events.push(outcome === 'success' ? event : `${event} (${outcome})`);
    },
  });
  const request = wish(asked);
  await made.consult(request, agent, watcher().options);
  made.steps.length = 0;
  const serve = (next: Answering) => {
    serving = next;
  };
  return { ...made, api, records, store, events, journal, fetchDocument, request, serve };
}

const quiet = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

async function failureOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConsultationError);
  return (error as ConsultationError).apiError;
}

async function readAll(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

describe('a document', () => {
  it('is fetched without the token, traced, sealed on disk and read back whole', async () => {
    const { api, fetchDocument, request, records, store, steps, events } = await start(sendPdf);
    const document = await fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet());
    const sha256 = createHash('sha256').update(PDF).digest('hex');
    expect(document).toMatchObject({ sha256, mediaType: 'application/pdf', requestId: 'req-doc', byteLength: PDF.length });
    expect(document.fileName).toMatch(new RegExp(`^${SIREN}_Ébénisterie_du_Lac_attestation_\\d{4}-\\d{2}-\\d{2}\\.pdf$`));
    const file = api.requests.find((sent) => sent.url.startsWith('/proxy/'));
    expect(file?.authorization).toBeUndefined();
    expect(file?.url).not.toContain('recipient');
    expect(steps.map((step) => step.did)).toEqual(['intent', 'claim', 'settle', 'outcome']);
    expect(steps.find((step) => step.did === 'claim')?.claim.pool).toBe('proxied_files');
    expect(steps.find((step) => step.did === 'outcome')?.outcome).toMatchObject({ documentSha256: sha256, requestId: 'req-doc' });
    expect(events).toEqual(['document.fetched']);
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes('contenu')).toBe(false);
    expect((await readAll(store.read(records.find(document.id)?.fileId ?? ''))).equals(PDF)).toBe(true);
  });

  it('is kept once when it comes twice, and both versions when it changed', async () => {
    const { fetchDocument, request, records, serve } = await start(sendPdf);
    const wanted = { consultationId: request.consultationId, pointer: '/data/document_url' };
    const first = await fetchDocument(wanted, agent, quiet());
    const again = await fetchDocument(wanted, agent, quiet());
    expect(again.id).toBe(first.id);
    expect(again.journalSeq).not.toBe(first.journalSeq);
    expect(records.earlierFetches(first.dossierId).get(first.id)).toEqual([first.fetchedAt]);
    expect(records.list(first.dossierId, undefined)).toHaveLength(1);
    expect(readdirSync(folder)).toHaveLength(1);
    serve((_request, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.4 nouvelle version %%EOF'));
    expect((await fetchDocument(wanted, agent, quiet())).id).not.toBe(first.id);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('of a dossier deleted while it was on its way is not kept, nor is the answer of a call', async () => {
    const deleted = new Set<string>();
    const { fetchDocument, request, records, consult, deps } = await start(sendPdf, { dossiers: { find: (id) => (deleted.has(id) ? undefined : dossier) } });
    const other = { ...request, consultationId: 'autre' };
    const answered = consult(other, agent, watcher().options);
    const fetched = failureOf(fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet()));
    deleted.add(request.dossierId);
    expect((await fetched).message).toMatch(/supprimé/);
    await answered;
    expect(deps.answers.find('autre')).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
    expect(records.list(request.dossierId, undefined)).toEqual([]);
  });

  it('comes in two steps from INPI: JSON, then the file', async () => {
    const { api, fetchDocument, request, serve, steps } = await start(sendPdf);
    serve((sent, response) =>
      sent.url?.includes('/inpi/') ? sendJson(response, 200, { data: { document_url: `${api.baseUrl}/proxy/files/trois` } }) : sendPdf(sent, response),
    );
    const document = await fetchDocument({ consultationId: request.consultationId, pointer: '/data/actes/0/url' }, agent, quiet());
    expect(document.label).toBe('Acte');
    expect(steps.filter((step) => step.did === 'intent')).toHaveLength(2);
  });

  it.each([404, 410])('renews an expired link (%i) once, by asking the endpoint again', async (status) => {
    let tries = 0;
    const { api, fetchDocument, request, steps } = await start((sent, response) => {
      tries += 1;
      if (tries === 1) return void response.writeHead(status).end();
      sendPdf(sent, response);
    });
    await fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet());
    expect(api.requests.map((sent) => sent.url.split('?')[0])).toEqual(['/v4/essai/100000009', '/proxy/files/un', '/v4/essai/100000009', '/proxy/files/un']);
    expect(api.requests[2]?.headers['cache-control']).toBe('no-cache');
    expect(steps.filter((step) => step.did === 'intent')).toHaveLength(3);
  });

  it('renews by one call the links that two dossiers wait for, each with its own trace', async () => {
    const other = { ...dossier, id: 'dossier-2' };
    const { api, fetchDocument, request, consult, links, steps } = await start(sendPdf, { dossiers: { find: (id) => [dossier, other].find((one) => one.id === id) } });
    const second = wish({ dossierId: other.id });
    await consult(second, agent, watcher().options);
    steps.length = 0;
    const pointers = ['/data/document_url', '/data/actes/0/url'];
    const expired = [request, second].flatMap(({ consultationId }) => pointers.map((pointer) => ({ consultationId, pointer })));
    for (const { consultationId, pointer } of expired) links.forget(consultationId, pointer);
    const asked = api.requests.length;
    const fetched = await Promise.all(expired.map((wanted) => fetchDocument(wanted, agent, quiet())));
    expect(fetched.map(({ dossierId }) => dossierId)).toEqual([dossier.id, dossier.id, other.id, other.id]);
    expect(api.requests.slice(asked).filter(({ url }) => url.startsWith('/v4/'))).toHaveLength(1);
    // A renewal for each dossier, and four downloads.
    const intended = steps.flatMap((step) => (step.did === 'intent' ? [step.intent.dossierId] : []));
    expect(intended.filter((id) => id === dossier.id)).toHaveLength(3);
    expect(intended.filter((id) => id === other.id)).toHaveLength(3);
  });

  it('gives up when the renewed link is dead too', async () => {
    const { fetchDocument, request } = await start((_sent, response) => response.writeHead(410).end());
    expect((await failureOf(fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet()))).kind).toBe('gone');
  });

  it.each<[string, Answering, RegExp]>([
    ['truncated', (_r, response) => response.writeHead(200).end(PDF.subarray(0, 5_000)), /incomplet/],
    ['cut on the way', (_r, response) => void response.writeHead(200, { 'content-length': String(PDF.length) }).write(PDF.subarray(0, 100), () => response.destroy()), /coupée/],
    ['HTML', (_r, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('<html>'), /lisible/],
    ['empty', (_r, response) => response.writeHead(200).end(), /vide/],
    ['harmful', (_r, response) => response.writeHead(200).end(`%PDF-1.4 ${['EICAR-STANDARD', 'ANTIVIRUS-TEST-FILE'].join('-')}! %%EOF`), /malveillant/],
    ['announced too large', (_r, response) => void response.writeHead(200, { 'content-length': '70000000' }).flushHeaders(), /taille/],
  ])('%s is refused by name, and leaves nothing on disk', async (_name, serveFile, message) => {
    const { fetchDocument, request, records } = await start(serveFile);
    expect((await failureOf(fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet()))).message).toMatch(message);
    expect(readdirSync(folder)).toEqual([]);
    expect(records.list(dossier.id, undefined)).toEqual([]);
  });

  it('is fetched for the reasons of its consultation, its own justification and written reason included', async () => {
    const fraud = { ...dossier, useCase: 'fraude' as const };
    const own = { context: 'Lutte contre la fraude', recipient: '99900013600013' as typeof dossier.recipient, object: 'MP-2026-099' };
    const asked = { ...own, writtenReason: 'Signalement du 3 mars' };
    const { fetchDocument, request, steps, links } = await start(sendPdf, { dossiers: { find: () => fraud } }, asked);
    links.forget(request.consultationId, '/data/document_url');
    await fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet());
    const intents = steps.filter((step) => step.did === 'intent').map((step) => step.intent);
    expect(intents).toHaveLength(2);
    for (const intent of intents) {
      expect(intent.justification).toEqual(own);
      expect(intent.writtenReason).toContain('Signalement du 3 mars');
    }
  });

  it.each([
    ['the purpose no longer justifies it', { useCase: 'fraude' as const }, 'unjustified'],
    ['the recipient has become the company', { recipient: `${SIREN}00017` as typeof dossier.recipient }, 'justification'],
    ['the dossier is closed', { state: 'closed' as const }, 'refused'],
  ])('is refused, and the refusal traced, when %s', async (_name, change, kind) => {
    let current = dossier;
    const { fetchDocument, request, steps, api } = await start(sendPdf, { dossiers: { find: () => current } });
    current = { ...dossier, ...change };
    const sent = api.requests.length;
    expect((await failureOf(fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet()))).kind).toBe(kind);
    expect(steps).toEqual([{ did: 'refusal', kind }]);
    expect(api.requests).toHaveLength(sent);
  });

  it('of a third party costs our pool nothing, even when that host is busy', async () => {
    const host = await start((_sent, response) => response.writeHead(429, { 'retry-after': '60' }).end());
    host.links.keep({ consultationId: host.request.consultationId, pointer: '/data/document_url', url: `${host.api.baseUrl}/siade/un.pdf`, expiresAt: null });
    const error = await failureOf(host.fetchDocument({ consultationId: host.request.consultationId, pointer: '/data/document_url' }, agent, quiet()));
    expect(error.message).toMatch(/hébergeur/);
    expect(host.steps.map((step) => step.did)).toEqual(['intent', 'outcome']);
  });

  it('whose host is busy behind the service is not taken for a spent quota', async () => {
    const { fetchDocument, request, steps } = await start((_sent, response) => sendJson(response, 429, { errors: [{ code: '00602' }] }));
    expect((await failureOf(fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet()))).code).toBe('00602');
    expect(steps.find((step) => step.did === 'settle')?.observation.status).not.toBe(429);
    expect(steps.filter((step) => step.did === 'claim')).toHaveLength(1);
  });

  it('leaves the hash of what came in its place in the trace', async () => {
    const body = JSON.stringify({ errors: [{ code: '00605' }] });
    const { fetchDocument, request, steps } = await start((_sent, response) => response.writeHead(503, { 'content-type': 'application/json' }).end(body));
    await failureOf(fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet()));
    const outcome = steps.find((step) => step.did === 'outcome')?.outcome;
    expect(outcome?.bodySha256).toBe(createHash('sha256').update(body).digest('hex'));
    expect(outcome?.documentSha256).toBeNull();
  });

  it('is not asked for when its intent cannot be traced', async () => {
    let isJournalBroken = false;
    const { deps } = makePipeline('http://127.0.0.1:9');
    const { api, fetchDocument, request } = await start(sendPdf, {
      trace: {
        ...deps.trace,
        recordIntent: (intent) => (isJournalBroken ? Promise.reject(new Error('disk full')) : deps.trace.recordIntent(intent)),
      },
    });
    isJournalBroken = true;
    expect((await failureOf(fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet()))).kind).toBe('journal');
    expect(api.requests).toHaveLength(1);
  });

  it('is not fetched when calls were stopped while it waited for its turn', async () => {
    const { deps, steps } = makePipeline('http://127.0.0.1:9');
    let stop: CallStop | null = null;
    const acquire: QuotaPort['acquire'] = async (claim, options) => {
      if (claim.pool === 'proxied_files') stop = { reason: 'clock', message: 'L’horloge est en retard.', advice: 'Mettez ce poste à l’heure.' };
      return deps.quota.acquire(claim, options);
    };
    const { api, fetchDocument, request, records } = await start(sendPdf, { trace: { ...deps.trace, callStop: () => stop }, quota: { acquire } });
    steps.length = 0;
    const failure = await failureOf(fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet()));
    expect(failure).toMatchObject({ kind: 'blocked', message: 'L’horloge est en retard.' });
    expect(api.requests.filter(({ url }) => url.startsWith('/proxy/'))).toEqual([]);
    expect(steps.map(({ did }) => did)).toEqual(['intent', 'claim', 'release', 'outcome']);
    expect(records.list(dossier.id, undefined)).toEqual([]);
  });

  it('that the disk refuses once it has come is told so, in the trace too, and is fetched once the disk is back', async () => {
    let isDiskGone = false;
    const { deps } = makePipeline('http://127.0.0.1:9');
    const trace = {
      ...deps.trace,
      recordOutcome: (...outcome: Parameters<typeof deps.trace.recordOutcome>) => {
        if (isDiskGone) rmSync(folder, { recursive: true });
        return deps.trace.recordOutcome(...outcome);
      },
    };
    const { fetchDocument, request, records, events } = await start(sendPdf, { trace });
    const wanted = { consultationId: request.consultationId, pointer: '/data/document_url' };
    isDiskGone = true;
    expect((await failureOf(fetchDocument(wanted, agent, quiet()))).message).toMatch(/n’a pas pu être écrit/);
    expect(events).toEqual(['document.fetched (failure)']);
    expect(records.list(request.dossierId, undefined)).toEqual([]);
    expect((await failureOf(fetchDocument(wanted, agent, quiet()))).message).toMatch(/n’a pas pu être écrit/);
    isDiskGone = false;
    mkdirSync(folder);
    await fetchDocument(wanted, agent, quiet());
    expect(events.at(-1)).toBe('document.fetched');
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('whose arrival cannot be traced is not kept', async () => {
    const { fetchDocument, request, records, journal } = await start(sendPdf);
    journal.isFull = true;
    expect((await failureOf(fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet()))).kind).toBe('journal');
    expect(readdirSync(folder)).toEqual([]);
    expect(records.list(request.dossierId, undefined)).toEqual([]);
  });

  it('that no record could name after all has a second line, which says that it was not kept', async () => {
    let journalled: readonly string[] = [];
    const { fetchDocument, request, events } = await start(sendPdf, { dossiers: { find: () => (journalled.includes('document.fetched') ? undefined : dossier) } });
    journalled = events;
    expect((await failureOf(fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet()))).message).toMatch(/supprimé/);
    expect(events).toEqual(['document.fetched', 'document.fetched (failure)']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that comes for two dossiers at once is stored once, and both have it', async () => {
    const other = { ...dossier, id: 'dossier-2' };
    const { fetchDocument, request, records, store, consult } = await start(sendPdf, { dossiers: { find: (id) => [dossier, other].find((one) => one.id === id) } });
    const second = wish({ dossierId: other.id });
    await consult(second, agent, watcher().options);
    const fetchFor = (consultationId: string) => fetchDocument({ consultationId, pointer: '/data/document_url' }, agent, quiet());
    const both = await Promise.all([fetchFor(request.consultationId), fetchFor(second.consultationId)]);
    expect(both.map(({ dossierId }) => dossierId)).toEqual([dossier.id, other.id]);
    const fileIds = both.map(({ id }) => records.find(id)?.fileId);
    expect(new Set(fileIds).size).toBe(1);
    expect(readdirSync(folder)).toHaveLength(1);
    expect((await readAll(store.read(fileIds[0] ?? ''))).equals(PDF)).toBe(true);
  });

  it('leaves nothing when the agent cancels half-way', async () => {
    const controller = new AbortController();
    const { fetchDocument, request } = await start((_sent, response) => void response.writeHead(200).write(PDF.subarray(0, 100_000)));
    const fetching = fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, {
      signal: controller.signal,
      onProgress: (_step, receivedBytes) => void (receivedBytes > 0 && controller.abort()),
    });
    expect((await failureOf(fetching)).kind).toBe('cancelled');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the store at start', () => {
  it('deletes halves and files that no record names, and keeps the rest', async () => {
    const { fetchDocument, request, records, store } = await start(sendPdf);
    const document = await fetchDocument({ consultationId: request.consultationId, pointer: '/data/document_url' }, agent, quiet());
    writeFileSync(join(folder, 'moitie.part'), 'x');
    writeFileSync(join(folder, 'orphelin.sealed'), 'x');
    store.sweep(records.fileIds());
    expect(readdirSync(folder)).toEqual([`${records.find(document.id)?.fileId}.sealed`]);
  });
});

describe('a file name', () => {
  it('is safe everywhere', () => {
    expect(safePart('A/B\\C:D*E?"<>|')).toBe('A_B_C_D_E');
    expect(safePart('con')).toBe('_con');
    expect(safePart('..')).toBe('');
    expect(safePart('É'.repeat(100))).toHaveLength(60);
  });
});
