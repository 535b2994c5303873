import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { bundleWorkers, createTestHost, removeWorkers, type TestHost } from '../support/host';
import { madeUpSirens } from '../support/sirens';
import { account, Workstation } from '../support/workstation';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const LINES = 12_000;
const choice = { endpointIds: ['insee.unite_legale.v4', 'infogreffe.extrait_rcs.v3'], parameters: {}, withDocuments: false, writtenReason: null };
const schedule = { startAt: new Date(Date.now() + 86_400_000).toISOString(), hours: null, recurrence: null };

let host: TestHost;
let station: Workstation;
let dossierId: string;
let importId: string;

beforeAll(bundleWorkers);
afterAll(removeWorkers);

beforeEach(async () => {
  host = createTestHost();
  station = await Workstation.start(host);
  await station.openFirstAccount();
  dossierId = await station.openDossier('299031112');
  importId = (await station.ask('batches.import', { source: { kind: 'text', text: madeUpSirens(200_000_000, LINES).join('\n') } }))?.importId ?? '';
});
afterEach(async () => {
  await station.stop();
  host.remove();
});

const wish = () => ({ importId, dossierId, title: 'Longue liste', choice, schedule });
const isMaking = () => host.notified.some(({ event }) => event === 'batches.createProgress');

/** What the disk holds of runs, hidden ones included. */
function kept(): { readonly runs: number; readonly items: number; readonly counted: number; readonly lines: number } {
  const database = new DatabaseSync(join(host.folder, 'data', 'instruire.db'), { readOnly: true });
  const sql = 'SELECT (SELECT COUNT(*) FROM batches) AS runs, (SELECT COUNT(*) FROM batch_items) AS items, (SELECT total(count) FROM batch_counts) AS counted, (SELECT COUNT(*) FROM batch_lines) AS lines';
  const row = database.prepare(sql).get() as ReturnType<typeof kept>;
  database.close();
  return row;
}

describe('a run that is being made', () => {
  it('says how far it is, and counts its calls', async () => {
    const { counts } = await station.ask('batches.create', wish());
    expect(isMaking()).toBe(true);
    expect(counts).toMatchObject({ waiting: 2 * LINES, total: 2 * LINES });
    expect(kept()).toEqual({ runs: 1, items: 2 * LINES, counted: 2 * LINES, lines: LINES });
  });

  it('leaves nothing when it is cancelled, and its list can be used again', async () => {
    const refused = station.refusal('batches.create', wish());
    await vi.waitUntil(isMaking, { interval: 1 });
    await station.ask('batches.cancelCreate', { importId });
    expect(await refused).toMatchObject({ code: 'refused', message: expect.stringMatching(/^Préparation annulée/) as string });
    expect((await station.ask('batches.list', {})).total).toBe(0);
    await vi.waitUntil(() => kept().runs === 0, { interval: 20 });
    expect(kept()).toEqual({ runs: 0, items: 0, counted: 0, lines: LINES });
    expect((await station.ask('batches.create', wish())).counts.total).toBe(2 * LINES);
  });

  it('is not made twice of the same list at once', async () => {
    const first = station.ask('batches.create', wish());
    await vi.waitUntil(isMaking, { interval: 1 });
    expect(await station.refusal('batches.create', wish())).toMatchObject({ code: 'conflict' });
    expect((await first).counts.total).toBe(2 * LINES);
  });
});

describe('a run that is removed', () => {
  it('is gone at once, and swept away even when a stop comes in between', async () => {
    const { id } = await station.ask('batches.create', wish());
    await station.ask('batches.remove', { id });
    expect(await station.refusal('batches.get', { id })).toMatchObject({ code: 'not_found' });
    await station.stop();
    station = await Workstation.start(createTestHost({ folder: host.folder }));
    await station.ask('session.signIn', { login: account.login, password: account.password });
    expect((await station.ask('batches.list', {})).total).toBe(0);
    await vi.waitUntil(() => kept().runs === 0, { interval: 20 });
    expect(kept()).toEqual({ runs: 0, items: 0, counted: 0, lines: 0 });
  });
});
