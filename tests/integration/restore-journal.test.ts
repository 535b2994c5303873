import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { account, Workstation } from '../support/workstation';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;
let station: Workstation;
let backup: string;

beforeAll(async () => {
  await bundleWorkers();
  host = createTestHost();
  station = await Workstation.start(host);
  backup = join(host.folder, 'sauvegarde.db');
});
afterAll(async () => {
  await station.stop();
  host.remove();
  removeWorkers();
});

const titles = async () => (await station.ask('journal.search', { filter: { kind: 'all' }, limit: 500 })).lines.map(({ dossierTitle }) => dossierTitle);
const check = (restoreId: string) => station.ask('journal.checkBackup', { restoreId });

it('takes a backup, and work goes on after it', async () => {
  await station.openFirstAccount();
  await station.openDossier('299031112', { title: 'Avant la sauvegarde' });
  host.saveAt(backup);
  expect(await station.ask('journal.backUp', undefined)).toMatchObject({ path: backup });
  await station.openDossier('299031112', { title: 'Après la sauvegarde' });
});

it('refuses what is not a backup, what was tampered with, and the journal itself', async () => {
  const foreign = join(host.folder, 'notes.db');
  writeFileSync(foreign, 'pas une base');
  host.openFrom(foreign);
  expect((await station.refusal('journal.checkBackup', { restoreId: 'r-1' })).message).toMatch(/n’est pas une sauvegarde/);
  host.openFrom(join(host.folder, 'data', 'journal.db'));
  expect((await station.refusal('journal.checkBackup', { restoreId: 'r-1' })).message).toMatch(/historique en cours/);
  const edited = join(host.folder, 'modifiee.db');
  copyFileSync(backup, edited);
  const database = new DatabaseSync(edited);
  database.exec("DROP TRIGGER entries_do_not_change; UPDATE entries SET words = replace(words, 'Avant', 'Depuis') WHERE words LIKE '%Avant%'");
  database.close();
  host.openFrom(edited);
  expect(await check('r-2')).toMatchObject({ report: { ok: false, break: { kind: 'edited' } } });
  expect((await station.refusal('journal.restore', { restoreId: 'r-2' })).code).toBe('conflict');
  host.openFrom(null);
  expect(await check('r-3')).toBeNull();
});

it('leaves behind what a doctored backup carries beside its rows', async () => {
  const doctored = join(host.folder, 'piegee.db');
  copyFileSync(backup, doctored);
  const database = new DatabaseSync(doctored);
  database.exec("CREATE TRIGGER forget AFTER INSERT ON entries BEGIN DELETE FROM seals; END; DROP TRIGGER entries_stay; DROP TRIGGER seals_stay");
  database.close();
  host.openFrom(doctored);
  expect(await check('r-4')).toMatchObject({ report: { ok: true }, isContained: true });
  const copy = new DatabaseSync(join(host.folder, 'data', 'journal.db.candidat'), { readOnly: true });
  const triggers = copy.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all().map((row) => (row as { name: string }).name);
  copy.close();
  expect(triggers).toContain('entries_stay');
  expect(triggers).not.toContain('forget');
});

it('restores at the next start, keeps what it replaced, and says who did it in both', async () => {
  host.openFrom(backup);
  const checked = await check('r-5');
  expect(checked).toMatchObject({ fileName: 'sauvegarde.db', isContained: true, report: { ok: true } });
  expect(await titles()).toContain('Après la sauvegarde');
  await station.ask('journal.restore', { restoreId: 'r-5' });
  expect(host.restarts()).toBe(1);
  await station.stop();
  station = await Workstation.start(host);
  const { notices } = await station.ask('session.start', undefined);
  expect(notices.map(({ id }) => id)).toContain('journal-restored');
  await station.ask('session.signIn', { login: account.login, password: account.password });
  const found = await titles();
  expect(found).toContain('Avant la sauvegarde');
  expect(found).not.toContain('Après la sauvegarde');
  const { lines } = await station.ask('journal.search', { filter: { kind: 'all', text: 'remise en place' }, limit: 5 });
  expect(lines).toEqual([expect.objectContaining({ event: 'journal.restored', agentName: account.displayName, outcome: 'success' })]);
  expect((await station.ask('journal.verify', { verificationId: 'v-1' }))?.break).toBeNull();
  expect((await station.ask('journal.status', undefined)).openingNotices).toEqual([]);
  const [kept] = readdirSync(join(host.folder, 'data')).filter((name) => name.startsWith('journal.db.remplace-') && !/-(wal|shm)$/.test(name));
  const replaced = new DatabaseSync(join(host.folder, 'data', kept ?? ''), { readOnly: true });
  const rows = replaced.prepare("SELECT words FROM entries WHERE event IN ('journal.restored', 'dossier.changed')").all() as { words: string }[];
  replaced.close();
  expect(rows.map(({ words }) => words).join()).toMatch(/Après la sauvegarde.*cet historique s’arrête ici/s);
});
