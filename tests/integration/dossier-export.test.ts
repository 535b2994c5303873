import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { sandboxCompanies } from '../../electron/sandbox';
import { drawPdf } from '../../electron/sandbox/documents/pdf-page';
import { type TestHost } from '../support/host';
import { mountSmallDisk, unmountDisk } from '../support/small-disk';
import { closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

const candidates = ['299031112', '299028209'];

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let host: TestHost;
let station: Workstation;
let dossierId: string;
let partial: string;
let out: string;

interface ManifestFile {
  readonly path: string;
  readonly kind: string;
  readonly sha256: string;
  readonly requestId?: string;
  readonly journalLine?: number;
  readonly provider?: string | null;
  readonly validity?: { readonly state: string };
}
interface Manifest {
  readonly journalHead: { readonly seq: number; readonly hash: string };
  readonly companies: readonly { readonly identifier: string; readonly folder: string; readonly partialDiffusion: string | null; readonly files: readonly ManifestFile[] }[];
}

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'dossier-export-'));
  station = await openWorkstation();
  ({ host } = station);
  dossierId = await station.openDossier(candidates[0] ?? '', { procedure: 'marches_candidature', title: 'Réfection / préau : lot n° 2' });
  partial = companyNamed('Solveig Landouvière');
  await station.ask('dossiers.addCompany', { id: dossierId, identifier: candidates[1] ?? '', siret: null, name: 'Logiciels "de la" Fausse <Rivière>' });
  await station.ask('dossiers.addCompany', { id: dossierId, identifier: partial, siret: null, name: 'CON' });
  for (const identifier of candidates) await fetchAttestation(identifier);
  await station.consult(dossierId, 'insee.unite_legale.v4', partial);
  const bytes = Uint8Array.from(await drawPdf('Attestation', new Date(0), (pdf) => void pdf.text('Attestation de vigilance')));
  await station.ask('pieces.add', { dossierId, identifier: candidates[0] ?? '', fileName: '..\\..\\vigilance: v2.pdf', bytes });
});

afterAll(async () => {
  await closeWorkstation(station);
  rmSync(out, { recursive: true, force: true });
});

function companyNamed(text: string): string {
  const found = sandboxCompanies().find(({ name }) => name.toLowerCase() === text.toLowerCase())?.siren;
  if (!found) throw new Error(`${text} is not in the sandbox`);
  return found;
}

async function fetchAttestation(identifier: string): Promise<void> {
  const state = await station.consult(dossierId, 'urssaf.attestation_vigilance.v4', identifier);
  if (state.step !== 'answered') throw new Error(`no answer for ${identifier}`);
  await station.fetchDocument(state.answer.consultationId, state.answer.documents[0]?.pointer ?? '');
}

async function exportAs(format: 'zip' | 'xlsx' | 'json', name: string) {
  const path = join(out, name);
  host.saveAt(path);
  const made = await station.ask('dossiers.export', { exportId: `export-${name.replace(/\W/g, '-')}`, dossierId, format });
  if (!made) throw new Error('nothing was made');
  return made;
}

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const lines = async () => (await station.ask('journal.search', { filter: { dossierId, kind: 'all' }, limit: 500 })).lines;

describe('the ZIP of a dossier', () => {
  let folder: string;
  let manifest: Manifest;

  beforeAll(async () => {
    const made = await exportAs('zip', 'dossier.zip');
    expect(made.sha256).toBe(sha256(made.path));
    folder = join(out, 'unzipped');
    execFileSync('unzip', ['-tqq', made.path]);
    execFileSync('unzip', ['-q', made.path, '-d', folder]);
    manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  });

  it('checks itself with sha256sum', () => {
    const checked = execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());
    expect(checked.trim().split('\n')).toHaveLength(files.length - 1);
  });

  it('has a folder a company, under names that every system takes', () => {
    expect(manifest.companies.map((company) => company.folder)).toHaveLength(3);
    for (const company of manifest.companies) expect(company.folder).toMatch(/^[\p{L}\p{N}_.-]+$/u);
    expect(readdirSync(folder).sort()).toEqual(['SHA256SUMS', 'manifest.json', 'recapitulatif.pdf', ...manifest.companies.map((company) => company.folder)].sort());
  });

  it('says of each document where it comes from, and its digest is true', async () => {
    const documents = manifest.companies.flatMap(({ files }) => files).filter(({ kind }) => kind === 'document');
    expect(documents).toHaveLength(2);
    const known = await lines();
    for (const { path, sha256: told, requestId, journalLine, provider, validity } of documents) {
      expect(sha256(join(folder, path))).toBe(told);
      expect(provider).toBe('Urssaf');
      expect(validity?.state).toBe('valid');
      expect(known.find(({ seq }) => seq === journalLine)?.requestId).toBe(requestId);
    }
  });

  it('keeps what a company supplied apart, and traces it', async () => {
    const supplied = manifest.companies.flatMap(({ files }) => files).filter(({ kind }) => kind === 'supplied');
    expect(supplied.map(({ path }) => path)).toEqual([expect.stringMatching(/\/fournis_par_l_entreprise\/vigilance_v2_depose_\d{4}-\d\d-\d\d\.pdf$/)]);
    expect((await lines()).find(({ seq }) => seq === supplied[0]?.journalLine)?.event).toBe('piece.supplied');
  });

  it('carries the mark of partial diffusion, and only where it belongs', () => {
    expect(manifest.companies.filter(({ partialDiffusion }) => partialDiffusion !== null).map(({ identifier }) => identifier)).toEqual([partial]);
    const data = manifest.companies.find(({ identifier }) => identifier === partial)?.files.find(({ kind }) => kind === 'data');
    expect(readFileSync(join(folder, data?.path ?? ''), 'utf8')).toContain('ne peuvent être ni rediffusés');
  });

  it('sums itself up on paper, with the head of the journal', async () => {
    const pdf = await getDocument({ data: new Uint8Array(readFileSync(join(folder, 'recapitulatif.pdf'))), verbosity: 0 }).promise;
    let text = '';
    for (let page = 1; page <= pdf.numPages; page += 1) text += (await (await pdf.getPage(page)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join(' ');
    for (const words of ['MP-2026-014', 'Complétude', 'Diffusion partielle', 'Fourni par la structure', manifest.journalHead.hash]) expect(text).toContain(words);
  });

  it('is traced with its digest before it is given', async () => {
    const [made, started] = (await lines()).filter(({ event }) => event === 'data.exported');
    expect(made?.documentSha256).toBe(sha256(join(out, 'dossier.zip')));
    expect(started?.detail).toContain('commencé');
    expect(manifest.journalHead.seq).toBe(started?.seq);
  });

  it('holds no link to a document and no token', () => {
    for (const name of ['manifest.json', ...manifest.companies.flatMap(({ files }) => files.filter(({ kind }) => kind === 'data').map(({ path }) => path))]) {
      expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/\/proxy\/files\/|eyJ[\w-]+\./);
    }
  });
});

