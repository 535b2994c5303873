import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { ConsultationError } from '../../../electron/consultation/ports';
import { completenessHandlers, createCompletenessFeature, createDossiers, createPieceStore, dossiersSchema } from '../../../electron/dossiers';
import { createFailedCallStore, failedCallsSchema, rememberFailures } from '../../../electron/failed-calls';
import type { CallContext } from '../../../electron/dispatch';
import { openDatabase } from '../../../electron/storage/database';
import type { Agent } from '../../../shared/domain/agent';
import { shippedLists } from '../../../shared/domain/completeness';
import type { Answer } from '../../../shared/domain/consultation';
import type { Habilitation } from '../../../shared/domain/habilitation';
import type { Siret } from '../../../shared/domain/identifiers';
import type { TracedEvent } from '../../../shared/domain/journal';
import type { KnownAnswer, KnownDocument } from '../../../shared/domain/validity';
import type { ApiErrorKind } from '../../../shared/domain/api-error';
import { errorOf } from '../../../shared/errors';
import { testPendingFiles } from '../../support/pending-files';
import { answerOf, documentOf, TAX, VIGILANCE } from '../validity/made-up';

const recipient = '99900012800010' as Siret;
const SIREN = '299031112';
const ana: Agent = { id: 'ana', login: 'ana', displayName: 'Agent ana', role: 'agent', organisation: 'Ville fictive', state: 'active', lastSignInAt: null };
const session = { session: { agent: ana } } as CallContext;
const draft = {
  title: 'Réfection des écoles', habilitationId: 'h1', useCase: 'marches_publics' as const, procedure: 'marches_attribution' as const,
  context: 'Marchés publics', recipient: '999 000 128 00010', object: 'MP-2026-014', notes: '', tags: [], deadline: null,
};

function setUp(endpointIds: readonly string[] | null = null) {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-completeness-'));
  const { database } = openDatabase(join(folder, 'instruire.db'), [dossiersSchema, failedCallsSchema]);
  const habilitation: Habilitation = {
    id: 'h1', title: 'Habilitation', environment: 'sandbox', recipients: [recipient], contexts: ['Marchés publics'], useCases: ['marches_publics'],
    agents: [{ agentId: 'ana', endpointIds }],
    token: { uid: null, subject: null, scopes: [], issuedAt: null, expiresAt: null, state: 'active', privileges: null, privilegesCheckedAt: null },
  };
  const time = { ms: Date.UTC(2026, 10, 25, 8) };
  const clock = { now: () => time.ms, monotonic: () => time.ms };
  const journal: TracedEvent[] = [];
  const record = (event: TracedEvent) => Promise.resolve(void journal.push(event));
  const habilitations = {
    find: () => habilitation,
    listFor: () => [habilitation],
    readableEndpoints: () => (id: string) => endpointIds === null || endpointIds.includes(id),
  };
  const dossiers = createDossiers({ database, clock, habilitations, record });
  const kept: { documents: (KnownDocument & { identifier: string })[]; answers: KnownAnswer[] } = { documents: [], answers: [] };
  const pieces = createPieceStore(database);
  const failedCalls = createFailedCallStore(database);
  const knowledge = { documents: () => kept.documents, answers: () => kept.answers, failures: (id: string) => failedCalls.ofDossier(id) };
  const feature = createCompletenessFeature({ pieces, dossiers, knowledge, habilitations, record, clock });
  const suppliedFiles = new Map<string, { dossierId: string; identifier: string }>();
  const saved = { path: join(folder, 'lettre.pdf') };
  const handlers = completenessHandlers({ ...feature, dossiers, suppliedFileOf: (id) => suppliedFiles.get(id), record, pending: testPendingFiles(), clock, askSavePath: () => Promise.resolve(saved.path) });
  const open = async () => {
    const { id } = await dossiers.create(ana, draft);
    await dossiers.addCompany(ana, id, { identifier: SIREN, siret: null, name: 'Entreprise fictive' });
    return id;
  };
  const cell = (id: string, pieceId: string) => feature.completenessOf(ana, dossiers.get(ana, id)).rows[0]?.cells.find((one) => one.pieceId === pieceId)?.validity;
  return { ...feature, suppliedFiles, failedCalls, database, dossiers, handlers, journal, kept, time, clock, saved, open, cell };
}

