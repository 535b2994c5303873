import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { drawPdf } from '../../electron/sandbox/documents/pdf-page';
import { createTestHost, type TestHost } from '../support/host';
import { filesHolding } from '../support/search-bytes';
import { account, closeWorkstation, openWorkstation, Workstation } from '../support/workstation';

const SIREN = '299031112';
const REASON = 'Essai de la fin de conservation.';
const MONTH_MS = 31 * 86_400_000;

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let host: TestHost;
let station: Workstation;
let movedMs = 0;
const clock = { now: () => Date.now() + movedMs, monotonic: () => performance.now() };

beforeAll(async () => {
  station = await openWorkstation({ clock });
  ({ host } = station);
});

afterAll(() => closeWorkstation(station));

/** A dossier with an answer, a document of the source and one that the company supplied; then closed. */
async function closedDossier(title: string, state: 'closed' | 'open' = 'closed'): Promise<string> {
  const dossierId = await station.openDossier(SIREN, { title, notes: `note ${title}` });
  const consulted = await station.consult(dossierId, 'urssaf.attestation_vigilance.v4', SIREN);
  if (consulted.step !== 'answered') throw new Error('no answer');
  await station.fetchDocument(consulted.answer.consultationId, consulted.answer.documents[0]?.pointer ?? '');
  const bytes = Uint8Array.from(await drawPdf('Attestation', new Date(0), (pdf) => void pdf.text(title)));
  await station.ask('pieces.add', { dossierId, identifier: SIREN, fileName: `${title}.pdf`, bytes });
  if (state === 'closed') await station.ask('dossiers.setState', { id: dossierId, state, writtenReason: REASON });
  return dossierId;
}

async function declareRetention(retentionMonths: number | null): Promise<void> {
  const [habilitation] = await station.ask('habilitations.list', undefined);
  if (!habilitation) throw new Error('no habilitation');
  const { id, title, environment, recipients, contexts, useCases } = habilitation;
  await station.ask('habilitations.update', { id, draft: { title, environment, recipients: [...recipients], contexts: [...contexts], useCases: [...useCases], retentionMonths } });
}

async function restart(): Promise<void> {
  await station.stop();
  host = createTestHost({ clock, folder: host.folder });
  station = await Workstation.start(host);
  await station.ask('session.signIn', { login: account.login, password: account.password });
}

/** Months pass; the session has ended meanwhile. */
async function pass(months: number): Promise<void> {
  movedMs += months * MONTH_MS;
  await station.ask('session.signIn', { login: account.login, password: account.password });
}

const inDatabase = (text: string) => filesHolding(join(host.folder, 'data'), text).filter((path) => path.includes('instruire.db'));
const termOf = async (dossierId: string) => (await station.ask('retention.preview', undefined)).find((term) => term.dossierId === dossierId);
const sealedFiles = () => ['documents', 'supplied-pieces'].flatMap((folder) => readdirSync(join(host.folder, 'data', folder)));
const purgeLines = async (dossierId: string) =>
  (await station.ask('journal.search', { filter: { dossierId, kind: 'all' }, limit: 500 })).lines.filter(({ event }) => event === 'dossier.purged');

/** Rows that any feature still keeps about a dossier: a new table that the deletion forgets fails here. */
function rowsAbout(dossierId: string): readonly string[] {
  const database = new DatabaseSync(join(host.folder, 'data', 'instruire.db'));
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
  const holding = tables.filter(({ name }) => {
    const columns = database.prepare(`SELECT name FROM pragma_table_info('${name}')`).all() as { name: string }[];
    const column = name === 'dossiers' ? 'id' : 'dossier_id';
    if (!columns.some((one) => one.name === column)) return false;
    return database.prepare(`SELECT 1 FROM ${name} WHERE ${column} = ?`).get(dossierId) !== undefined;
  });
  database.close();
  return holding.map(({ name }) => name);
}

