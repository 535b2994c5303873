import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { drawPdf } from '../../electron/sandbox/documents/pdf-page';
import type { StoredDocument } from '../../shared/domain/document';
import { type TestHost } from '../support/host';
import { filesHolding } from '../support/search-bytes';
import { closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

const SIREN = '299031112';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;
let station: Workstation;
let dossierId: string;
let fetched: StoredDocument;

beforeAll(async () => {
  station = await openWorkstation();
  ({ host } = station);
  dossierId = await station.openDossier(SIREN, { procedure: 'marches_attribution' });
  const state = await station.consult(dossierId, 'urssaf.attestation_vigilance.v4', SIREN);
  if (state.step !== 'answered') throw new Error('the sandbox did not answer');
  fetched = await station.fetchDocument(state.answer.consultationId, state.answer.documents[0]?.pointer ?? '');
});

afterAll(() => closeWorkstation(station));

const supply = (bytes: Uint8Array, fileName = 'vigilance.pdf') => station.ask('pieces.add', { dossierId, identifier: SIREN, fileName, bytes: Uint8Array.from(bytes) });
const compareWith = (pieceId: string) => station.ask('pieces.compare', { pieceId, documentId: fetched.id });
const attestation = (lines: readonly string[]) => drawPdf('Attestation', new Date('2026-11-25T00:00:00Z'), (pdf) => lines.forEach((line) => void pdf.text(line)));

describe('a document that a company handed over', () => {
  it('agrees with the source when it is the same document', async () => {
    const { bytes } = await station.ask('documents.read', { id: fetched.id });
    const piece = await supply(bytes);
    expect(piece).toMatchObject({ kind: 'vigilance', textState: 'read', sha256: fetched.sha256 });
    const { rows } = await compareWith(piece.id);
    expect(rows.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
    expect(rows.filter(({ verdict }) => verdict === 'agrees').map(({ label }) => label)).toEqual(expect.arrayContaining(['Type de document', 'SIREN', 'Code de sécurité', 'Dates']));
  });

  it('differs where it differs', async () => {
    const piece = await supply(await attestation(['Attestation de vigilance', 'SIREN : 299 031 112', 'Code de sécurité : AAAAA22222BBBBB', 'Délivrée le 03/02/2020']));
    const { rows, summary } = await compareWith(piece.id);
    expect(rows.filter(({ verdict }) => verdict === 'differs').map(({ label }) => label)).toEqual(['Code de sécurité', 'Dates']);
    expect(rows.find(({ label }) => label === 'Code de sécurité')?.supplied).toBe('AAAAA22222BBBBB');
    expect(summary).toContain('ne prouve rien');
  });

  it('is kept apart from the documents of the source, sealed, and read back whole', async () => {
    const words = 'Marque du document fourni';
    const bytes = await attestation([words]);
    const piece = await supply(bytes, 'marque.pdf');
    expect(Buffer.from((await station.ask('pieces.read', { id: piece.id })).bytes)).toEqual(bytes);
    expect((await station.ask('documents.list', { dossierId })).map(({ sha256 }) => sha256)).not.toContain(piece.sha256);
    expect(filesHolding(join(host.folder, 'data'), '%PDF-1.')).toEqual([]);
  });

  it('is refused when it is no document, and its refusal leaves nothing', async () => {
    const before = readdirSync(join(host.folder, 'data', 'supplied-pieces'));
    const refused = await station.refusal('pieces.add', { dossierId, identifier: SIREN, fileName: 'page.pdf', bytes: Buffer.from('<html>bonjour</html>') });
    expect(refused.message).toContain('ni un PDF ni une image');
    expect(readdirSync(join(host.folder, 'data', 'supplied-pieces'))).toEqual(before);
  });

  it('is refused in words when the disk does not take it, and no line says that it came', async () => {
    const folder = join(host.folder, 'data', 'supplied-pieces');
    const received = async () => (await station.ask('journal.search', { filter: { dossierId, kind: 'all' }, limit: 200 })).lines.filter(({ event }) => event === 'piece.supplied').length;
    const before = await received();
    renameSync(folder, `${folder}.away`);
    const refused = await station.refusal('pieces.add', { dossierId, identifier: SIREN, fileName: 'vigilance.pdf', bytes: Uint8Array.from(await attestation(['Disque plein'])) });
    renameSync(`${folder}.away`, folder);
    expect(refused.message).toContain('libérez de l’espace');
    expect(await received()).toBe(before);
  });

  it('leaves a line for each act', async () => {
    const { lines } = await station.ask('journal.search', { filter: { dossierId, kind: 'all' }, limit: 200 });
    const count = (event: string) => lines.filter((line) => line.event === event).length;
    expect(count('piece.supplied')).toBe(3);
    expect(count('piece.compared')).toBe(2);
  });

  it('stands for a piece until it goes, and the piece is then to be received again', async () => {
    const { list } = await station.ask('dossiers.completeness', { id: dossierId });
    const { id: pieceId, label } = list?.pieces.at(-1) ?? { id: '', label: '' };
    const file = await supply(await attestation(['Document qui tient lieu de pièce']), 'tient-lieu.pdf');
    const noted = async () => (await station.ask('dossiers.completeness', { id: dossierId })).supplied.filter((one) => one.pieceId === pieceId);
    const standsFor = async () => (await station.ask('pieces.list', { dossierId })).find(({ id }) => id === file.id)?.standsFor;
    await station.ask('dossiers.supplyPiece', { id: dossierId, identifier: SIREN, pieceId, receivedOn: '2026-01-05', validUntil: null, note: '', fileId: file.id });
    expect(await noted()).toMatchObject([{ fileId: file.id }]);
    expect(await standsFor()).toEqual([label]);
    // The piece alone: the document stays.
    await station.ask('dossiers.withdrawPiece', { id: dossierId, identifier: SIREN, pieceId });
    expect(await standsFor()).toEqual([]);
    await station.ask('dossiers.supplyPiece', { id: dossierId, identifier: SIREN, pieceId, receivedOn: '2026-01-05', validUntil: null, note: '', fileId: file.id });
    await station.ask('pieces.remove', { id: file.id });
    expect(await noted()).toEqual([]);
    const { lines } = await station.ask('journal.search', { filter: { dossierId, kind: 'all' }, limit: 5 });
    expect(lines.find(({ event }) => event === 'piece.removed')?.detail).toContain(`Il tenait lieu de\u00a0: ${label}, à recevoir de nouveau.`);
  });

  it('is deleted for good when it was put in the wrong place', async () => {
    const [piece] = await station.ask('pieces.list', { dossierId });
    const before = readdirSync(join(host.folder, 'data', 'supplied-pieces')).length;
    await station.ask('pieces.remove', { id: piece?.id ?? '' });
    expect(readdirSync(join(host.folder, 'data', 'supplied-pieces'))).toHaveLength(before - 1);
    expect((await station.refusal('pieces.read', { id: piece?.id ?? '' })).code).toBe('not_found');
  });
});
