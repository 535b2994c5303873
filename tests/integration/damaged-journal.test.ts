import { join } from 'node:path';

import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { middlePage, overwritePage } from '../support/damage';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { account, Workstation } from '../support/workstation';

const SIREN = '299031112';
const ENDPOINT = 'insee.unite_legale.v4';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;
let dossierId: string;
let backup: string;

beforeAll(async () => {
  await bundleWorkers();
  host = createTestHost();
  const station = await Workstation.start(host);
  await station.openFirstAccount();
  for (let index = 0; index < 60; index += 1) dossierId = await station.openDossier(SIREN, { title: `Dossier ${index}` });
  backup = join(host.folder, 'sauvegarde.db');
  host.saveAt(backup);
  await station.ask('journal.backUp', undefined);
  await station.stop();
  const path = join(host.folder, 'data', 'journal.db');
  overwritePage(path, middlePage(path, 'dossier.'));
});
afterAll(() => {
  host.remove();
  removeWorkers();
});

const noticeIds = async (station: Workstation) => (await station.ask('session.start', undefined)).notices.map(({ id }) => id);

it('says that the middle is damaged, lets no call leave, and a restored backup puts it right', async () => {
  const station = await Workstation.start(host);
  await station.ask('session.signIn', { login: account.login, password: account.password });
  await vi.waitFor(async () => expect(await noticeIds(station)).toContain('calls-stopped-damaged'), { timeout: 30_000, interval: 50 });
  expect(host.notified).toContainEqual({ event: 'notices.changed', payload: null });
  await station.forgetRequests();
  expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'failed', error: { kind: 'blocked', message: expect.stringMatching(/^Le fichier de l’historique est endommagé/) as string } });
  expect(await station.receivedRequests()).toEqual([]);
  host.openFrom(backup);
  expect(await station.ask('journal.checkBackup', { restoreId: 'r' })).toMatchObject({ report: { ok: true } });
  await station.ask('journal.restore', { restoreId: 'r' });
  await station.stop();
  const again = await Workstation.start(host);
  await again.ask('session.signIn', { login: account.login, password: account.password });
  expect(await noticeIds(again)).not.toContain('calls-stopped-damaged');
  expect(await again.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'answered' });
  expect(await again.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ ok: true });
  await again.stop();
});
