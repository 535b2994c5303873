import { describe, expect, it } from 'vitest';

import { answersSchema, createAnswerStore } from '../../../electron/consultation';
import { createDataCipher } from '../../../electron/storage/data-cipher';
import { singleKey } from '../../../electron/storage/data-key';
import { openDatabase } from '../../../electron/storage/database';
import type { Answer } from '../../../shared/domain/consultation';

function makeStore() {
  const { database } = openDatabase(':memory:', [answersSchema]);
  const errors: unknown[] = [];
  const store = createAnswerStore(database, createDataCipher(singleKey(Buffer.alloc(32, 7))), (_place, error) => void errors.push(error));
  const rowCount = () => (database.prepare('SELECT COUNT(*) AS n FROM answers').get() as { n: number }).n;
  return { database, store, errors, rowCount };
}

function answer(changes: Partial<Answer> = {}): Answer {
  return {
    consultationId: 'c-1',
    dossierId: 'd-1',
    endpointId: 'essai.attestation.v4',
    identifier: '100000009',
    parameters: {},
    data: {},
    meta: {},
    provider: 'Fournisseur d’essai',
    receivedAt: '2026-01-01T00:00:00.000Z',
    requestId: null,
    httpStatus: 200,
    durationMs: 1,
    quotaCost: 1,
    servedFromCache: null,
    cacheExpiresAt: null,
    documents: [],
    ...changes,
  };
}

describe('the answer store', () => {
  it('reads the same before and after the write, newest of each, establishments included', () => {
    const { store } = makeStore();
    const establishment = answer({ consultationId: 'c-2', identifier: '10000000900017' });
    const newer = answer({ consultationId: 'c-3', receivedAt: '2026-02-01T00:00:00.000Z' });
    for (const one of [answer(), establishment, answer({ consultationId: 'c-4', dossierId: 'd-2' })]) store.save(one);
    store.flush();
    store.save(newer);
    const before = store.latest('d-1', '100000009');
    expect(before).toEqual([newer, establishment]);
    expect(store.find('c-3')).toEqual(newer);
    store.flush();
    expect(store.latest('d-1', '100000009')).toEqual(before);
    expect(store.find('c-3')).toEqual(newer);
  });

  it('keeps what the disk refuses, and writes it at the next occasion', () => {
    const { database, store, rowCount } = makeStore();
    database.exec('CREATE TRIGGER full BEFORE INSERT ON answers BEGIN SELECT raise(ABORT, \'disk full\'); END');
    store.save(answer());
    expect(() => store.flush()).toThrow(/full/);
    expect(store.find('c-1')).toEqual(answer());
    expect(rowCount()).toBe(0);
    database.exec('DROP TRIGGER full');
    store.flush();
    expect(rowCount()).toBe(1);
  });

  it('writes by itself, soon', async () => {
    const { store, rowCount } = makeStore();
    store.save(answer());
    while (rowCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(store.find('c-1')).toEqual(answer());
  });

  it('forgets a dossier, written or not', () => {
    const { store } = makeStore();
    store.save(answer());
    store.flush();
    store.save(answer({ consultationId: 'c-2' }));
    store.deleteOfDossier('d-1');
    store.flush();
    expect(store.isEmpty()).toBe(true);
  });
});
