import { DateTime } from 'luxon';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { type Sandbox, type SandboxOptions, startSandbox } from '../../electron/sandbox';
import { type Clock, systemClock } from '../../electron/storage/clock';
import type { Batch } from '../../shared/domain/batch';
import type { ChannelInput } from '../../shared/ipc';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { madeUpSirens } from '../support/sirens';
import { account, Workstation } from '../support/workstation';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const WINDOW_MS = 1_000;
const DAY_MS = 86_400_000;
const anyTime = { startAt: null, hours: null, recurrence: null };
const options: SandboxOptions = { windowMs: WINDOW_MS, knowsEverySiren: true, latencyMs: 5 };
const legalUnit = ['insee.unite_legale.v4'];

let sandbox: Sandbox;
let host: TestHost;
let station: Workstation;
let dossierId: string;
let clockAhead: number;
/** The machine's clock, set ahead by tests; time itself goes on as it does. */
const clock: Clock = { ...systemClock, now: () => systemClock.now() + clockAhead };

beforeAll(bundleWorkers);
afterAll(removeWorkers);

beforeEach(async () => {
  clockAhead = 0;
  sandbox = await startSandbox(options);
  const { apiUrl, searchUrl, controlUrl, controlSecret, tokens } = sandbox;
  host = createTestHost({ clock, service: { apiBaseUrl: apiUrl, searchBaseUrl: searchUrl, controlUrl, controlSecret, token: tokens.complete }, sandbox: { windowMs: WINDOW_MS } });
  station = await Workstation.start(host);
  await station.openFirstAccount();
  dossierId = await station.openDossier('299031112');
  sandbox.control.clearRequests();
});
afterEach(async () => {
  await station.stop();
  await sandbox.close();
  host.remove();
});

async function createBatch(lines: readonly string[], changes: Partial<ChannelInput<'batches.create'>> = {}, endpointIds: readonly string[] = legalUnit): Promise<Batch> {
  const preview = await station.ask('batches.import', { source: { kind: 'text', text: lines.join('\n') } });
  const choice = { endpointIds: [...endpointIds], parameters: {}, withDocuments: false, writtenReason: null };
  return station.ask('batches.create', { importId: preview?.importId ?? '', dossierId, title: 'Bénéficiaires', choice, schedule: anyTime, ...changes });
}

async function until(id: string, isReached: (batch: Batch) => boolean): Promise<Batch> {
  await vi.waitUntil(async () => isReached(await station.ask('batches.get', { id })), { timeout: 30_000, interval: 20 });
  return station.ask('batches.get', { id });
}

const isDone = ({ state }: Batch): boolean => state === 'done';
const served = (): readonly string[] => sandbox.requestLog().filter(({ path, status, tokenKey }) => /^\/v\d/.test(path) && status === 200 && tokenKey !== null).map(({ path }) => path);

