import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Batch } from '../../shared/domain/batch';
import type { BatchExportFormat, BatchField } from '../../shared/ipc/batch-outputs';
import { type TestHost } from '../support/host';
import { closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const endpointIds = ['insee.unite_legale.v4', 'urssaf.attestation_vigilance.v4'];
const employers = ['299031112', '299028209'];
/** A sole trader in partial diffusion, without an attestation. */
const partiallyDiffused = '299046631';
const sirens = [...employers, partiallyDiffused];

let host: TestHost;
let station: Workstation;
let dossierId: string;
let batch: Batch;
let out: string;

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'batch-outputs-'));
  station = await openWorkstation();
  ({ host } = station);
  dossierId = await station.openDossier(sirens[0] ?? '');
  batch = await finished(await created());
});

afterAll(async () => {
  await closeWorkstation(station);
  rmSync(out, { recursive: true, force: true });
});

async function created(): Promise<Batch> {
  const text = ['SIREN;Nom', `${sirens[0]};"=HYPERLINK(""http://x"")"`, `${sirens[1]};Beta`, `${sirens[2]};Delta`, '123;Gamma'].join('\n');
  const preview = await station.ask('batches.import', { source: { kind: 'text', text } });
  const choice = { endpointIds, parameters: {}, withDocuments: true, writtenReason: null };
  return station.ask('batches.create', { importId: preview?.importId ?? '', dossierId, title: 'Candidats / lot n° 1', choice, schedule: { startAt: null, hours: null, recurrence: null } });
}

async function finished({ id }: Batch): Promise<Batch> {
  await station.ask('batches.start', { id });
  return vi.waitFor(async () => {
    const found = await station.ask('batches.get', { id });
    expect(found.state).toBe('done');
    return found;
  }, { timeout: 60_000 });
}

async function exportAs(format: BatchExportFormat, name: string, fields: readonly BatchField[] = []) {
  const path = join(out, name);
  host.saveAt(path);
  const made = await station.ask('batches.export', { exportId: `export-${name.replace(/\W/g, '-')}`, id: batch.id, format, fields: [...fields] });
  if (!made) throw new Error('nothing was made');
  return made;
}

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
const exportLines = async () => (await station.ask('journal.search', { filter: { kind: 'all' }, limit: 500 })).lines.filter(({ event }) => event === 'data.exported');

