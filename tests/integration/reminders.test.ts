import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createTestHost, type TestHost } from '../support/host';
import { account, closeWorkstation, openWorkstation, Workstation } from '../support/workstation';

const SIREN = '299031112';
const ENDPOINT = 'urssaf.attestation_vigilance.v4';
const PATH = '/v4/urssaf/unites_legales';
const TWO_DAYS_S = 172_800;
const NEW_PASSWORD = 'cinq autres mots sans aucun rapport';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;
let station: Workstation;
let dossierId: string;

beforeAll(async () => {
  station = await openWorkstation();
  ({ host } = station);
  dossierId = await station.openDossier(SIREN);
});

afterAll(() => closeWorkstation(station));

const remindersOf = (id: string) => station.ask('reminders.list', { dossierId: id });

/** The provider looks into the case and will know in two days, or in ten seconds. */
async function askLater(retryInSeconds: number): Promise<void> {
  const body = { errors: [{ code: '04501', title: 'Analyse manuelle', detail: 'En cours.', meta: { provider: 'Urssaf', retry_in: retryInSeconds } }] };
  await station.addFault({ path: PATH, effect: { kind: 'status', status: 502, body }, times: 1 });
  expect((await station.consult(dossierId, ENDPOINT, SIREN)).step).toBe('failed');
}

describe('a call that a provider asks to make again in two days', () => {
  it('is remembered on its dossier, with its day and its reason', async () => {
    const before = Date.now();
    await askLater(TWO_DAYS_S);
    const [reminder, ...others] = await remindersOf(dossierId);
    expect(others).toEqual([]);
    expect(reminder).toMatchObject({ dossierId, identifier: SIREN, companyIdentifier: SIREN, companyName: 'Entreprise inventée', endpointId: ENDPOINT });
    expect(reminder?.reason).toContain('Urssaf');
    const dueAt = Date.parse(reminder?.dueAt ?? '');
    expect(dueAt).toBeGreaterThanOrEqual(before + TWO_DAYS_S * 1_000);
    expect(dueAt).toBeLessThanOrEqual(Date.now() + TWO_DAYS_S * 1_000);
    expect(await station.ask('reminders.list', {})).toEqual([reminder]);
  });

  it('is remembered once, however often it is asked', async () => {
    const [first] = await remindersOf(dossierId);
    await askLater(TWO_DAYS_S + 60);
    const [again, ...others] = await remindersOf(dossierId);
    expect(others).toEqual([]);
    expect(Date.parse(again?.dueAt ?? '')).toBeGreaterThan(Date.parse(first?.dueAt ?? ''));
  });

  it('is still remembered after a restart', async () => {
    const before = await remindersOf(dossierId);
    await station.stop();
    station = await Workstation.start(createTestHost({ folder: host.folder }));
    await station.ask('session.signIn', { login: account.login, password: account.password });
    expect(await remindersOf(dossierId)).toEqual(before);
  });

  it('shows to nobody who may not see the dossier, nor the data', async () => {
    const [reminder] = await remindersOf(dossierId);
    const [habilitation] = await station.ask('habilitations.list', undefined);
    const { session } = await station.ask('session.start', undefined);
    const { agent, temporaryPassword } = await station.ask('agents.create', { login: 'noa', displayName: 'Noa', organisation: account.organisation, role: 'agent' });
    if (!habilitation || !session) throw new Error('nothing to work with');
    const author = { agentId: session.agent.id, endpointIds: null };
    await station.ask('habilitations.setAgents', { id: habilitation.id, agents: [author] });
    await station.ask('session.signOut', undefined);
    await station.ask('session.signIn', { login: 'noa', password: temporaryPassword, newPassword: NEW_PASSWORD });
    expect(await station.ask('reminders.list', {})).toEqual([]);
    expect((await station.refusal('reminders.dismiss', { id: reminder?.id })).code).toBe('not_found');
    await station.ask('session.signOut', undefined);
    await station.ask('session.signIn', { login: account.login, password: account.password });
    const agents = [author, { agentId: agent.id, endpointIds: ['insee.unite_legale.v4'] }];
    await station.ask('habilitations.setAgents', { id: habilitation.id, agents });
    await station.ask('session.signOut', undefined);
    await station.ask('session.signIn', { login: 'noa', password: NEW_PASSWORD });
    expect((await station.ask('dossiers.list', {})).total).toBe(1);
    expect(await station.ask('reminders.list', {})).toEqual([]);
    await station.ask('session.signOut', undefined);
    await station.ask('session.signIn', { login: account.login, password: account.password });
    expect(await remindersOf(dossierId)).toEqual([reminder]);
  });

  it('is forgotten once it succeeds', async () => {
    expect((await station.consult(dossierId, ENDPOINT, SIREN)).step).toBe('answered');
    expect(await remindersOf(dossierId)).toEqual([]);
  });

  it('is taken away by the agent, and the journal says so', async () => {
    await askLater(TWO_DAYS_S);
    const [reminder] = await remindersOf(dossierId);
    await station.ask('reminders.dismiss', { id: reminder?.id ?? '' });
    expect(await remindersOf(dossierId)).toEqual([]);
    const { lines } = await station.ask('journal.search', { filter: {}, limit: 500 });
    expect(lines.filter(({ event, detail }) => event === 'dossier.changed' && detail?.startsWith('Rappel retiré'))).toHaveLength(1);
  });

  it('comes back when it was taken away by mistake, and the journal says so', async () => {
    await askLater(TWO_DAYS_S);
    const [reminder] = await remindersOf(dossierId);
    const id = reminder?.id ?? '';
    expect((await station.refusal('reminders.restore', { id })).code).toBe('not_found');
    await station.ask('reminders.dismiss', { id });
    await station.ask('reminders.restore', { id });
    expect(await remindersOf(dossierId)).toEqual([reminder]);
    const { lines } = await station.ask('journal.search', { filter: {}, limit: 500 });
    expect(lines.filter(({ event, detail }) => event === 'dossier.changed' && detail?.startsWith('Rappel remis'))).toHaveLength(1);
  });

  it('does not come back once its call has succeeded', async () => {
    const [reminder] = await remindersOf(dossierId);
    const id = reminder?.id ?? '';
    await station.ask('reminders.dismiss', { id });
    expect((await station.consult(dossierId, ENDPOINT, SIREN)).step).toBe('answered');
    expect((await station.refusal('reminders.restore', { id })).code).toBe('not_found');
    expect(await remindersOf(dossierId)).toEqual([]);
  });

  it('waits no longer when the dossier is over, or its company taken out', async () => {
    await askLater(TWO_DAYS_S);
    await station.ask('dossiers.setState', { id: dossierId, state: 'closed' });
    expect(await station.ask('reminders.list', {})).toEqual([]);
    await station.ask('dossiers.setState', { id: dossierId, state: 'open' });
    expect(await remindersOf(dossierId)).toHaveLength(1);
    await station.ask('dossiers.removeCompany', { id: dossierId, identifier: SIREN });
    expect(await remindersOf(dossierId)).toEqual([]);
  });
});