describe('a batch that meets trouble', () => {
  it('waits when the token is refused, and loses nothing', async () => {
    sandbox.control.addFault({ path: '/v4/insee', times: 1, effect: { kind: 'status', status: 401, body: { errors: [{ code: '00101', title: 'Jeton expiré', detail: '', meta: {} }] } } });
    const { id } = await createBatch(madeUpSirens(300_000_000, 40));
    const paused = await until(id, ({ state }) => state === 'paused');
    expect(paused).toMatchObject({ pauseReason: 'token', resumesAt: null });
    expect(paused.pauseMessage).toMatch(/jeton/i);
    expect(host.awake.at(-1)).toBe(false);
    const settled = await until(id, ({ counts }) => counts.running === 0);
    expect(settled.counts.waiting + settled.counts.answered).toBe(40);
    expect(settled.counts.waiting).toBeGreaterThan(0);
  });

  it('waits for a cut network and goes on by itself', async () => {
    const { id } = await createBatch(madeUpSirens(300_000_000, 400));
    await until(id, ({ counts }) => counts.answered > 5);
    const { port } = new URL(sandbox.apiUrl);
    await sandbox.close();
    const paused = await until(id, ({ state }) => state === 'paused');
    expect(paused.pauseReason).toBe('network');
    expect(paused.resumesAt).not.toBe(null);
    const before = served().length;
    sandbox = await startSandbox({ ...options, port: Number(port) });
    clockAhead = 2 * 60_000;
    const done = await until(id, isDone);
    expect(done.counts.waiting + done.counts.running).toBe(0);
    expect(done.counts.answered + done.counts.failed + done.counts.unknown).toBe(400);
    // What was on its way when the line was cut is asked again once, and says so; nothing answered is.
    expect(before + served().length).toBeGreaterThanOrEqual(done.counts.answered);
  });

  it('fetches the documents of its answers, and those that a pause has cut when it goes on', async () => {
    const lines = madeUpSirens(300_000_000, 60);
    const choice = { endpointIds: ['urssaf.attestation_vigilance.v4'], parameters: {}, withDocuments: true, writtenReason: null };
    const { id } = await createBatch(lines, { choice });
    await until(id, ({ counts }) => counts.answered > 3);
    await station.ask('batches.pause', { id });
    const paused = await until(id, ({ counts }) => counts.running === 0);
    expect(paused).toMatchObject({ state: 'paused', pauseReason: 'agent' });
    await station.ask('batches.resume', { id });
    await until(id, isDone);
    const { items } = await station.ask('batches.items', { id });
    expect(items.map(({ state, documentCount, missingDocuments }) => [state, documentCount, missingDocuments])).toEqual(lines.map(() => ['answered', 1, 0]));
    expect(await station.ask('documents.list', { dossierId })).toHaveLength(60);
    expect(served().filter((path) => path.startsWith('/v4/urssaf'))).toHaveLength(60);
  });

  it('asks once more at its end what a gateway refused, says so, and leaves what fails again', async () => {
    const [answered, failing, ...others] = madeUpSirens(300_000_000, 12);
    // Of one company, not of its provider's health: the others are asked meanwhile.
    const body = { errors: [{ code: '01501', title: 'Erreur du fournisseur', detail: 'Indisponible', meta: { retry_in: 1 } }] };
    // The pipeline itself insists: two calls each time.
    sandbox.control.addFault({ path: `/v4/insee/sirene/unites_legales/${answered}`, times: 2, effect: { kind: 'status', status: 502, body } });
    sandbox.control.addFault({ path: `/v4/insee/sirene/unites_legales/${failing}`, effect: { kind: 'status', status: 502, body } });
    const { id } = await createBatch([answered ?? '', failing ?? '', ...others]);
    const done = await until(id, isDone);
    expect(done.counts).toMatchObject({ answered: 11, failed: 1 });
    const { items } = await station.ask('batches.items', { id });
    expect(items.filter(({ note }) => note !== null).map(({ identifier, state }) => [identifier, state])).toEqual([[answered, 'answered'], [failing, 'failed']]);
    expect(items[0]?.note).toMatch(/^Redemandé une fois à la fin du lot/);
    const received = sandbox.requestLog().map(({ path }) => path);
    expect(received.filter((path) => path.includes(failing ?? ''))).toHaveLength(4);
    expect(received.filter((path) => path.includes(answered ?? ''))).toHaveLength(3);
    const { lines } = await station.ask('journal.search', { filter: { dossierId }, limit: 200 });
    expect(lines.filter(({ detail }) => detail?.includes('2 appels en échec passager, redemandés une fois'))).toHaveLength(1);
    // Each of them has its own trace.
    expect(lines.filter(({ identifier, event }) => identifier === failing && event === 'call.intent')).toHaveLength(4);
  });

  it('takes up again what failed, and nothing else', async () => {
    sandbox.control.addFault({ path: '/v4/insee', times: 3, effect: { kind: 'html' } });
    const { id } = await createBatch(madeUpSirens(300_000_000, 30));
    const done = await until(id, isDone);
    expect(done.counts).toMatchObject({ answered: 27, failed: 3 });
    sandbox.control.clearRequests();
    await station.ask('batches.retryFailed', { id });
    expect((await until(id, isDone)).counts).toMatchObject({ answered: 30, failed: 0 });
    expect(served()).toHaveLength(3);
  });
});