const taxCall = { consultationId: 'c9', endpointId: TAX, identifier: SIREN, parameters: {} };
const callOptions = () => ({ signal: new AbortController().signal, onState: () => undefined, priority: 'interactive' as const });

const refusal = (field: string) => expect.objectContaining({ data: expect.objectContaining({ field }) as unknown });

describe('closing a dossier', () => {
  const eightMonthsOld = documentOf(VIGILANCE, { fetchedAt: '2026-03-25T09:00:00.000Z' });

  it('with a document fetched eight months ago needs a written reason, which the journal keeps', async () => {
    const { handlers, kept, journal, open } = setUp();
    const id = await open();
    kept.documents.push({ ...eightMonthsOld, identifier: SIREN });
    const close = (writtenReason?: string) => Promise.resolve().then(() => handlers['dossiers.setState']({ id, state: 'closed', writtenReason }, session));
    await expect(close()).rejects.toEqual(refusal('writtenReason'));
    await expect(close('   ')).rejects.toEqual(refusal('writtenReason'));
    await expect(Promise.resolve().then(() => handlers['dossiers.setState']({ id, state: 'archived' }, session))).rejects.toEqual(refusal('writtenReason'));
    expect((await close('Marché déclaré sans suite.')).state).toBe('closed');
    expect(journal.at(-1)?.detail).toMatch(/Régularité sociale \(Entreprise fictive\)\. Motif : Marché déclaré sans suite\./);
  });

  it('with a fresh one needs none, once it is renewed', async () => {
    const { handlers, kept, open } = setUp();
    const id = await open();
    kept.documents.push({ ...eightMonthsOld, identifier: SIREN }, { ...documentOf(VIGILANCE, { id: 'd2' }), identifier: SIREN });
    expect((await handlers['dossiers.setState']({ id, state: 'closed' }, session)).state).toBe('closed');
  });
});

describe('what is known of a company', () => {
  it('stays within what the agent may read', async () => {
    const { kept, open, cell } = setUp([VIGILANCE]);
    const id = await open();
    kept.documents.push({ ...documentOf(VIGILANCE), identifier: SIREN }, { ...documentOf(TAX), identifier: SIREN });
    expect(cell(id, 'regularite_sociale')?.state).toBe('valid');
    expect(cell(id, 'regularite_fiscale')).toMatchObject({ state: 'outOfPerimeter', next: 'ask' });
  });

  it('remembers a call that failed until it succeeds', async () => {
    const { failedCalls, clock, open, cell } = setUp();
    const id = await open();
    const answer = { fails: true, kind: 'outside_perimeter' as ApiErrorKind };
    const logError = (place: string, error: unknown) => {
      throw new Error(place, { cause: error });
    };
    const consult = rememberFailures({
      ...{ failedCalls, clock, logError },
      consult: () => (answer.fails ? Promise.reject(new ConsultationError(errorOf(answer.kind))) : Promise.resolve(answerOf(TAX, {}) as Answer)),
    });
    const call = () => consult({ ...taxCall, dossierId: id }, ana, callOptions());
    await expect(call()).rejects.toThrow();
    expect(cell(id, 'regularite_fiscale')).toMatchObject({ state: 'outOfPerimeter', next: 'ask' });
    // Not made at all: what the last one taught stays.
    for (const kind of ['blocked', 'journal', 'justification', 'unjustified'] as const) {
      answer.kind = kind;
      await expect(call()).rejects.toThrow();
      expect(cell(id, 'regularite_fiscale')).toMatchObject({ state: 'outOfPerimeter', next: 'ask' });
    }
    answer.fails = false;
    await call();
    expect(failedCalls.ofDossier(id)).toEqual([]);
  });

  it('changes nothing of what is told when it cannot be remembered', async () => {
    const { database, failedCalls, clock, open } = setUp();
    const id = await open();
    const logged: string[] = [];
    const told = new ConsultationError(errorOf('provider_down'));
    const answer = { fails: true };
    const consult = rememberFailures({
      ...{ failedCalls, clock, logError: (place: string) => void logged.push(place) },
      consult: () => (answer.fails ? Promise.reject(told) : Promise.resolve(answerOf(TAX, {}) as Answer)),
    });
    database.exec('PRAGMA query_only = ON');
    await expect(consult({ ...taxCall, dossierId: id }, ana, callOptions())).rejects.toBe(told);
    answer.fails = false;
    expect(await consult({ ...taxCall, dossierId: id }, ana, callOptions())).toEqual(answerOf(TAX, {}));
    expect(logged).toEqual(['failed calls', 'failed calls']);
  });
});

