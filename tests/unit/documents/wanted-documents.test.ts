import { beforeEach, describe, expect, it } from 'vitest';

import { createDocumentRecords, createWantedDocuments, documentsSchema, type WantedDocuments } from '../../../electron/documents';
import { openDatabase } from '../../../electron/storage/database';
import type { WantedDocument } from '../../../shared/domain/document';

const wish = (changes: Partial<WantedDocument> = {}): WantedDocument => ({
  ...{ consultationId: 'c1', pointer: '/data/document_url', dossierId: 'd1', identifier: '100000009', endpointId: 'essai.attestation.v4' },
  ...{ label: 'Attestation', documentDate: null, askedAt: '2026-11-25T10:00:00.000Z', problem: null },
  ...changes,
});

let database: ReturnType<typeof openDatabase>['database'];
let queue: WantedDocuments;

beforeEach(() => {
  ({ database } = openDatabase(':memory:', [documentsSchema]));
  queue = createWantedDocuments(database);
});

describe('the queue of wanted documents', () => {
  it('gives an agent his own, oldest first, of one dossier or of all', () => {
    queue.add(wish({ consultationId: 'late', askedAt: '2026-11-25T11:00:00.000Z' }), 'alice');
    queue.add(wish({ consultationId: 'early', dossierId: 'd2' }), 'alice');
    queue.add(wish({ consultationId: 'other' }), 'bruno');
    expect(queue.list('alice', undefined).map(({ consultationId }) => consultationId)).toEqual(['early', 'late']);
    expect(queue.list('alice', 'd1').map(({ consultationId }) => consultationId)).toEqual(['late']);
  });

  it('keeps why the last try brought nothing over a restart, until it is asked for again', () => {
    queue.add(wish(), 'alice');
    queue.fail(wish(), 'Le réseau est coupé.');
    const afterRestart = createWantedDocuments(database);
    expect(afterRestart.list('alice', 'd1')).toEqual([wish({ problem: 'Le réseau est coupé.' })]);
    afterRestart.add(wish(), 'alice');
    expect(afterRestart.list('alice', 'd1')).toEqual([wish()]);
  });

  it('lets an agent give up and change his mind, with what was known of the last try', () => {
    queue.add(wish(), 'alice');
    queue.fail(wish(), 'Fichier incomplet.');
    queue.giveUp(wish(), 'alice');
    expect(queue.list('alice', undefined)).toEqual([]);
    expect(queue.findGivenUp(wish(), 'alice')).toEqual(wish({ problem: 'Fichier incomplet.' }));
    queue.wantAgain(wish(), 'alice');
    expect(queue.list('alice', undefined)).toEqual([wish({ problem: 'Fichier incomplet.' })]);
    expect(queue.findGivenUp(wish(), 'alice')).toBeUndefined();
  });

  it('lets nobody give up, take back or remove what another asked for', () => {
    queue.add(wish(), 'alice');
    queue.giveUp(wish(), 'bruno');
    queue.remove(wish(), 'bruno');
    queue.wantAgain(wish(), 'bruno');
    expect(queue.findGivenUp(wish(), 'bruno')).toBeUndefined();
    expect(queue.list('alice', undefined)).toEqual([wish()]);
    expect(queue.list('bruno', undefined)).toEqual([]);
  });

  it('forgets what a deleted dossier waited for, and nothing else', () => {
    queue.add(wish(), 'alice');
    queue.add(wish({ consultationId: 'c2', dossierId: 'd2' }), 'alice');
    createDocumentRecords(database).deleteOfDossier('d1');
    expect(queue.list('alice', undefined).map(({ dossierId }) => dossierId)).toEqual(['d2']);
  });
});
