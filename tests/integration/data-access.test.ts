import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { dataGiven } from '../../electron/data-given';
import { drawPdf } from '../../electron/sandbox/documents/pdf-page';
import type { JournalEvent } from '../../shared/domain/journal';
import type { ChannelName } from '../../shared/ipc';
import { type TestHost } from '../support/host';
import { closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

const SIREN = '299031112';
const PIECE = 'urssaf.attestation_vigilance.v4';
/** Reading one's own lines of the journal is no access to anybody's data: the auditor is asked about below. */
const names = (Object.keys(dataGiven) as ChannelName[]).filter((name) => ['reading', 'journalled'].includes(dataGiven[name].kind) && eventOf(name) !== 'journal.read');

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;
let station: Workstation;
let dossierId: string;
let consultationId: string;
let pointer: string;
let documentId: string;
let pieceId: string;
let batchId: string;
/** A run that came after the other. */
let againId: string;

beforeAll(async () => {
  station = await openWorkstation();
  ({ host } = station);
  dossierId = await station.openDossier(SIREN, { procedure: 'marches_candidature' });
  const state = await station.consult(dossierId, PIECE, SIREN);
  if (state.step !== 'answered') throw new Error(state.error.message);
  ({ consultationId } = state.answer);
  pointer = state.answer.documents[0]?.pointer ?? '';
  documentId = (await station.fetchDocument(consultationId, pointer)).id;
  pieceId = (await addPiece()).id;
  batchId = await runBatch();
  againId = await runBatch();
  followEachOther(batchId, againId);
});

afterAll(() => closeWorkstation(station));

async function addPiece() {
  const bytes = await drawPdf('Attestation', new Date('2026-11-25T00:00:00Z'), (pdf) => void pdf.text('SIREN : 299 031 112'));
  return station.ask('pieces.add', { dossierId, identifier: SIREN, fileName: 'vigilance.pdf', bytes: Uint8Array.from(bytes) });
}

async function runBatch(): Promise<string> {
  const preview = await station.ask('batches.import', { source: { kind: 'text', text: SIREN } });
  const choice = { endpointIds: ['insee.unite_legale.v4'], parameters: {}, withDocuments: false, writtenReason: null };
  const schedule = { startAt: null, hours: null, recurrence: null };
  const { id } = await station.ask('batches.create', { importId: preview?.importId ?? '', dossierId, title: 'Un seul', choice, schedule });
  await vi.waitUntil(async () => (await station.ask('batches.get', { id })).state === 'done', { timeout: 30_000, interval: 50 });
  return id;
}

/** As a recurring run leaves them, days later. */
function followEachOther(before: string, after: string): void {
  const database = new DatabaseSync(join(host.folder, 'data', 'instruire.db'));
  database.prepare('UPDATE batches SET previous_id = ? WHERE id = ?').run(before, after);
  database.close();
}

/** The next dialog saves here. */
function saving(name: string): string {
  host.saveAt(join(host.folder, name));
  return name;
}

const company = () => ({ dossierId, identifier: SIREN });

/** How each channel that gives data is asked for some. */
const asking: Partial<Record<ChannelName, () => Promise<unknown>>> = {
  'batches.differences': () => station.ask('batches.differences', { id: againId }),
  'batches.export': () => (saving('lot.csv'), station.ask('batches.export', { exportId: 'l', id: batchId, format: 'csv' })),
  'batches.exportAside': () => (saving('lignes.csv'), station.ask('batches.exportAside', { source: { kind: 'batch', id: batchId } })),
  'batches.grid': () => station.ask('batches.grid', { id: batchId }),
  'batches.items': () => station.ask('batches.items', { id: batchId }),
  'batches.results': () => station.ask('batches.results', { id: batchId }),
  'consultation.history': () => station.ask('consultation.history', company()),
  'consultation.latest': () => station.ask('consultation.latest', company()),
  'consultation.run': () => station.consult(dossierId, 'insee.unite_legale.v4', SIREN),
  'data.copied': () => station.ask('data.copied', { ...company(), isPartiallyDiffused: false, length: 3 }),
  'documents.dragOut': () => station.ask('documents.dragOut', { id: documentId }),
  'documents.fetch': () => station.fetchDocument(consultationId, pointer),
  'documents.openOutside': () => station.ask('documents.openOutside', { id: documentId }),
  'documents.print': () => station.ask('documents.print', { id: documentId, pages: { from: 1, to: 2, total: 2 } }),
  'documents.read': () => station.ask('documents.read', { id: documentId }),
  'documents.saveAs': () => (saving('document.pdf'), station.ask('documents.saveAs', { id: documentId })),
  'dossiers.completeness': () => station.ask('dossiers.completeness', { id: dossierId }),
  'dossiers.export': () => (saving('dossier.json'), station.ask('dossiers.export', { exportId: 'e', dossierId, format: 'json' })),
  'dossiers.saveLetter': () => (saving('courrier.txt'), station.ask('dossiers.saveLetter', { id: dossierId, identifier: SIREN, format: 'txt', text: 'Bonjour' })),
  'erasure.saveJournal': () => (saving('dernier.jsonl'), station.ask('erasure.saveJournal', undefined)),
  'journal.backUp': () => (saving('sauvegarde.db'), station.ask('journal.backUp', undefined)),
  'journal.export': () => (saving('historique.csv'), station.ask('journal.export', { exportId: 'j', filter: {}, format: 'csv' })),
  'journal.saveAuditAnswer': () => (saving('reponse.csv'), station.ask('journal.saveAuditAnswer', { exportId: 'r', requestIds: ['inconnu'], format: 'csv' })),
  'journal.saveProcessingRecord': () => (saving('registre.md'), station.ask('journal.saveProcessingRecord', undefined)),
  'pieces.add': addPiece,
  'pieces.compare': () => station.ask('pieces.compare', { pieceId, documentId }),
  'pieces.read': () => station.ask('pieces.read', { id: pieceId }),
  'sheet.print': () => (saving('fiche.pdf'), station.ask('sheet.print', company())),
};

function eventOf(name: ChannelName): JournalEvent | undefined {
  const given = dataGiven[name];
  if (given.kind === 'reading') return 'data.read';
  return given.kind === 'journalled' ? given.event : undefined;
}

const newest = async () => (await station.ask('journal.search', { filter: { kind: 'all' }, limit: 50 })).lines;

describe('every channel that gives data of a company', () => {
  it('is asked here', () => {
    expect(Object.keys(asking).sort()).toEqual([...names].sort());
  });

  it.each(names)('%s leaves its event', async (name) => {
    const head = (await newest())[0]?.seq ?? 0;
    await asking[name]?.();
    const left = (await newest()).filter(({ seq }) => seq > head);
    expect(left.map(({ event }) => event)).toContain(eventOf(name));
    // Asked of a company or a dossier, it is found under that dossier.
    if (!/^(?:journal|erasure)\./.test(name)) expect(left.every((line) => line.dossierId === dossierId)).toBe(true);
  });

  it('is found under its company', async () => {
    const { lines } = await station.ask('journal.search', { filter: { kind: 'all', identifier: SIREN }, limit: 200 });
    const events: readonly JournalEvent[] = ['data.read', 'data.copied', 'document.opened', 'document.printed', 'document.exported', 'document.fetched', 'piece.supplied', 'piece.compared'];
    expect(events.filter((event) => !lines.some((line) => line.event === event))).toEqual([]);
  });
});

describe('an auditor', () => {
  it('leaves an event of whatever lines of others he is shown', async () => {
    const created = await station.ask('agents.create', { login: 'alix', displayName: 'Alix Moreau', organisation: 'Commune de Valmont-les-Prés', role: 'auditeur' });
    await station.ask('session.signOut', undefined);
    await station.ask('session.signIn', { login: 'alix', password: created.temporaryPassword, newPassword: 'cinq mots encore sans rapport' });
    const { lines } = await station.ask('journal.search', { filter: { kind: 'calls' }, limit: 50 });
    await station.ask('journal.statistics', { filter: { kind: 'calls' } });
    await station.ask('journal.answerAudit', { requestIds: lines.flatMap(({ requestId }) => requestId ?? []).slice(0, 1) });
    const own = await station.ask('journal.search', { filter: { agentId: created.agent.id, kind: 'all' }, limit: 50 });
    const read = own.lines.filter(({ event }) => event === 'journal.read');
    expect(read.map(({ detail }) => detail?.split('\u00a0')[0])).toEqual(['Réponse à un contrôle consultée', 'Statistiques consultées', 'Historique consulté']);
    expect(read.every(({ detail }) => detail?.includes('Camille Rivière'))).toBe(true);
  });
});