describe('a provider that is down', () => {
  it('is called as soon as it is back, before the time that it was to be left in peace', async () => {
    const [before, ...others] = madeUpSirens(300_000_000, 40);
    sandbox.control.addFault({ path: '/v4/insee', effect: { kind: 'status', status: 502, body: { errors: [{ code: '01000', title: 'Erreur du fournisseur', detail: '', meta: {} }] } } });
    const { id } = await createBatch(others);
    await vi.waitUntil(async () => (await station.ask('batches.get', { id })).waits.length > 0, { timeout: 30_000, interval: 20 });
    const { waits } = await station.ask('batches.get', { id });
    expect(waits).toMatchObject([{ provider: 'Insee', reason: 'rest' }]);
    expect((await station.ask('batches.list', {})).batches[0]?.waits).toEqual(waits);
    // A call of the batch that is still under way is the trial itself.
    await until(id, ({ counts }) => counts.running === 0);
    sandbox.control.clearFaults();
    // An agent at the screen asks the provider, which answers.
    const { step } = await station.consult(dossierId, legalUnit[0] ?? '', before ?? '');
    expect(step).toBe('answered');
    const done = await until(id, ({ counts }) => counts.answered > 0);
    expect(clock.now()).toBeLessThan(Date.parse(waits[0]?.until ?? ''));
    expect(done.state).not.toBe('paused');
  });
});

describe('an address that is suspended', () => {
  it('stops the batch, which goes on once it is lifted', async () => {
    const { id } = await createBatch(madeUpSirens(300_000_000, 400));
    await until(id, ({ counts }) => counts.answered > 5);
    sandbox.control.setBan({ on: true, mode: 'destroy' });
    const paused = await until(id, ({ state }) => state === 'paused');
    expect(['network', 'ban']).toContain(paused.pauseReason);
    sandbox.control.setBan({ on: false });
    // Hours later: his session has locked meanwhile, and the batch goes on behind the lock.
    clockAhead = 13 * 3_600_000;
    await vi.waitUntil(() => host.notices.length === 1, { timeout: 30_000, interval: 50 });
    await station.ask('session.unlock', { password: account.password });
    const done = await station.ask('batches.get', { id });
    expect(done.counts.waiting + done.counts.running).toBe(0);
    expect(done.counts.answered + done.counts.unknown).toBe(400);
    // An answer that the suspension cut on its way is asked again once, and said so; nothing else is.
    const pages = await Promise.all([0, 200].map((offset) => station.ask('batches.items', { id, offset })));
    const announced = new Set(pages.flatMap(({ items }) => items).flatMap(({ note, identifier }) => (note === null ? [] : [identifier])));
    const twice = served().filter((path, index, all) => all.indexOf(path) !== index).map((path) => path.split('/').at(-1) ?? '');
    expect(twice.filter((identifier) => !announced.has(identifier))).toEqual([]);
  });
});

describe('a batch during a nightly maintenance', () => {
  it('calls the others, and says what it waits for and until when', async () => {
    clockAhead = DateTime.now().setZone('Europe/Paris').plus({ days: 1 }).set({ hour: 1, minute: 30 }).toMillis() - systemClock.now();
    await station.ask('session.unlock', { password: account.password });
    const { id } = await createBatch(madeUpSirens(300_000_000, 3), {}, [...legalUnit, 'dgfip.attestation_fiscale.v4']);
    await until(id, ({ counts }) => counts.answered === 3);
    const waiting = await station.ask('batches.get', { id });
    const [wait, ...others] = waiting.waits;
    expect(others).toEqual([]);
    expect(wait).toMatchObject({ provider: 'DGFIP', reason: 'maintenance' });
    expect(DateTime.fromISO(wait?.until ?? '', { zone: 'Europe/Paris' }).toFormat('HH:mm')).toBe('02:00');
    expect(waiting.timeLeftMs ?? 0).toBeGreaterThan(25 * 60_000);
    expect(host.notified.filter(({ event }) => event === 'batches.progress').at(-1)?.payload).toMatchObject({ batchId: id, waits: [wait] });
    await station.ask('batches.cancel', { id });
    expect(await station.ask('batches.get', { id })).toMatchObject({ state: 'cancelled', waits: [], timeLeftMs: 0 });
  });
});

