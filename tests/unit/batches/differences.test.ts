import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createBatchStore } from '../../../electron/batches/batch-store';
import { createItemStore, type ItemStore } from '../../../electron/batches/item-store';
import { createListStore } from '../../../electron/batches/list-store';
import { differencesOf } from '../../../electron/batches/output/differences';
import { batchesSchema } from '../../../electron/batches/schema';
import { type Database, openDatabase } from '../../../electron/storage/database';
import type { Batch } from '../../../shared/domain/batch';
import type { Answer } from '../../../shared/domain/consultation';
import { madeUpSirens } from '../../support/sirens';

const ENDPOINT = 'insee.unite_legale.v4';
const AT = '2026-11-25T08:00:00.000Z';
const sirens = madeUpSirens(100_000_000, 250);

let folder: string;
let database: Database;
let items: ItemStore;
let kept: Map<string, Answer>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'differences-'));
  ({ database } = openDatabase(join(folder, 'instruire.db'), [batchesSchema]));
  items = createItemStore(database);
  kept = new Map();
  createListStore(database).create({ id: 'list', fileName: 'liste.csv', agentId: 'agent', createdAt: AT, sheets: [], columns: [] });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A run whose calls all got an answer that says this of each company. */
function run(id: string, previousId: string | null, capitalOf: (siren: string) => number): Batch {
  const batches = createBatchStore(database);
  const choice = { endpointIds: [ENDPOINT], parameters: {}, withDocuments: false, writtenReason: null };
  const schedule = { startAt: null, hours: null, recurrence: null };
  batches.insert({ id, listId: 'list', dossierId: 'dossier', title: 'Lot', choice, schedule, speed: 100, agentId: 'agent', agentName: 'Camille', previousId, nextRunAt: null, createdAt: AT });
  items.insertAll(id, sirens.map((siren, index) => {
    const consultationId = `${id}-${siren}`;
    kept.set(consultationId, answer(consultationId, siren, capitalOf(siren)));
    return { lineNumber: index + 1, endpointId: ENDPOINT, identifier: siren, object: '', kept: { consultationId, settledAt: AT, note: '' } };
  }));
  batches.complete(id, null);
  const made = batches.find(id);
  if (!made) throw new Error('the run was not kept');
  return made;
}

function answer(consultationId: string, identifier: string, capital: number): Answer {
  return {
    ...{ consultationId, dossierId: 'dossier', endpointId: ENDPOINT, identifier, parameters: {}, data: { siren: identifier, capital }, meta: {}, provider: 'Insee' },
    ...{ receivedAt: AT, requestId: null, httpStatus: 200, durationMs: 1, quotaCost: 1, servedFromCache: null, cacheExpiresAt: null, documents: [] },
  };
}

function compared(batch: Batch, isReadable = true) {
  const reading = { items, lists: createListStore(database), answers: { find: (id: string) => kept.get(id) }, isReadable: () => isReadable };
  const slices = [];
  for (let afterId: number | null = 0; afterId !== null; ) {
    const slice = differencesOf(reading, items, batch, afterId, (line) => `Entreprise ${line}`);
    slices.push(slice);
    afterId = slice.nextAfterId;
  }
  return { differences: slices.flatMap(({ differences }) => differences), compared: slices.reduce((sum, one) => sum + one.compared, 0) };
}

describe('what changed since the run before', () => {
  it('is found wherever it is in the list, and nothing else', () => {
    run('first', null, () => 1_000);
    const changed = [sirens[0], sirens[120], sirens[249]];
    const found = compared(run('second', 'first', (siren) => (changed.includes(siren) ? 2_000 : 1_000)));
    expect(found.compared).toBe(sirens.length);
    expect(found.differences.map(({ identifier, name }) => [identifier, name])).toEqual([[sirens[0], 'Entreprise 1'], [sirens[120], 'Entreprise 121'], [sirens[249], 'Entreprise 250']]);
    expect(found.differences[0]?.changes).toEqual([expect.stringMatching(/1.000.*devient.*2.000/)]);
  });

  it('tells a state that is no longer the same', () => {
    run('first', null, () => 1_000);
    const second = run('second', 'first', () => 1_000);
    items.settleAll([{ id: items.after('second', 0, 1)[0]?.id ?? 0, state: 'absent', settledAt: AT }]);
    expect(compared(second).differences).toMatchObject([{ identifier: sirens[0], before: { state: 'answered' }, after: { state: 'absent' }, changes: [] }]);
  });

  it('says nothing of answers that the agent may not read, nor of a first run', () => {
    run('first', null, () => 1_000);
    expect(compared(run('second', 'first', () => 2_000), false).differences).toEqual([]);
    expect(compared(run('third', null, () => 3_000))).toEqual({ differences: [], compared: 0 });
  });
});