describe('a piece that the company sent', () => {
  it('is traced, counts, and can be withdrawn', async () => {
    const { handlers, journal, open, cell } = setUp();
    const id = await open();
    await handlers['dossiers.supplyPiece']({ id, identifier: SIREN, pieceId: 'regularite_fiscale', receivedOn: '2026-11-24', validUntil: null, note: '', fileId: null }, session);
    expect(cell(id, 'regularite_fiscale')?.state).toBe('valid');
    expect(journal.at(-1)).toMatchObject({ event: 'dossier.changed', detail: `Pièce fournie par la structure ${SIREN} : Régularité fiscale.` });
    await handlers['dossiers.withdrawPiece']({ id, identifier: SIREN, pieceId: 'regularite_fiscale' }, session);
    expect(cell(id, 'regularite_fiscale')?.state).toBe('unknown');
  });

  it('names the document that stands for it, which must be of that company and that dossier', async () => {
    const { handlers, suppliedFiles, standIns, dossiers, open, cell, pieces } = setUp();
    const id = await open();
    const piece = { id, identifier: SIREN, pieceId: 'regularite_fiscale', receivedOn: '2026-11-24', validUntil: null, note: '', fileId: 'fichier' };
    const supply = () => Promise.resolve().then(() => handlers['dossiers.supplyPiece'](piece, session));
    await expect(supply()).rejects.toEqual(refusal('fileId'));
    suppliedFiles.set('fichier', { dossierId: id, identifier: '299000778' });
    await expect(supply()).rejects.toEqual(refusal('fileId'));
    suppliedFiles.set('fichier', { dossierId: 'autre', identifier: SIREN });
    await expect(supply()).rejects.toEqual(refusal('fileId'));
    suppliedFiles.set('fichier', { dossierId: id, identifier: SIREN });
    await supply();
    expect(pieces.suppliedOf(id)).toMatchObject([{ pieceId: 'regularite_fiscale', fileId: 'fichier' }]);
    expect(standIns.labelsOf(dossiers.get(ana, id), 'fichier')).toEqual(['Régularité fiscale']);
    expect(standIns.labelsOf(dossiers.get(ana, id), 'un autre')).toEqual([]);
    standIns.forget(id, 'fichier');
    expect(cell(id, 'regularite_fiscale')?.state).toBe('unknown');
  });

  it.each([
    ['receivedOn', { receivedOn: '2026-11-26' }],
    ['validUntil', { validUntil: '2026-11-01' }],
    ['pieceId', { pieceId: 'inconnue' }],
    ['identifier', { identifier: '299000778' }],
  ])('with a wrong %s is refused', async (field, change) => {
    const { handlers, open } = setUp();
    const id = await open();
    const piece = { id, identifier: SIREN, pieceId: 'regularite_fiscale', receivedOn: '2026-11-24', validUntil: null, note: '', fileId: null, ...change };
    await expect(Promise.resolve().then(() => handlers['dossiers.supplyPiece'](piece, session))).rejects.toEqual(refusal(field));
  });
});

