import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { sandboxCompanies } from '../../electron/sandbox';
import { DEFAULT_OFF_PEAK, type Batch } from '../../shared/domain/batch';
import type { ChannelInput } from '../../shared/ipc';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { account, Workstation } from '../support/workstation';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const sirens = sandboxCompanies().flatMap(({ siren }) => (siren === null ? [] : [siren]));
const anyTime = { startAt: null, hours: null, recurrence: null };
const choice = { endpointIds: ['insee.unite_legale.v4', 'urssaf.attestation_vigilance.v4'], parameters: {}, withDocuments: false, writtenReason: null };

let host: TestHost;
let station: Workstation;
let dossierId: string;

beforeAll(bundleWorkers);
afterAll(removeWorkers);

beforeEach(async () => {
  host = createTestHost({ sandbox: { windowMs: 2_000 } });
  station = await Workstation.start(host);
  await station.openFirstAccount();
  dossierId = await station.openDossier('299031112');
});

afterEach(async () => {
  await station.stop();
  host.remove();
});

async function createBatch(lines: readonly string[], changes: Partial<ChannelInput<'batches.create'>> = {}): Promise<Batch> {
  const preview = await station.ask('batches.import', { source: { kind: 'text', text: lines.join('\n') } });
  return station.ask('batches.create', { importId: preview?.importId ?? '', dossierId, title: 'Soumissionnaires', choice, schedule: anyTime, ...changes });
}

async function until(id: string, isReached: (batch: Batch) => boolean): Promise<Batch> {
  await vi.waitUntil(async () => isReached(await station.ask('batches.get', { id })), { timeout: 30_000, interval: 50 });
  return station.ask('batches.get', { id });
}

describe('a batch', () => {
  it('answers every call of its list, traced and kept, and keeps the machine awake meanwhile', async () => {
    const lines = [...sirens.slice(0, 20), 'pas un identifiant', sirens[0] ?? ''];
    const preview = await station.ask('batches.import', { source: { kind: 'text', text: lines.join('\n') } });
    expect(preview).toMatchObject({ lineCount: 20, asideCount: 2, duplicateCount: 1 });
    const importId = preview?.importId ?? '';
    const plan = await station.ask('batches.plan', { importId, dossierId, choice, schedule: { ...anyTime, hours: DEFAULT_OFF_PEAK } });
    expect(plan).toMatchObject({ calls: 40, excluded: [], unsuited: [] });
    await station.forgetRequests();
    const { id } = await station.ask('batches.create', { importId, dossierId, title: 'Soumissionnaires', choice, schedule: anyTime });
    const done = await until(id, ({ state }) => state === 'done');
    // One of them is under examination at the Urssaf (04501): a failure to take up later, said as such.
    const others = await station.ask('batches.items', { id, filter: { states: ['failed', 'refused', 'unknown', 'cancelled'] } });
    expect(others.items.map(({ error }) => error?.code)).toEqual(['04501']);
    expect(done.counts.answered + done.counts.absent).toBe(39);
    const requests = (await station.receivedRequests()).filter(({ path }) => /^\/v\d/.test(path));
    expect(requests).toHaveLength(40);
    const { total, rows } = await station.ask('batches.grid', { id, limit: 5 });
    expect(total).toBe(20);
    expect(rows.map(({ cells }) => cells.length)).toEqual([2, 2, 2, 2, 2]);
    const { results } = await station.ask('batches.results', { id, filter: { states: ['answered'] }, limit: 3 });
    expect(results.every(({ answer }) => answer !== null)).toBe(true);
    expect(host.awake).toContain(true);
    expect(host.awake.at(-1)).toBe(false);
    expect(host.progress.at(-1)).toBe(null);
    expect(host.notices).toHaveLength(1);
    expect(host.notified.some(({ event }) => event === 'batches.progress')).toBe(true);
    expect((await station.ask('journal.search', { filter: { kind: 'calls' }, limit: 200 })).total).toBe(40);
  });

  it('is found by its name, its author or its state, page by page', async () => {
    const schedule = { ...anyTime, startAt: new Date(Date.now() + 86_400_000).toISOString() };
    const preview = await station.ask('batches.import', { source: { kind: 'text', text: sirens.slice(0, 3).join('\n') } });
    for (let rank = 1; rank <= 120; rank += 1) {
      await station.ask('batches.create', { importId: preview?.importId ?? '', dossierId, title: rank === 7 ? 'Écoles du centre' : `Lot ${rank}`, choice, schedule });
    }
    const titles = async (input: ChannelInput<'batches.list'>) => (await station.ask('batches.list', input)).batches.map(({ title }) => title);
    expect((await station.ask('batches.list', {})).total).toBe(120);
    expect(await titles({ offset: 100 })).toHaveLength(20);
    expect(await titles({ text: 'ecoles' })).toEqual(['Écoles du centre']);
    expect(await titles({ text: 'camille' })).toHaveLength(100);
    expect(await titles({ states: ['done'] })).toEqual([]);
  });

  it('has its lines found by name, whatever case and accents were typed or listed', async () => {
    const names = ['SOCIETE DES QUAIS', 'Société des Étangs', 'Façades du Levant', '100 % local_bois'];
    const text = ['SIREN;Nom', ...names.map((name, index) => `${sirens[index] ?? ''};${name}`)].join('\n');
    const preview = await station.ask('batches.import', { source: { kind: 'text', text } });
    const schedule = { ...anyTime, startAt: new Date(Date.now() + 86_400_000).toISOString() };
    const { id } = await station.ask('batches.create', { importId: preview?.importId ?? '', dossierId, title: 'Lot', choice, schedule });
    const found = async (typed: string) => (await station.ask('batches.grid', { id, filter: { text: typed } })).rows.map(({ line }) => line.name);
    expect(await found('société')).toEqual([names[0], names[1]]);
    expect(await found('ETANGS')).toEqual([names[1]]);
    expect(await found('facades')).toEqual([names[2]]);
    expect(await found('% LOCAL_')).toEqual([names[3]]);
    expect((await station.ask('batches.items', { id, filter: { text: 'etangs' } })).total).toBe(2);
  });

  it('is made of the companies of a dossier without typing them', async () => {
    await station.ask('dossiers.addCompany', { id: dossierId, identifier: sirens[1] ?? '', siret: null, name: 'Dite ; « Guillemets "droits" »' });
    const preview = await station.ask('batches.import', { source: { kind: 'dossier', dossierId } });
    expect(preview).toMatchObject({ fileName: 'Entreprises de Réfection du préau', lineCount: 2, asideCount: 0 });
    expect(preview?.firstLines).toMatchObject([{ siren: '299031112', name: 'Entreprise inventée' }, { siren: sirens[1], name: 'Dite ; « Guillemets "droits" »' }]);
  });

  it('pauses when its agent signs out and goes on when he is back, calling nothing twice', async () => {
    await station.forgetRequests();
    const { id } = await createBatch(sirens.slice(0, 150), { choice: { ...choice, endpointIds: ['urssaf.attestation_vigilance.v4'] } });
    await until(id, ({ counts }) => counts.answered > 10);
    await station.ask('session.signOut', undefined);
    await station.ask('session.signIn', { login: account.login, password: account.password });
    const done = await until(id, ({ state }) => state === 'done');
    expect(done.counts.waiting + done.counts.running).toBe(0);
    const paths = (await station.receivedRequests()).filter(({ path, status }) => /^\/v\d/.test(path) && status !== 429).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toHaveLength(done.counts.total);
  });
});