describe('the end of a dossier', () => {
  it('is not decided by the application when no period was declared', async () => {
    const dossierId = await closedDossier('sans-duree');
    expect(await termOf(dossierId)).toMatchObject({ retentionMonths: null, dueOn: null, isDue: false });
    expect(await station.ask('retention.run', { dossierIds: [dossierId] })).toEqual({ deleted: 0 });
    await station.ask('dossiers.delete', { id: dossierId });
  });

  it('is previewed, and comes only after the declared months', async () => {
    await declareRetention(1);
    const dossierId = await closedDossier('marque-conservation');
    expect(await termOf(dossierId)).toMatchObject({ retentionMonths: 1, isDue: false, holdings: { documents: 1, answers: 1, suppliedFiles: 1 } });
    expect(await station.ask('retention.run', { dossierIds: [dossierId] })).toEqual({ deleted: 0 });
    expect(sealedFiles()).toHaveLength(2);
    expect(inDatabase('note marque-conservation')).not.toEqual([]);
    await pass(2);
    expect((await termOf(dossierId))?.isDue).toBe(true);
    expect(await station.ask('retention.run', { dossierIds: ['another'] })).toEqual({ deleted: 0 });
    expect(await station.ask('retention.run', { dossierIds: [dossierId] })).toEqual({ deleted: 1 });
    expect(sealedFiles()).toEqual([]);
    expect(rowsAbout(dossierId)).toEqual([]);
    expect((await station.refusal('dossiers.get', { id: dossierId })).code).toBe('not_found');
  });

  it('leaves nothing of the dossier in the pages of the database', async () => {
    expect(inDatabase('marque-conservation')).toEqual([]);
    await restart();
    expect(inDatabase('marque-conservation')).toEqual([]);
  });

  it('keeps the lines of the journal, and adds its own', async () => {
    const { lines } = await station.ask('journal.search', { filter: { text: 'marque-conservation', kind: 'all' }, limit: 500 });
    expect(lines.some(({ event }) => event === 'document.fetched')).toBe(true);
    expect(lines.filter(({ event }) => event === 'dossier.purged').map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^Dossier supprimé de ce poste \(durée de conservation écoulée\)\s: 1 document, 1 réponse, 1 document fourni\./),
      expect.stringMatching(/commencée/),
    ]);
  });

  it('may be brought forward by a responsable, once the dossier is closed', async () => {
    const open = await closedDossier('encore-ouvert', 'open');
    expect((await station.refusal('dossiers.delete', { id: open })).message).toContain('closez-le');
    await station.ask('dossiers.setState', { id: open, state: 'closed' });
    await station.ask('dossiers.delete', { id: open });
    expect(rowsAbout(open)).toEqual([]);
    expect((await purgeLines(open))[0]?.detail).toContain('demande du responsable');
  });

  it('counts from the closing, not from the archiving, and a reopened dossier stays', async () => {
    const dossierId = await closedDossier('rouvert');
    const closedAt = (await termOf(dossierId))?.closedAt;
    await pass(1);
    await station.ask('dossiers.setState', { id: dossierId, state: 'archived' });
    expect((await termOf(dossierId))?.closedAt).toBe(closedAt);
    await station.ask('dossiers.setState', { id: dossierId, state: 'open' });
    expect(await termOf(dossierId)).toBeUndefined();
    movedMs += 3 * MONTH_MS;
    await restart();
    expect((await station.ask('dossiers.get', { id: dossierId })).state).toBe('open');
    await station.ask('dossiers.setState', { id: dossierId, state: 'closed', writtenReason: REASON });
    await station.ask('dossiers.delete', { id: dossierId });
  });

  it('follows the machine policy, whatever the habilitation says', async () => {
    const dossierId = await closedDossier('politique');
    const policyPath = join(host.folder, 'policy.json');
    for (const [declared, set] of [[1, 7], [48, 5]] as const) {
      writeFileSync(policyPath, JSON.stringify({ dossierRetentionMonths: set }));
      await declareRetention(declared);
      await restart();
      expect(await termOf(dossierId)).toMatchObject({ retentionMonths: set, isDue: false });
    }
    rmSync(policyPath);
    await declareRetention(1);
    await restart();
    await station.ask('dossiers.delete', { id: dossierId });
  });

  it('comes by itself at the next start', async () => {
    const dossierId = await closedDossier('au-demarrage');
    movedMs += 2 * MONTH_MS;
    await restart();
    await vi.waitFor(() => expect(rowsAbout(dossierId)).toEqual([]), { timeout: 10_000 });
    expect(sealedFiles()).toEqual([]);
  });
});