describe('the other exports of a dossier', () => {
  it('XLSX: the grid, the pieces, the documents', async () => {
    const { path } = await exportAs('xlsx', 'dossier.xlsx');
    const sheets = join(out, 'sheets');
    execFileSync('unzip', ['-q', path, '-d', sheets]);
    const workbook = readFileSync(join(sheets, 'xl/workbook.xml'), 'utf8');
    for (const name of ['Grille', 'Pièces', 'Documents']) expect(workbook).toContain(`name="${name}"`);
    const documents = readFileSync(join(sheets, 'xl/worksheets/sheet3.xml'), 'utf8');
    expect(documents).toContain('state="frozen"');
    // A date is a number with a style, not a text.
    expect(documents).toMatch(/<c s="3"><v>\d+<\/v><\/c>/);
    expect(readFileSync(join(sheets, 'xl/worksheets/sheet1.xml'), 'utf8')).toContain('Diffusion partielle');
  });

  it('JSON: the answers and the grid, readable by any program', async () => {
    const { path, fileCount } = await exportAs('json', 'dossier.json');
    const data = JSON.parse(readFileSync(path, 'utf8')) as { companies: readonly { identifier: string; answers: readonly unknown[]; completeness: readonly unknown[] }[] };
    expect(fileCount).toBe(1);
    expect(data.companies.map(({ identifier }) => identifier)).toEqual([...candidates, partial]);
    expect(data.companies.every(({ answers, completeness }) => answers.length > 0 && completeness.length > 0)).toBe(true);
  });
});

describe('an export that cannot be', () => {
  it('is refused in words when the folder refuses, and leaves nothing', async () => {
    host.saveAt(join(out, 'absent', 'dossier.zip'));
    const refused = await station.refusal('dossiers.export', { exportId: 'refused', dossierId, format: 'zip' });
    expect(refused.message).toMatch(/^[A-ZÉ].*\.$/);
    expect((await lines())[0]).toMatchObject({ event: 'data.exported', outcome: 'failure' });
  });

  it('says that the disk is full, leaves the former file whole and no half beside it', async (context) => {
    const disk = join(out, 'small-disk');
    if (!mountSmallDisk(disk, '16k')) return context.skip('only an administrator can mount a small disk');
    try {
      const path = join(disk, 'dossier.zip');
      writeFileSync(path, 'ancien');
      host.saveAt(path);
      const refused = await station.refusal('dossiers.export', { exportId: 'full-disk', dossierId, format: 'zip' });
      expect(refused.message).toMatch(/^Le disque est plein/);
      expect(readdirSync(disk)).toEqual(['dossier.zip']);
      expect(readFileSync(path, 'utf8')).toBe('ancien');
      expect((await lines())[0]).toMatchObject({ event: 'data.exported', outcome: 'failure' });
    } finally {
      unmountDisk(disk);
    }
    await exportAs('zip', 'once-there-is-room.zip');
    execFileSync('unzip', ['-tqq', join(out, 'once-there-is-room.zip')]);
  });

  it('replaces nothing when a kept file has been altered', async () => {
    const path = join(out, 'kept.zip');
    writeFileSync(path, 'ancien');
    const files = join(host.folder, 'data', 'documents');
    const [name = ''] = readdirSync(files);
    const sealed = readFileSync(join(files, name));
    const altered = Buffer.from(sealed);
    altered.writeUInt8(altered.readUInt8(altered.length - 1) ^ 1, altered.length - 1);
    writeFileSync(join(files, name), altered);
    host.saveAt(path);
    await station.refusal('dossiers.export', { exportId: 'altered', dossierId, format: 'zip' });
    writeFileSync(join(files, name), sealed);
    expect(readFileSync(path, 'utf8')).toBe('ancien');
    expect(readdirSync(out).filter((one) => one.endsWith('.part'))).toEqual([]);
  });

  it('stops when it is cancelled, leaves nothing, and the journal says so', async () => {
    const folder = join(out, 'cancelled');
    mkdirSync(folder);
    host.saveAt(join(folder, 'dossier.zip'));
    const exporting = station.ask('dossiers.export', { exportId: 'cancelled', dossierId, format: 'zip' });
    await station.ask('dossiers.cancelExport', { exportId: 'cancelled' });
    expect(await exporting).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    expect((await lines())[0]).toMatchObject({ event: 'data.exported', outcome: 'failure', detail: expect.stringMatching(/annulé/i) as string });
  });
});
