import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

import jsQR from 'jsqr';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';

import { writeAtomically } from '../../../electron/files/atomic-file';
import { type AuditRequest, exportJournal } from '../../../electron/journal/export/index';
import { openJournalReader } from '../../../electron/journal/index';
import { isSealGenuine } from '../../../electron/journal/seal';
import { EXPORT_FORMATS, type ExportFormat } from '../../../shared/domain/journal';
import { testPendingFiles } from '../../support/pending-files';
import { type Bench, makeBench, recordCall } from './support';

async function writeExport(bench: Bench, format: ExportFormat, signal?: AbortSignal, agentScope?: string, audit?: AuditRequest) {
  const reader = openJournalReader(bench.path);
  try {
    const path = join(bench.folder, `export.${format}`);
    const request = {
      filter: { kind: 'calls' as const },
      agentScope,
      audit,
      generatedAt: bench.clock.now(),
      publicKey: bench.options.sealKey.publicKey().toString('base64'),
    };
    const file = { path, event: 'journal.exported', what: 'export' } as const;
    const write = (temporaryPath: string) => exportJournal(reader.database, reader.index, { path: temporaryPath, format }, request, { signal });
    return { path, ...(await writeAtomically(testPendingFiles(), file, write)) };
  } finally {
    reader.close();
  }
}

async function makeJournal(count: number): Promise<Bench> {
  const bench = makeBench();
  const journal = bench.open();
  for (let index = 0; index < count; index += 1) {
    await recordCall(journal, { companyName: index === 0 ? '=HYPERLINK("x")' : `Société <${index}> & Fils`, agent: { id: `agent-${index % 2}`, displayName: `Agent ${index % 2}` } });
  }
  journal.close();
  return bench;
}

/** Content of one entry of a zip written by streaming (sizes are in the central directory). */
function unzip(zip: Buffer, name: string): string {
  let at = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const nameLength = zip.readUInt16LE(at + 28);
    const found = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (found === name) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      return inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(at + 20))).toString('utf8');
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`no ${name} in the archive`);
}

async function pdfText(path: string): Promise<{ text: string; pageCount: number }> {
  const document = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
  let text = '';
  for (let number = 1; number <= document.numPages; number += 1) {
    const content = await (await document.getPage(number)).getTextContent();
    text += content.items.map((item) => ('str' in item ? item.str : '')).join(' ');
  }
  return { text, pageCount: document.numPages };
}

/** What a telephone reads off the last page, printed at 150 dots an inch. */
function qrCodeOf(path: string, pageCount: number): string | undefined {
  const picture = execFileSync('pdftoppm', ['-r', '150', '-f', String(pageCount), '-l', String(pageCount), path], { maxBuffer: 64 * 1_048_576 });
  // Binary PPM: `P6`, width, height and 255 in text, then three bytes a dot.
  const head = /^P6\s(\d+)\s(\d+)\s255\s/.exec(picture.toString('latin1', 0, 40));
  const [width, height] = [Number(head?.[1]), Number(head?.[2])];
  const dots = picture.subarray(head?.[0].length ?? 0);
  const withAlpha = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let dot = 0; dot < width * height; dot += 1) withAlpha.set(dots.subarray(dot * 3, dot * 3 + 3), dot * 4);
  return jsQR(withAlpha, width, height)?.data;
}

