import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { systemClock } from '../../electron/storage/clock';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { account, Workstation } from '../support/workstation';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const AHEAD_MS = 5 * 60_000;

/** By how much the workstation's clock is ahead. */
let aheadMs = 0;
let host: TestHost;
let station: Workstation;
let backup: string;

beforeAll(async () => {
  await bundleWorkers();
  host = createTestHost({ clock: { ...systemClock, now: () => systemClock.now() + aheadMs } });
  station = await Workstation.start(host);
  backup = join(host.folder, 'sauvegarde.db');
});
afterAll(async () => {
  await station.stop();
  host.remove();
  removeWorkers();
});

const titles = async () => (await station.ask('journal.search', { filter: { kind: 'all' }, limit: 500 })).lines.map(({ dossierTitle }) => dossierTitle);

/** Dossiers with a document each, received before and after the backup. */
let before: string;
let after: string;

async function openWithDocument(title: string): Promise<string> {
  const dossierId = await station.openDossier('299031112', { title });
  const state = await station.consult(dossierId, 'urssaf.attestation_vigilance.v4', '299031112');
  if (state.step !== 'answered') throw new Error(state.error.message);
  await station.fetchDocument(state.answer.consultationId, state.answer.documents[0]?.pointer ?? '');
  return dossierId;
}

const lineOfDocument = async (dossierId: string) => (await station.ask('documents.list', { dossierId }))[0]?.journalLine;

const check = (restoreId: string) => station.ask('journal.checkBackup', { restoreId });

it('takes a backup, and work goes on after it', async () => {
  await station.openFirstAccount();
  before = await openWithDocument('Avant la sauvegarde');
  host.saveAt(backup);
  expect(await station.ask('journal.backUp', undefined)).toMatchObject({ path: backup });
  aheadMs = AHEAD_MS;
  after = await openWithDocument('Après la sauvegarde');
  aheadMs = 0;
  expect([await lineOfDocument(before), await lineOfDocument(after)]).toEqual(['present', 'present']);
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

it('remembers in what it restored that the clock stood behind rows written since the backup', () => {
  const database = new DatabaseSync(join(host.folder, 'data', 'journal.db'), { readOnly: true });
  const closing = database.prepare("SELECT result FROM entries WHERE seq = (SELECT max(seq) + 1 FROM entries WHERE event = 'journal.restored')").get() as { result: string };
  database.close();
  const { data } = JSON.parse(closing.result) as { data?: { clockDueAt?: number } };
  expect(data?.clockDueAt).toBeGreaterThan(systemClock.now() + AHEAD_MS / 2);
});

it('no longer names the line of a document received after the backup, even once another call has taken its number', async () => {
  expect([await lineOfDocument(before), await lineOfDocument(after)]).toEqual(['present', 'absent']);
  const [document] = await station.ask('documents.list', { dossierId: after });
  const lastSeq = async () => (await station.ask('journal.search', { filter: { kind: 'all' }, limit: 1 })).lines[0]?.seq ?? 0;
  while ((await lastSeq()) <= (document?.journalSeq ?? 0)) await station.consult(before, 'insee.unite_legale.v4', '299031112');
  expect([await lineOfDocument(before), await lineOfDocument(after)]).toEqual(['present', 'absent']);
});
