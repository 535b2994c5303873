import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';

import { createListReader } from '../../electron/batches/import';
import { IpcFailure } from '../../electron/ipc-failure';
import { madeUpSirens } from '../support/sirens';

const ONE_MB = 1024 * 1024;
const reader = createListReader();
const { signal } = new AbortController();
const [siren = ''] = madeUpSirens(100_000_000, 1);

/** How many lines a list gives before it ends, or before enough were read. */
async function linesOf(bytes: Buffer, enough = Infinity): Promise<number> {
  const { rows } = await reader.readLines({ kind: 'bytes', fileName: 'liste.xlsx', bytes }, { signal });
  let count = 0;
  for await (const { kind } of rows) {
    if (kind) count += 1;
    if (count >= enough) break;
  }
  return count;
}

/** A refusal in words; anything else (a crash, a bug) fails the test. */
async function refusalOf(bytes: Buffer): Promise<string> {
  const error = await linesOf(bytes).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(IpcFailure);
  return (error as IpcFailure).message;
}

function archiveOf(parts: Readonly<Record<string, string | Buffer | (() => Readable)>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) {
    if (typeof content === 'function') zip.addReadStream(content(), name);
    else zip.addBuffer(Buffer.from(content), name);
  }
  zip.end();
  return buffer(zip.outputStream as Readable);
}

const relations = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>';
const workbook = '<workbook xmlns:r="r"><sheets><sheet name="Liste" r:id="rId1"/></sheets></workbook>';
const xlsx = (sheet: string | Buffer | (() => Readable), more: Readonly<Record<string, string>> = {}): Promise<Buffer> =>
  archiveOf({ 'xl/workbook.xml': workbook, 'xl/_rels/workbook.xml.rels': relations, 'xl/worksheets/sheet1.xml': sheet, ...more });
const sheetOf = (cell: string): string => `<worksheet><sheetData><row r="1"><c r="A1">${cell}</c></row></sheetData></worksheet>`;
const ods = (table: string): Promise<Buffer> => archiveOf({ 'content.xml': `<office:document-content><office:body><office:spreadsheet><table:table table:name="Liste">${table}</table:table></office:spreadsheet></office:body></office:document-content>` });

function repeated(piece: string, bytes: number): () => Readable {
  const block = Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)));
  return () => Readable.from((function* () { for (let sent = 0; sent < bytes; sent += block.length) yield block; })());
}

describe('a workbook made to exhaust the workstation', () => {
  it('by what it inflates to is refused', async () => {
    expect(await refusalOf(await xlsx(repeated(' ', 60 * ONE_MB)))).toMatch(/démesuré/);
  });

  it('by its number of parts is refused', async () => {
    const bytes = await xlsx(sheetOf('<v>1</v>'));
    // The counts of the end record (APPNOTE 4.3.16).
    const end = bytes.length - 22;
    bytes.writeUInt16LE(60_000, end + 8);
    bytes.writeUInt16LE(60_000, end + 10);
    expect(await refusalOf(bytes)).toMatch(/classeur/);
  });

  it('by one text without end is refused before it is whole', async () => {
    const noise = Array.from({ length: 60_000 }, (_, index) => (index * 2_654_435_761 >>> 0).toString(36)).join('');
    expect(await refusalOf(await xlsx(repeated(`${sheetOf('<v>').slice(0, 57)}${noise}`, 40 * ONE_MB)))).toMatch(/illisible/);
  });

  it('by entities that hold each other is refused', async () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${sheetOf('<v>&b;</v>')}`;
    expect(await refusalOf(await xlsx(laughs))).toMatch(/illisible/);
  });

  it('by a file of this machine named as an entity is refused', async () => {
    expect(await refusalOf(await xlsx(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>${sheetOf('<v>&a;</v>')}`))).toMatch(/illisible/);
  });

  it('by a line said to repeat a million times, a thousand times over, is read piece by piece', async () => {
    const row = `<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="${siren}"/></table:table-row>`;
    const before = process.memoryUsage().heapUsed;
    expect(await linesOf(await ods(row.repeat(1_000)), 1_000)).toBe(1_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * ONE_MB);
  });

  it('by cells said to repeat, or to be far away, is read within bounds', async () => {
    const far = `<worksheet><sheetData><row r="1"><c r="A1"><v>${siren}</v></c><c r="${'Z'.repeat(60)}1"><v>1</v></c></row></sheetData></worksheet>`;
    expect(await linesOf(await xlsx(far))).toBe(1);
    const wide = `<table:table-row><table:table-cell table:number-columns-repeated="9007199254740991" office:value-type="float" office:value="${siren}"/></table:table-row>`;
    expect(await linesOf(await ods(wide))).toBe(1);
  });

  it('by elements one in the other is read or refused, in words', async () => {
    const deep = `<worksheet>${'<a>'.repeat(300_000)}`;
    expect(await refusalOf(await xlsx(deep))).toMatch(/vide|illisible/);
  });
});

describe('a workbook that points elsewhere', () => {
  it.each(['../../../../etc/passwd', '/../../etc/passwd', 'file:///etc/passwd', 'https://exemple.invalid/feuille.xml', '__proto__', 'constructor'])('(%s) has no sheet there', async (target) => {
    const bytes = await archiveOf({ 'xl/workbook.xml': workbook, 'xl/_rels/workbook.xml.rels': relations.replace('worksheets/sheet1.xml', target) });
    expect(await refusalOf(bytes)).toMatch(/aucune feuille/);
  });

  it('or whose strings are numbered from beyond gives empty cells', async () => {
    for (const number of ['-1', '999999999', '__proto__', 'constructor', '1e400']) {
      const cell = `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>${number}</v></c><c r="B1"><v>${siren}</v></c></row></sheetData></worksheet>`;
      expect(await linesOf(await xlsx(cell, { 'xl/sharedStrings.xml': '<sst><si><t>a</t></si></sst>' }))).toBe(1);
    }
  });
});

describe('a text made to be slow', () => {
  it('of millions of empty lines is refused', async () => {
    expect(await refusalOf(Buffer.from('\n'.repeat(2_100_000)))).toMatch(/deux millions/);
  });

  it.each<[string, string]>([
    ['of one endless quote', `"${'a'.repeat(2_000_000)}`],
    ['of nothing but quotes', '"'.repeat(300_001)],
    ['of nothing but separators', `${';'.repeat(200_000)}\n`.repeat(3)],
    ['of spaces without end', `${' '.repeat(3_000_000)}${siren}`],
    ['of digits without end', '1'.repeat(3_000_000)],
    ['of accents on one letter', `a${'\u0301'.repeat(1_000_000)}`],
    ['of exponents', '1e'.repeat(500_000)],
    ['of words that look like headings', 'siren siret '.repeat(100_000)],
    ['of nothing but line ends', '\n'.repeat(200_000)],
    ['of zeros', '\u0000'.repeat(100_000)],
  ])('%s is read or refused, in words', async (_name, text) => {
    const outcome = await linesOf(Buffer.from(text)).catch((error: unknown) => error);
    if (typeof outcome !== 'number') expect(outcome).toBeInstanceOf(IpcFailure);
  });
});