describe('what a batch brought', () => {
  it('goes into a table of the chosen fields, with the state, source and date of each datum', async () => {
    const fields = await station.ask('batches.fields', { id: batch.id });
    const chosen = fields.filter(({ endpointId }) => endpointId === endpointIds[0]).slice(0, 3);
    expect(chosen).toHaveLength(3);
    const { path, sha256: told } = await exportAs('csv', 'table.csv', chosen);
    expect(sha256(path)).toBe(told);
    // The tab keeps a SIREN a text in a spreadsheet.
    const rows = parse(readFileSync(path), { bom: true, delimiter: ';', columns: true, cast: (cell) => cell.trim() }) as Readonly<Record<string, string>>[];
    expect(rows.map(({ Ligne, SIREN }) => [Ligne, SIREN])).toEqual([['2', sirens[0]], ['3', sirens[1]], ['4', sirens[2]]]);
    expect(rows.map(({ Diffusion }) => Diffusion)).toEqual(['', '', expect.stringMatching(/^Diffusion partielle.*ne pas rediffuser/)]);
    for (const row of rows.slice(0, employers.length)) {
      const titles = Object.keys(row);
      expect(titles.filter((title) => / — état$/.test(title)).map((title) => row[title])).toEqual(['Obtenu', 'Obtenu']);
      expect(titles.filter((title) => / — source$/.test(title)).map((title) => row[title])).toEqual(['Insee', 'Urssaf']);
      for (const title of titles.filter((one) => / — date$/.test(one))) expect(row[title]).toMatch(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/);
      for (const { label } of chosen) expect(titles.some((title) => title.endsWith(` — ${label}`))).toBe(true);
    }
  });

  it('never becomes a formula in a spreadsheet', async () => {
    const { path } = await exportAs('csv', 'formula.csv');
    expect(readFileSync(path, 'utf8')).toContain(`"'=HYPERLINK(`);
  });

  it('goes into a workbook that its own readers open', async () => {
    const { path } = await exportAs('xlsx', 'table.xlsx');
    execFileSync('unzip', ['-tqq', path]);
    const again = await station.ask('batches.import', { source: { kind: 'dropped', fileName: 'table.xlsx', bytes: new Uint8Array(readFileSync(path)) } });
    expect(again?.lineCount).toBe(3);
    expect(again?.columns.slice(0, 5).map(({ role }) => role)).toEqual(['ignored', 'siren', 'siret', 'rna', 'name']);
  });

  it('goes into an archive of documents that checks itself', async () => {
    const { path, fileCount } = await exportAs('zip', 'documents.zip');
    const folder = join(out, 'unzipped');
    mkdirSync(folder);
    execFileSync('unzip', ['-q', path, '-d', folder]);
    const checked = execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
    expect(checked.trim().split('\n')).toHaveLength(fileCount - 1);
    expect(readdirSync(folder).sort()).toEqual([...employers, 'SHA256SUMS'].sort());
  });

  it('is summed up on paper', async () => {
    const { path } = await exportAs('pdf', 'summary.pdf');
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    for (const words of ['Candidats / lot n° 1', 'MP-2026-014', 'Résultats par donnée', 'Historique des accès']) expect(text).toContain(words);
  });

  it('is traced with its digest before the file has its name, and leaves nothing when the disk refuses', async () => {
    const { sha256: told } = await exportAs('pdf', 'traced.pdf');
    expect((await exportLines())[0]).toMatchObject({ outcome: 'success', documentSha256: told });
    const path = join(out, 'absent', 'lot.pdf');
    host.saveAt(path);
    await station.refusal('batches.export', { exportId: 'refused', id: batch.id, format: 'pdf' });
    expect((await exportLines())[0]).toMatchObject({ outcome: 'failure' });
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('gives back the lines kept aside, with their numbers and reasons', async () => {
    const path = join(out, 'aside.csv');
    writeFileSync(path, '');
    host.saveAt(path);
    const made = await station.ask('batches.exportAside', { source: { kind: 'batch', id: batch.id } });
    expect((await exportLines())[0]).toMatchObject({ outcome: 'success', dossierId: batch.dossierId, documentSha256: made?.sha256 });
    // The tab keeps a SIREN a text in a spreadsheet.
    const rows = parse(readFileSync(path), { bom: true, delimiter: ';', columns: true, cast: (cell) => cell.trim() }) as Readonly<Record<string, string>>[];
    expect(rows).toMatchObject([{ Ligne: '5', Contenu: '123 ; Gamma', Nom: 'Gamma' }]);
  });
});

describe('a line kept aside', () => {
  it('leaves a trace when it is saved before any run is made', async () => {
    const preview = await station.ask('batches.import', { source: { kind: 'text', text: `SIREN;Nom\n${sirens[0]};Alpha\n123;Beta\n` } });
    host.saveAt(join(out, 'before.csv'));
    const made = await station.ask('batches.exportAside', { source: { kind: 'import', importId: preview?.importId ?? '' } });
    expect((await exportLines())[0]).toMatchObject({ outcome: 'success', dossierId: null, documentSha256: made?.sha256 });
  });

  it('becomes usable once its identifier is given, unless another line asks for it', async () => {
    const preview = await station.ask('batches.import', { source: { kind: 'text', text: `SIREN;Nom\n${sirens[0]};Alpha\n123;Beta\n` } });
    const importId = preview?.importId ?? '';
    expect(await station.refusal('batches.resolveAside', { importId, number: 3, identifier: sirens[0] })).toMatchObject({ code: 'conflict' });
    expect(await station.refusal('batches.resolveAside', { importId, number: 3, identifier: '124' })).toMatchObject({ code: 'invalid_input', field: 'identifier' });
    const mended = await station.ask('batches.resolveAside', { importId, number: 3, identifier: sirens[1] ?? '' });
    expect(mended).toMatchObject({ lineCount: 2, asideCount: 0 });
    expect(await station.ask('batches.importLines', { importId, offset: 1 })).toMatchObject([{ number: 3, siren: sirens[1], name: 'Beta' }]);
  });
});