describe('the life of a batch', () => {
  it('stays planned outside its hours until it is started all the same', async () => {
    const hour = (ahead: number): string => `${String((new Date().getUTCHours() + ahead + 24) % 24).padStart(2, '0')}:00`;
    const { id } = await createBatch(madeUpSirens(300_000_000, 3), { schedule: { ...anyTime, hours: { from: hour(6), to: hour(7), weekends: false } } });
    const untouched = await createBatch(madeUpSirens(400_000_000, 3));
    await until(untouched.id, isDone);
    expect((await station.ask('batches.get', { id })).state).toBe('planned');
    await station.ask('batches.start', { id });
    expect((await until(id, isDone)).counts.answered).toBe(3);
  });

  it('ends where it is when it is cancelled', async () => {
    const { id } = await createBatch(madeUpSirens(300_000_000, 600));
    await until(id, ({ counts }) => counts.answered > 5);
    const cancelled = await station.ask('batches.cancel', { id });
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.counts.waiting + cancelled.counts.running).toBe(0);
    expect(cancelled.counts.cancelled).toBeGreaterThan(0);
    const calls = served().length;
    expect(calls).toBe(cancelled.counts.answered);
    await station.ask('batches.remove', { id });
    expect((await station.refusal('batches.get', { id })).code).toBe('not_found');
    expect(served()).toHaveLength(calls);
  });

  it('is started by its own agent only', async () => {
    const { temporaryPassword } = await station.ask('agents.create', { login: 'nadir', displayName: 'Nadir Vasseur', organisation: account.organisation, role: 'agent' });
    const { id } = await createBatch(madeUpSirens(300_000_000, 3), { schedule: { ...anyTime, startAt: new Date(Date.now() + DAY_MS).toISOString() } });
    await station.ask('session.signOut', undefined);
    await station.ask('session.signIn', { login: 'nadir', password: temporaryPassword, newPassword: 'encore quatre mots choisis' });
    for (const channel of ['batches.start', 'batches.pause', 'batches.cancel', 'batches.remove', 'batches.retryFailed'] as const) {
      expect((await station.refusal(channel, { id })).code, channel).toBe('forbidden');
    }
    expect(served()).toEqual([]);
  });

  it('goes with its dossier', async () => {
    const { id, listId } = await createBatch(madeUpSirens(300_000_000, 4));
    await until(id, isDone);
    await station.ask('dossiers.setState', { id: dossierId, state: 'closed' });
    await station.ask('dossiers.delete', { id: dossierId });
    expect((await station.refusal('batches.get', { id })).code).toBe('not_found');
    expect((await station.refusal('batches.importAside', { importId: listId })).code).toBe('not_found');
  });

  it('comes back every so many days over the same list', async () => {
    const { id } = await createBatch(madeUpSirens(300_000_000, 4), { schedule: { ...anyTime, recurrence: { everyDays: 7, renewWithinDays: null } } });
    const first = await until(id, isDone);
    expect(Date.parse(first.nextRunAt ?? '') - Date.parse(first.createdAt)).toBeGreaterThan(6.9 * DAY_MS);
    clockAhead = 7 * DAY_MS + 60_000;
    await vi.waitUntil(() => served().length === 8, { timeout: 30_000, interval: 50 });
    await station.ask('session.unlock', { password: account.password });
    const { batches, total } = await station.ask('batches.list', { dossierId });
    expect(total).toBe(2);
    expect(batches[0]?.previousId).toBe(id);
    expect(batches[1]?.nextRunAt).toBe(null);
  });

  it('asks again only what is about to end, when it is to renew', async () => {
    const schedule = { ...anyTime, recurrence: { everyDays: 1, renewWithinDays: 30 } };
    const { id } = await createBatch(madeUpSirens(300_000_000, 4), { schedule });
    await until(id, isDone);
    clockAhead = DAY_MS + 60_000;
    await vi.waitUntil(() => host.notices.length === 2, { timeout: 30_000, interval: 50 });
    await station.ask('session.unlock', { password: account.password });
    const { batches } = await station.ask('batches.list', { dossierId });
    expect(batches[0]).toMatchObject({ previousId: id, counts: { answered: 4 } });
    expect(served()).toHaveLength(4);
  });
});
