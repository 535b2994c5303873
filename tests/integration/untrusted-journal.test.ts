import { truncateSync } from 'node:fs';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { openForReading } from '../../electron/journal/journal-database';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { account, Workstation } from '../support/workstation';

const SIREN = '299031112';
const ENDPOINT = 'insee.unite_legale.v4';
const DOCUMENT_ENDPOINT = 'urssaf.attestation_vigilance.v4';

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;
let dossierId: string;

beforeAll(bundleWorkers);
afterAll(removeWorkers);
beforeEach(async () => {
  host = createTestHost();
  const station = await Workstation.start(host);
  await station.openFirstAccount();
  dossierId = await station.openDossier(SIREN);
  await station.stop();
});
afterEach(() => host.remove());

const journalPath = () => join(host.folder, 'data', 'journal.db');
const noticeIds = async (station: Workstation) => (await station.ask('session.start', undefined)).notices.map(({ id }) => id).filter((id) => /^(journal|calls)-/.test(id));
const waitFor = (station: Workstation, ids: readonly string[]) => vi.waitFor(async () => expect(await noticeIds(station)).toEqual(ids), { timeout: 30_000, interval: 50 });
/** The row that the notice names. */
const stoppedAt = async (station: Workstation) => (await station.ask('session.start', undefined)).notices.find(({ id }) => id === 'calls-stopped-altered')?.message.match(/à la ligne (\d+)/)?.[1];
const signIn = (station: Workstation) => station.ask('session.signIn', { login: account.login, password: account.password });
/** What the journal itself keeps of verifications that found a break. */
function countBreaks(): number {
  const database = openForReading(journalPath());
  const { n } = database.prepare("SELECT count(*) AS n FROM entries WHERE event = 'journal.verified' AND json_extract(result, '$.data.breakSeq') = 2").get() as { n: number };
  database.close();
  return n;
}

function alterRow(seq: number): void {
  const database = new DatabaseSync(journalPath());
  database.exec(`DROP TRIGGER IF EXISTS entries_do_not_change; UPDATE entries SET at = at + 1 WHERE seq = ${seq}`);
  database.close();
}

