import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { batchesSchema } from '../../../electron/batches';
import { createBatchStore } from '../../../electron/batches/batch-store';
import { createItemStore } from '../../../electron/batches/item-store';
import { recoverBatch } from '../../../electron/batches/run/recover';
import type { Journal } from '../../../electron/journal';
import { openDatabase } from '../../../electron/storage/database';
import { makeBench, makeIntent, makeOutcome } from '../journal/support';

const ENDPOINT = 'insee.unite_legale.v4';
const SIREN = '123456782';
const intent = () => makeIntent({ endpointId: ENDPOINT, identifier: SIREN });

function openItems(folder: string) {
  const { database } = openDatabase(join(folder, 'instruire.db'), [batchesSchema]);
  database.exec(`
    INSERT INTO batch_lists VALUES ('l', 'liste.csv', 'agent-1', '', '[]', '[]', 1, 0, 0, 0);
    INSERT INTO batches (id, list_id, dossier_id, title, choice, schedule, speed, state, agent_id, agent_name, created_at, is_complete)
      VALUES ('b', 'l', 'dossier-1', 'Lot', '{"endpointIds":[],"withDocuments":false}', '{}', 100, 'running', 'agent-1', 'Camille Fictif', '', 1)`);
  const items = createItemStore(database);
  items.insertAll('b', [{ lineNumber: 1, endpointId: ENDPOINT, identifier: SIREN, object: '' }]);
  const batch = createBatchStore(database).find('b');
  if (!batch) throw new Error('no batch');
  const claim = (head: { seq: number; hash: string }) => items.claimAll([{ id: 1, consultationId: 'c' }], head);
  const recover = (journal: Journal) => {
    const deps = { callsAfter: (seq: number) => journal.callsAfter(seq), journalHolds: (seq: number, hash: string | null) => journal.holds(seq, hash) };
    recoverBatch({ ...deps, items, answers: { find: () => undefined }, now: () => '2026-03-10T09:00:00.000Z' }, batch);
    return items.page(batch, {}, 0, 1).items[0];
  };
  return { claim, recover, close: () => database.close() };
}

describe('what a stop left of a batch, with an older copy of the journal put back meanwhile', () => {
  it('is not taken for a call that never left, whether numbers are still lower or have passed the claim', async () => {
    for (const rowsSince of [0, 20]) {
      const bench = makeBench();
      const backup = join(bench.folder, 'sauvegarde.db');
      let journal = bench.open();
      journal.close();
      copyFileSync(bench.path, backup);
      journal = bench.open();
      const items = openItems(bench.folder);
      items.claim(journal.head());
      await journal.recordIntent(intent());
      journal.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(bench.path + suffix, { force: true });
      copyFileSync(backup, bench.path);
      bench.clock.at += 60_000;
      journal = bench.open();
      for (let row = 0; row < rowsSince; row += 1) await journal.record({ event: 'settings.changed' });
      expect(items.recover(journal)).toMatchObject({ state: 'waiting', note: expect.stringContaining('copie plus ancienne') as string });
      journal.close();
      items.close();
    }
  });

  it('goes back to its place without a note when the journal is the same and has no intent', () => {
    const bench = makeBench();
    const journal = bench.open();
    const items = openItems(bench.folder);
    items.claim(journal.head());
    expect(items.recover(journal)).toMatchObject({ state: 'waiting', note: null });
    journal.close();
    items.close();
  });

  it('is repeated once only', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const items = openItems(bench.folder);
    const gone = { seq: journal.head().seq, hash: 'f'.repeat(64) };
    await journal.recordOutcome(await journal.recordIntent(intent()), makeOutcome());
    items.claim(gone);
    expect(items.recover(journal)).toMatchObject({ state: 'waiting' });
    items.claim(gone);
    expect(items.recover(journal)).toMatchObject({ state: 'unknown', note: expect.stringContaining('copie plus ancienne') as string });
    journal.close();
    items.close();
  });
});
