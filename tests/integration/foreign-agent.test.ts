import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Host } from '../../electron/host';
import type { Answer } from '../../shared/domain/consultation';
import type { ChannelName } from '../../shared/ipc';
import { type TestHost } from '../support/host';
import { account, closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

const SIREN = '299031112';
const ALLOWED = 'insee.unite_legale.v4';
const SECRET = 'dgfip.attestation_fiscale.v4';
const NEW_PASSWORD = 'cinq autres mots sans aucun rapport';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;
let station: Workstation;
let dossierId: string;
let documentId: string;
let consultationId: string;

beforeAll(async () => {
  station = await openWorkstation();
  ({ host } = station);
  const inPart = await createAgent('noa');
  await createAgent('zoe');
  const [habilitation] = await station.ask('habilitations.list', undefined);
  const { session } = await station.ask('session.start', undefined);
  if (!habilitation || !session) throw new Error('nothing to work with');
  await station.ask('habilitations.setAgents', {
    id: habilitation.id,
    agents: [
      { agentId: session.agent.id, endpointIds: null },
      { agentId: inPart.id, endpointIds: [ALLOWED] },
    ],
  });
  dossierId = await station.openDossier(SIREN);
  await station.ask('search.opened', { dossierId, identifier: SIREN });
  await answered(ALLOWED);
  const answer = await answered(SECRET);
  consultationId = answer.consultationId;
  documentId = (await station.fetchDocument(consultationId, answer.documents[0]?.pointer ?? '')).id;
  await station.ask('session.signOut', undefined);
});

afterAll(() => closeWorkstation(station));

const temporaryPasswords = new Map<string, string>();

async function createAgent(login: string) {
  const { agent, temporaryPassword } = await station.ask('agents.create', { login, displayName: login, organisation: account.organisation, role: 'agent' });
  temporaryPasswords.set(login, temporaryPassword);
  return agent;
}

async function answered(endpointId: string): Promise<Answer> {
  const state = await station.consult(dossierId, endpointId, SIREN);
  if (state.step !== 'answered') throw new Error(state.error.message);
  return state.answer;
}

async function signIn(login: string): Promise<void> {
  const password = temporaryPasswords.get(login);
  await station.ask('session.signIn', password === undefined ? { login, password: NEW_PASSWORD } : { login, password, newPassword: NEW_PASSWORD });
  temporaryPasswords.delete(login);
}

describe('an agent whose part of the habilitation leaves an endpoint out', () => {
  beforeAll(() => signIn('noa'));
  afterAll(() => station.ask('session.signOut', undefined));

  it('reads of his colleagues’ answers only those of his part', async () => {
    for (const channel of ['consultation.latest', 'consultation.history'] as const) {
      const answers = await station.ask(channel, { dossierId, identifier: SIREN });
      expect(answers.map(({ endpointId }) => endpointId)).toEqual([ALLOWED]);
    }
  });

  it('is told nothing of what his colleagues looked at last', async () => {
    expect(await station.ask('search.recent', undefined)).toEqual([]);
  });

  it('neither lists nor opens a document of an endpoint that is not of his part', async () => {
    expect(await station.ask('documents.list', { dossierId })).toEqual([]);
    for (const channel of ['documents.read', 'documents.openOutside', 'documents.saveAs'] as const) {
      expect((await station.refusal(channel, { id: documentId })).code).toBe('forbidden');
    }
    const fetched = await station.ask('documents.fetch', { downloadId: randomUUID(), consultationId, pointer: '/data/document_url' });
    expect(fetched).toMatchObject({ step: 'failed', error: { kind: 'refused' } });
  });
});

describe('an agent of no habilitation', () => {
  beforeAll(() => signIn('zoe'));
  afterAll(() => station.ask('session.signOut', undefined));

  it('is told of a foreign dossier, answer or document what he is told of one that does not exist', async () => {
    const draft = { title: 'À moi', habilitationId: 'autre', useCase: 'marches_publics', context: 'x', recipient: 'x', object: 'x' };
    const call = { dossierId, endpointId: ALLOWED, identifier: SIREN, parameters: {} };
    const foreign: readonly (readonly [ChannelName, unknown])[] = [
      ['dossiers.get', { id: dossierId }],
      ['dossiers.update', { id: dossierId, draft }],
      ['dossiers.setState', { id: dossierId, state: 'closed' }],
      ['dossiers.duplicate', { id: dossierId }],
      ['dossiers.completeness', { id: dossierId }],
      ['dossiers.supplyPiece', { id: dossierId, identifier: SIREN, pieceId: 'regularite_fiscale', receivedOn: '2026-01-05', validUntil: null, note: '', fileId: null }],
      ['dossiers.withdrawPiece', { id: dossierId, identifier: SIREN, pieceId: 'regularite_fiscale' }],
      ['dossiers.saveLetter', { id: dossierId, identifier: SIREN, format: 'txt', text: 'x' }],
      ['dossiers.addCompany', { id: dossierId, identifier: SIREN, siret: null, name: 'x' }],
      ['dossiers.removeCompany', { id: dossierId, identifier: SIREN }],
      ['consultation.run', { ...call, consultationId: randomUUID() }],
      ['consultation.preview', call],
      ['consultation.latest', { dossierId, identifier: SIREN }],
      ['consultation.history', { dossierId, identifier: SIREN }],
      ['documents.list', { dossierId }],
      ['documents.read', { id: documentId }],
      ['documents.openOutside', { id: documentId }],
      ['documents.saveAs', { id: documentId }],
      ['sheet.print', { dossierId, identifier: SIREN }],
      ['data.copied', { dossierId, identifier: SIREN, isPartiallyDiffused: false, length: 3 }],
      ['quota.estimate', { dossierId, plan: [] }],
      ['search.opened', { dossierId, identifier: SIREN }],
    ];
    for (const [channel, input] of foreign) expect([channel, (await station.refusal(channel, input)).code]).toEqual([channel, 'not_found']);
  });

  it('sees no habilitation, no dossier, no counter and no line that is not his', async () => {
    expect(await station.ask('habilitations.list', undefined)).toEqual([]);
    expect(await station.ask('dossiers.list', {})).toEqual({ dossiers: [], total: 0 });
    expect(await station.ask('dossiers.tags', undefined)).toEqual([]);
    expect(await station.ask('dossiers.toDo', undefined)).toEqual([]);
    expect(await station.ask('search.recent', undefined)).toEqual([]);
    expect((await station.ask('quota.snapshot', undefined)).windows).toEqual([]);
    const { lines } = await station.ask('journal.search', { filter: {}, limit: 500 });
    expect(new Set(lines.map(({ agentName }) => agentName))).toEqual(new Set(['zoe']));
    expect((await station.ask('journal.statistics', { filter: { kind: 'calls' } })).quotaUse).toEqual([]);
  });
});

describe('the responsable', () => {
  it('reads every counter and every kept answer', async () => {
    await station.ask('session.signIn', { login: account.login, password: account.password });
    expect((await station.ask('quota.snapshot', undefined)).windows.length).toBeGreaterThan(0);
    expect(await station.ask('search.recent', undefined)).toMatchObject([{ dossierId, identifier: SIREN }]);
    expect(await station.ask('consultation.latest', { dossierId, identifier: SIREN })).toHaveLength(2);
    expect(await station.ask('documents.list', { dossierId })).toHaveLength(1);
  });

  it('has nothing saved by a dialog that outlived his session', async () => {
    const path = join(host.folder, 'orphelin');
    const { askSavePath } = host.host;
    const lockedMeanwhile: Host['askSavePath'] = () => {
      station.composition.lock();
      return Promise.resolve(path);
    };
    Object.assign(host.host, { askSavePath: lockedMeanwhile });
    const asked: readonly (readonly [ChannelName, unknown])[] = [
      ['documents.saveAs', { id: documentId }],
      ['sheet.print', { dossierId, identifier: SIREN }],
      ['journal.export', { exportId: 'e1', filter: {}, format: 'csv' }],
    ];
    for (const [channel, input] of asked) {
      expect([channel, (await station.refusal(channel, input)).code]).toEqual([channel, 'not_signed_in']);
      expect(existsSync(path)).toBe(false);
      await station.ask('session.unlock', { password: account.password });
    }
    Object.assign(host.host, { askSavePath });
  });
});