describe('an altered row', () => {
  const refused = { step: 'failed', error: { kind: 'blocked', message: expect.stringMatching(/^L’historique a été modifié ou abîmé à la ligne 2\s: les appels sont suspendus/) as string } };

  it('lets no call leave until a keeper has seen it, through starts; it is told on every screen, and in the journal once', async () => {
    alterRow(2);
    let station = await Workstation.start(host);
    await signIn(station);
    await waitFor(station, ['calls-stopped-altered']);
    await station.forgetRequests();
    expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject(refused);
    await station.stop();
    station = await Workstation.start(host);
    await signIn(station);
    await waitFor(station, ['calls-stopped-altered']);
    expect(countBreaks()).toBe(1);
    await station.forgetRequests();
    expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject(refused);
    expect(await station.receivedRequests()).toEqual([]);
    expect((await station.ask('journal.search', { filter: { kind: 'calls' }, limit: 5 })).total).toBe(0);
    expect(await station.ask('diagnostics.run', { runId: 'd', checkId: 'database', habilitationId: null })).toMatchObject({ state: 'error', summary: refused.error.message });
    const notice = (await station.ask('session.start', undefined)).notices.find(({ id }) => id === 'calls-stopped-altered');
    expect(notice?.action).toEqual({ kind: 'verify_journal', fromSeq: 2 });
    expect(await station.ask('journal.verify', { verificationId: 'v', fromSeq: 2 })).toMatchObject({ break: { kind: 'edited', seq: 2 } });
    expect(await noticeIds(station)).toEqual(['journal-broken-seen']);
    expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'answered' });
    await station.stop();
    station = await Workstation.start(host);
    await signIn(station);
    await waitFor(station, ['journal-broken-seen']);
    expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'answered' });
    expect(countBreaks()).toBe(2);
    await station.stop();
  });

  it('found by the verification of an agent stops the calls; another one behind the one that was seen does again', async () => {
    const station = await Workstation.start(host);
    await signIn(station);
    const { temporaryPassword: password } = await station.ask('agents.create', { login: 'sacha', displayName: 'Sacha Fictif', role: 'agent', organisation: account.organisation });
    alterRow(2);
    alterRow(4);
    await station.ask('session.signOut', undefined);
    await station.ask('session.signIn', { login: 'sacha', password, newPassword: 'cinq mots que rien ne rapproche' });
    await station.ask('journal.verify', { verificationId: 'v' });
    await waitFor(station, ['calls-stopped-altered']);
    await station.ask('journal.verify', { verificationId: 'v' });
    expect(await noticeIds(station)).toEqual(['calls-stopped-altered']);
    await station.ask('session.signOut', undefined);
    await signIn(station);
    await station.ask('journal.verify', { verificationId: 'v', fromSeq: 2 });
    await vi.waitFor(async () => expect(await stoppedAt(station)).toBe('4'), { timeout: 30_000, interval: 50 });
    await station.ask('journal.verify', { verificationId: 'v', fromSeq: 4 });
    expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'answered' });
    await station.stop();
  });

  it('keeps nobody from reading, exporting, saving and opening what is there', async () => {
    let station = await Workstation.start(host);
    await signIn(station);
    const answered = await station.consult(dossierId, DOCUMENT_ENDPOINT, SIREN);
    if (answered.step !== 'answered') throw new Error(JSON.stringify(answered));
    const [offered] = answered.answer.documents;
    const document = await station.fetchDocument(answered.answer.consultationId, offered?.pointer ?? '');
    await station.stop();
    alterRow(2);
    station = await Workstation.start(host);
    await signIn(station);
    await waitFor(station, ['calls-stopped-altered']);
    const opened = (await station.ask('journal.search', { filter: {}, limit: 1 })).total;
    expect(await station.ask('documents.read', { id: document.id })).toBeTruthy();
    expect((await station.ask('journal.search', { filter: {}, limit: 1 })).total).toBeGreaterThan(opened);
    host.saveAt(join(host.folder, 'historique.jsonl'));
    expect(await station.ask('journal.export', { exportId: 'e', filter: {}, format: 'jsonl' })).toMatchObject({ lineCount: expect.any(Number) as number });
    const backup = join(host.folder, 'sauvegarde.db');
    host.saveAt(backup);
    await station.ask('journal.backUp', undefined);
    await station.stop();
  });

  it('makes a batch wait, which goes on by itself', async () => {
    const choice = { endpointIds: [ENDPOINT], parameters: {}, withDocuments: false, writtenReason: null };
    const station = await Workstation.start(host);
    await signIn(station);
    alterRow(2);
    await waitFor(station, ['calls-stopped-altered']);
    await station.forgetRequests();
    const preview = await station.ask('batches.import', { source: { kind: 'text', text: SIREN } });
    const { id } = await station.ask('batches.create', { importId: preview?.importId ?? '', dossierId, title: 'Soumissionnaires', choice, schedule: { startAt: null, hours: null, recurrence: null } });
    await vi.waitFor(async () => expect(await station.ask('batches.get', { id })).toMatchObject({ state: 'paused', pauseReason: 'blocked', counts: { waiting: 1 } }), { timeout: 30_000, interval: 50 });
    expect(await station.receivedRequests()).toEqual([]);
    await station.ask('journal.verify', { verificationId: 'v', fromSeq: 2 });
    await vi.waitFor(async () => expect(await station.ask('batches.get', { id })).toMatchObject({ state: 'done', counts: { answered: 1 } }), { timeout: 30_000, interval: 50 });
    await station.stop();
  });
});

it('says that the disk fails, and lets no call leave', async () => {
  const station = await Workstation.start(host);
  await signIn(station);
  // Rows that are still in the log cannot be read back: SQLite answers « disk I/O error ».
  truncateSync(`${journalPath()}-wal`, 4_128);
  await waitFor(station, ['calls-stopped-failing_disk']);
  await station.forgetRequests();
  expect(await station.consult(dossierId, ENDPOINT, SIREN)).toMatchObject({ step: 'failed', error: { kind: 'blocked' } });
  expect(await station.receivedRequests()).toEqual([]);
  await station.stop();
});
