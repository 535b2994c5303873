import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { account, closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

const SIREN = '299031112';
const ENDPOINT = 'urssaf.attestation_vigilance.v4';
const POINTER = '/data/document_url';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let station: Workstation;
let key: { readonly consultationId: string; readonly pointer: string };

/** A document that was asked for and came cut. */
beforeAll(async () => {
  station = await openWorkstation();
  const dossierId = await station.openDossier(SIREN);
  const state = await station.consult(dossierId, ENDPOINT, SIREN);
  if (state.step !== 'answered') throw new Error(state.error.message);
  key = { consultationId: state.answer.consultationId, pointer: POINTER };
  await station.addFault({ path: '/proxy/', effect: { kind: 'truncated_pdf' }, times: 1 });
  expect((await station.ask('documents.fetch', { downloadId: randomUUID(), ...key })).step).toBe('failed');
});

afterAll(() => closeWorkstation(station));

const wanted = () => station.ask('documents.wanted', {});

it('a document given up by mistake is waited for again, with what was known of it', async () => {
  const before = await wanted();
  expect(before).toHaveLength(1);
  expect(before[0]?.problem).toMatch(/\S/);
  await station.ask('documents.forget', key);
  expect(await wanted()).toEqual([]);
  await station.ask('documents.wantAgain', key);
  expect(await wanted()).toEqual(before);
});

it('what was never given up, or by somebody else, is not waited for', async () => {
  expect((await station.refusal('documents.wantAgain', key)).code).toBe('not_found');
  await station.ask('documents.forget', key);
  const { temporaryPassword } = await station.ask('agents.create', { login: 'noa', displayName: 'Noa', organisation: account.organisation, role: 'agent' });
  await station.ask('session.signOut', undefined);
  await station.ask('session.signIn', { login: 'noa', password: temporaryPassword, newPassword: 'cinq autres mots sans aucun rapport' });
  expect((await station.refusal('documents.wantAgain', key)).code).toBe('not_found');
  await station.ask('session.signOut', undefined);
  await station.ask('session.signIn', { login: account.login, password: account.password });
  await station.ask('documents.wantAgain', key);
  expect(await wanted()).toHaveLength(1);
});

it('once it is stored, there is nothing left to wait for', async () => {
  await station.ask('documents.forget', key);
  await station.fetchDocument(key.consultationId, key.pointer);
  expect((await station.refusal('documents.wantAgain', key)).code).toBe('not_found');
  expect(await wanted()).toEqual([]);
});