describe('a list of pieces', () => {
  const list = shippedLists.marches_attribution;

  it('changes, says who changed it, is journalled, and comes back to the model', async () => {
    const { lists, journal } = setUp();
    const shorter = { ...list, soonDays: 45, pieces: list.pieces.filter(({ id }) => id !== 'conges_payes') };
    expect(await lists.save(ana, shorter)).toMatchObject({ list: shorter, changedBy: 'Agent ana', changedAt: '2026-11-25T08:00:00.000Z' });
    expect(journal.at(-1)).toMatchObject({ event: 'settings.changed', detail: expect.stringMatching(/retrait de Congés payés.*45 jours/) as string });
    expect(await lists.restore(ana, 'marches_attribution')).toEqual({ list, changedBy: null, changedAt: null });
  });

  it.each([
    ['a piece without a source', { source: ' ' }],
    ['a piece without another way', { alternative: '' }],
    ['a datum that the purpose does not justify', { resources: ['inpi/rne/unites_legales/beneficiaires_effectifs'] }],
  ])('with %s is refused', async (_, change) => {
    const { lists } = setUp();
    const pieces = list.pieces.map((piece, index) => (index === 0 ? { ...piece, ...change } : piece));
    await expect(lists.save(ana, { ...list, pieces })).rejects.toEqual(refusal('pieces'));
  });
});

describe('what the day asks', () => {
  it('is told by dossier: deadline, expired, expiring, incomplete', async () => {
    const { dossiers, toDo, kept } = setUp();
    const { id } = await dossiers.create(ana, { ...draft, deadline: '2026-11-28' });
    await dossiers.addCompany(ana, id, { identifier: SIREN, siret: null, name: 'Entreprise fictive' });
    kept.documents.push({ ...documentOf(VIGILANCE, { validUntil: '2026-11-26' }), identifier: SIREN }, { ...documentOf(TAX, { fetchedAt: '2026-05-02T08:00:00.000Z' }), identifier: SIREN });
    const acts = await toDo(ana);
    expect(acts.map(({ kind }) => kind)).toEqual(['deadline', 'expired', 'expiring', 'incomplete']);
    expect(acts).toMatchObject([{}, { pieces: ['Régularité fiscale (Entreprise fictive)'] }, { pieces: ['Régularité sociale (Entreprise fictive)'] }, {}]);
    await dossiers.setState(ana, id, 'archived');
    expect(await toDo(ana)).toEqual([]);
  });
});

describe('a letter', () => {
  it.each(['pdf', 'txt'] as const)('is saved as %s and its going out is journalled', async (format) => {
    const { handlers, journal, open, saved } = setUp();
    const id = await open();
    await handlers['dossiers.saveLetter']({ id, identifier: SIREN, format, text: 'À l’attention de…' }, session);
    const bytes = readFileSync(saved.path);
    expect(format === 'pdf' ? bytes.subarray(0, 4).toString() : bytes.toString('utf8')).toContain(format === 'pdf' ? '%PDF' : 'À l’attention de…');
    expect(journal.at(-1)).toMatchObject({ event: 'data.exported', dossierId: id, outcome: 'success' });
  });

  it('that could not be saved is said so in the journal', async () => {
    const { handlers, journal, open, saved } = setUp();
    const id = await open();
    saved.path = join(saved.path, 'absent', 'courrier.txt');
    await expect(handlers['dossiers.saveLetter']({ id, identifier: SIREN, format: 'txt', text: 'x' }, session)).rejects.toMatchObject({ name: 'IpcFailure' });
    expect(journal.at(-1)).toMatchObject({ event: 'data.exported', dossierId: id, outcome: 'failure', detail: expect.stringMatching(/^Enregistrement manqué \(courrier\)/) as string });
  });
});
