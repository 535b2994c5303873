import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { openForReading } from '../../electron/journal/journal-database';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { account, Workstation } from '../support/workstation';

const SIREN = '299031112';
const ENDPOINT = 'insee.unite_legale.v4';
const TEN_MINUTES_MS = 600_000;
const refused = { step: 'failed', error: { kind: 'blocked', message: expect.stringMatching(/^L’horloge de ce poste est en retard de 10 minutes/) as string } };

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const waiting = { timeout: 30_000, interval: 50 };

/** By how much this workstation's clock is ahead of the service's, which is the machine's own. */
let aheadMs = 0;
let host: TestHost;
let station: Workstation;
let dossierId: string;

beforeAll(bundleWorkers);
afterAll(removeWorkers);
beforeEach(async () => {
  aheadMs = 0;
  host = createTestHost({ clock: { now: () => Date.now() + aheadMs, monotonic: () => performance.now() } });
  station = await Workstation.start(host);
  await station.openFirstAccount();
  dossierId = await station.openDossier(SIREN);
});
afterEach(async () => {
  await station.stop();
  host.remove();
});

async function startAgain(): Promise<void> {
  await station.stop();
  station = await Workstation.start(host);
  await station.ask('session.signIn', { login: account.login, password: account.password });
}

const consult = () => station.consult(dossierId, ENDPOINT, SIREN);
const notice = async () => (await station.ask('session.start', undefined)).notices.find(({ id }) => id === 'calls-stopped-clock');
/** Rows that nobody is named in are the auditor's: read in the file. */
function countOf(event: string): number {
  const database = openForReading(join(host.folder, 'data', 'journal.db'));
  const { n } = database.prepare('SELECT count(*) AS n FROM entries WHERE event = ?').get(event) as { n: number };
  database.close();
  return n;
}
/** Calls; the free question of the hour is not one. */
const receivedCalls = async () => (await station.receivedRequests()).filter(({ path }) => !path.startsWith('/v3/ping'));

describe('a clock set back', () => {
  it('lets no call leave, whatever starts come in between, until it is put right', async () => {
    expect(await consult()).toMatchObject({ step: 'answered' });
    await station.forgetRequests();
    aheadMs = -TEN_MINUTES_MS;
    expect(await consult()).toMatchObject(refused);
    await station.ask('journal.checkClock', undefined);
    expect(await notice()).toMatchObject({ tone: 'error', action: { kind: 'check_clock' }, message: expect.stringMatching(/L’heure du service est .*\s: mettez ce poste à l’heure/) as string });
    expect(await consult()).toMatchObject({ step: 'failed', error: { kind: 'blocked', advice: expect.stringMatching(/^L’heure du service est/) as string } });
    expect(await station.ask('diagnostics.run', { runId: 'd', checkId: 'clock', habilitationId: null })).toMatchObject({ state: 'error', summary: refused.error.message });
    await startAgain();
    expect(await consult()).toMatchObject(refused);
    expect(await receivedCalls()).toEqual([]);
    expect(countOf('clock.set_back')).toBe(1);
    expect((await station.ask('journal.search', { filter: { kind: 'calls' }, limit: 5 })).total).toBe(1);
    aheadMs = 1_000;
    expect(await consult()).toMatchObject({ step: 'answered' });
    expect(await notice()).toBeUndefined();
    expect(await station.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ ok: true });
  });

  it('is confirmed by the service without anybody when it was ahead before, and asked again at the next start where the service is this very machine', async () => {
    aheadMs = TEN_MINUTES_MS;
    expect(await consult()).toMatchObject({ step: 'answered' });
    aheadMs = 0;
    await vi.waitFor(() => expect(countOf('clock.confirmed')).toBe(1), waiting);
    expect(await consult()).toMatchObject({ step: 'answered' });
    await startAgain();
    await vi.waitFor(() => expect(countOf('clock.confirmed')).toBe(2), waiting);
    expect(await consult()).toMatchObject({ step: 'answered' });
    expect(await station.ask('journal.verify', { verificationId: 'v' })).toMatchObject({ ok: true });
  });

  it('is confirmed at the start itself', async () => {
    aheadMs = TEN_MINUTES_MS;
    expect(await consult()).toMatchObject({ step: 'answered' });
    await station.stop();
    aheadMs = 0;
    station = await Workstation.start(host);
    await station.ask('session.signIn', { login: account.login, password: account.password });
    await vi.waitFor(() => expect(countOf('clock.confirmed')).toBe(1), waiting);
    expect(await notice()).toBeUndefined();
    expect(await consult()).toMatchObject({ step: 'answered' });
  });

  it('makes a batch wait, whose calls leave by themselves once it is put right', async () => {
    const choice = { endpointIds: [ENDPOINT], parameters: {}, withDocuments: false, writtenReason: null };
    aheadMs = -TEN_MINUTES_MS;
    await station.forgetRequests();
    const preview = await station.ask('batches.import', { source: { kind: 'text', text: SIREN } });
    const { id } = await station.ask('batches.create', { importId: preview?.importId ?? '', dossierId, title: 'Soumissionnaires', choice, schedule: { startAt: null, hours: null, recurrence: null } });
    await vi.waitFor(async () => expect(await station.ask('batches.get', { id })).toMatchObject({ state: 'paused', pauseReason: 'blocked', counts: { waiting: 1 } }), waiting);
    expect(await receivedCalls()).toEqual([]);
    aheadMs = 1_000;
    await vi.waitFor(async () => expect(await station.ask('batches.get', { id })).toMatchObject({ state: 'done', counts: { answered: 1 } }), waiting);
  });
});