describe('exports', () => {
  it.each(EXPORT_FORMATS)('%s: states the digest of the very file and leaves nothing else behind', async (format) => {
    const bench = await makeJournal(3);
    const result = await writeExport(bench, format);
    expect(result.lineCount).toBe(3);
    expect(result.sha256).toBe(createHash('sha256').update(readFileSync(result.path)).digest('hex'));
    expect(readdirSync(bench.folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it.each(EXPORT_FORMATS)('%s: leaves no file at all when cancelled', async (format) => {
    const bench = await makeJournal(3);
    await expect(writeExport(bench, format, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(bench.folder).filter((name) => name.includes('export'))).toEqual([]);
  });

  it('CSV opens in a French Excel and runs no formula', async () => {
    const bench = await makeJournal(2);
    const text = readFileSync((await writeExport(bench, 'csv')).path, 'utf8');
    const [heading, first] = text.split('\r\n');
    expect(heading).toMatch(/^\ufeffN°;Date et heure \(Paris\);Instant \(UTC\);/);
    // As a French Excel reads a date, beside the instant that no clock makes ambiguous.
    expect(first).toMatch(/^2;10\/03\/2026 10:00:00;2026-03-10T09:00:00\.000Z;Consultation;Réussi;/);
    expect(first).toContain(';Données de l’unité légale;insee.unite_legale.v4;Insee;');
    expect(first).toContain(`"'=HYPERLINK(""x"")"`);
    expect(first).toContain(';"\t123456782";');
  });

  it("exports only the scoped agent's lines", async () => {
    const bench = await makeJournal(5);
    const result = await writeExport(bench, 'csv', undefined, 'agent-1');
    expect(result.lineCount).toBe(2);
    expect(readFileSync(result.path, 'utf8')).not.toContain('Agent 0');
  });

  it('XLSX has typed cells, a frozen heading and a filter', async () => {
    const bench = await makeJournal(2);
    const zip = readFileSync((await writeExport(bench, 'xlsx')).path);
    const sheet = unzip(zip, 'xl/worksheets/sheet1.xml');
    expect(sheet).toContain('state="frozen"');
    expect(sheet).toContain('<autoFilter ref="A1:AC3"/>');
    expect(sheet).toContain('<c><v>2</v></c><c s="2"><v>46091.41666666667</v></c>');
    expect(sheet).toContain('Société &lt;1&gt; &amp; Fils');
    expect(unzip(zip, 'xl/workbook.xml')).toContain("'Historique'!$A$1:$AC$3");
  });

  it('PDF is paged and states its filter, its count, its head and its seal', async () => {
    const bench = await makeJournal(60);
    const { text, pageCount } = await pdfText((await writeExport(bench, 'pdf')).path);
    expect(pageCount).toBeGreaterThan(2);
    expect(text).toContain('60 lignes');
    expect(text).toContain('appels seulement');
    expect(text).toContain('Tête de l’historique');
    expect(text).toMatch(/Empreinte\s: [0-9a-f]{64}/);
    expect(text).toContain('Sceau (ligne 122)');
  });

  it('PDF cuts neither the id of a request nor the object, however long the title of the dossier', async () => {
    const bench = makeBench();
    const opened = bench.open();
    await recordCall(opened, { dossierTitle: 'Subvention aux associations culturelles du canton '.repeat(4) }, { detail: 'Le fournisseur n’a pas répondu.' });
    opened.close();
    const { text } = await pdfText((await writeExport(bench, 'pdf')).path);
    for (const whole of ['00000000-0000-4000-8000-000000000001', 'MP-2026-014', 'Le fournisseur n’a pas répondu.']) expect(text).toContain(whole);
  });

  it.each([0, 1, 17, 18, 19, 40])('PDF of %i lines says of each page which one it is, of how many, with ids that are unknown or without', async (count) => {
    const bench = await makeJournal(count);
    for (const unknownCount of [0, 1, 24, 60]) {
      const audit = { unknownRequestIds: Array.from({ length: unknownCount }, (_, index) => `inconnu-${index}`) };
      const { text, pageCount } = await pdfText((await writeExport(bench, 'pdf', undefined, undefined, audit)).path);
      const numbers = Array.from({ length: pageCount }, (_, index) => `Page ${index + 1} sur ${pageCount}`);
      expect(text.match(/Page \d+ sur \d+/g)).toEqual(numbers);
    }
  });

  it('PDF carries its head and a genuine seal in a QR code that can be read off the page', async () => {
    const bench = await makeJournal(60);
    const { path } = await writeExport(bench, 'pdf');
    const { text, pageCount } = await pdfText(path);
    const read = JSON.parse(qrCodeOf(path, pageCount) ?? 'null') as { seq: number; hash: string; signature: string } | null;
    const { database, close } = openJournalReader(bench.path);
    const head = database.prepare('SELECT e.seq, e.hash, s.at FROM entries e JOIN seals s USING (seq) ORDER BY seq DESC LIMIT 1').get() as { seq: number; hash: string; at: number };
    close();
    expect(read).toMatchObject({ seq: head.seq, hash: head.hash });
    expect(text).toContain(head.hash);
    expect(isSealGenuine({ ...head, signature: read?.signature ?? '', publicKey: bench.options.sealKey.publicKey().toString('base64') })).toBe(true);
  });
});
