import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';

import type { ReadRow } from '../../../electron/batches/ports';
import { createListReader } from '../../../electron/batches/import';
import { xlsxChunks } from '../../../electron/files/xlsx';
import type { AsideLine, BatchLine, ImportRole } from '../../../shared/domain/batch';
import { madeUpSirens } from '../../support/sirens';

const reader = createListReader();
const { signal } = new AbortController();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lists-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function readBytes(bytes: Buffer, options: { sheet?: string; roles?: readonly ImportRole[] } = {}) {
  const { rows, ...reading } = await reader.readLines({ kind: 'bytes', fileName: 'liste', bytes }, { ...options, signal });
  return { ...reading, ...(await sorted(rows)) };
}

async function readText(text: string) {
  const { rows, ...reading } = await reader.readLines({ kind: 'text', text }, { signal });
  return { ...reading, ...(await sorted(rows)) };
}

async function sorted(rows: AsyncIterable<ReadRow>) {
  const lines: BatchLine[] = [];
  const aside: AsideLine[] = [];
  let restored = 0;
  for await (const row of rows) {
    if (row.kind === 'aside') aside.push(row.aside);
    else {
      lines.push(row.line);
      restored += row.isZeroRestored ? 1 : 0;
    }
  }
  return { lines, aside, restored };
}

const encoders = {
  'utf-8': (text: string) => Buffer.from(text, 'utf8'),
  'utf-8 with its mark': (text: string) => Buffer.from(`\ufeff${text}`, 'utf8'),
  'windows-1252': (text: string) => Buffer.from([...text].map((character) => (character === '’' ? 0x92 : character === '€' ? 0x80 : character === 'œ' ? 0x9c : character.charCodeAt(0)))),
  'utf-16le': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
} as const;

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const SIRENS = madeUpSirens(100_000_000, 400);
const nameOf = fc.string({ unit: fc.constantFrom(...'abcdéèœ’€ ";,|\tàç\n&<>'), maxLength: 30 });
const listOf = fc.uniqueArray(fc.record({ siren: fc.constantFrom(...SIRENS), name: nameOf }), { minLength: 2, maxLength: 40, selector: ({ siren }) => siren });

describe('a list of identifiers', () => {
  it('reads back the same in every encoding, with every separator', async () => {
    await fc.assert(
      fc.asyncProperty(listOf, fc.constantFrom(...Object.values(encoders)), fc.constantFrom(';', ',', '\t', '|'), fc.constantFrom('\r\n', '\n'), async (list, encode, separator, end) => {
        const text = [`SIREN${separator}Raison sociale`, ...list.map(({ siren, name }) => siren + separator + quoted(name))].join(end);
        const { lines, aside } = await readBytes(encode(text));
        expect(aside).toEqual([]);
        expect(lines.map(({ siren }) => siren)).toEqual(list.map(({ siren }) => siren));
        const shown = (name: string) => name.replace(/\s+/g, ' ').trim();
        expect(lines.map(({ name }) => name)).toEqual(list.map(({ name }) => shown(name)));
      }),
      { numRuns: 120 },
    );
  });

  it('reads back the same from a workbook, as text or as numbers', async () => {
    await fc.assert(
      fc.asyncProperty(listOf, fc.constantFrom('text', 'integer'), async (list, kind) => {
        const columns = [{ title: 'N° SIREN', kind, width: 12 } as const, { title: 'Dénomination', kind: 'text', width: 30 } as const];
        const rows = list.map(({ siren, name }) => [kind === 'integer' ? Number(siren) : siren, name] as const);
        const bytes = await buffer(Readable.from(xlsxChunks([{ name: 'Liste', columns, rows: [rows], rowCount: rows.length }])));
        const { lines, aside, sheets } = await readBytes(bytes);
        expect(sheets).toEqual(['Liste']);
        expect(aside).toEqual([]);
        expect(lines.map(({ siren, number }) => [siren, number])).toEqual(list.map(({ siren }, index) => [siren, index + 2]));
      }),
      { numRuns: 40 },
    );
  });

  it('says which line each is on, quoted line ends and empty lines counted', async () => {
    const { lines, aside } = await readText(`SIREN;Nom\r\n${SIRENS[0]};"Deux\r\nlignes"\r\n\r\n${SIRENS[1]};Un\r\n123;Faux\r\n`);
    expect(lines.map(({ number, name }) => [number, name])).toEqual([[2, 'Deux lignes'], [5, 'Un']]);
    expect(aside).toMatchObject([{ number: 6, text: '123 ; Faux', name: 'Faux' }]);
  });
});

describe('columns', () => {
  it('are recognised under a title, by their headings', async () => {
    const { columns, lines, aside } = await readText(`Candidats au marché;;\nRaison sociale;SIRET du siège;N° de marché\nAlpha;${SIRENS[3]}${nicOf(SIRENS[3] ?? '')};M-1\n`);
    expect(columns.map(({ role }) => role)).toEqual(['name', 'siret', 'object']);
    expect(lines).toMatchObject([{ number: 3, name: 'Alpha', object: 'M-1', siren: SIRENS[3] }]);
    expect(aside.map(({ number }) => number)).toEqual([1]);
  });

  it('are recognised by what they hold, and read otherwise when the agent says so', async () => {
    const text = `Alpha;${SIRENS[0]};M1\nBeta;${SIRENS[1]};M2\n`;
    const { columns } = await readText(text);
    expect(columns.map(({ role, header }) => [header, role])).toEqual([['Colonne A', 'name'], ['Colonne B', 'identifier'], ['Colonne C', 'ignored']]);
    const { lines } = await readBytes(Buffer.from(text), { roles: ['name', 'siren', 'object'] });
    expect(lines.map(({ object }) => object)).toEqual(['M1', 'M2']);
  });

  it('keep what they contradict aside', async () => {
    const { aside } = await readText(`SIREN;SIRET\n${SIRENS[5]};${SIRENS[6]}${nicOf(SIRENS[6] ?? '')}\n`);
    expect(aside[0]?.reason).toMatch(/ne désignent pas la même entreprise/);
  });
});

/** A NIC that makes the SIRET right. */
function nicOf(siren: string): string {
  for (let nic = 10; ; nic += 1) {
    const text = String(nic).padStart(5, '0');
    const digits = [...(siren + text)].reverse().map(Number);
    const sum = digits.reduce((total, digit, index) => total + (index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2), 0);
    if (sum % 10 === 0) return text;
  }
}

describe('what a spreadsheet does to numbers', () => {
  it('is undone for leading zeros, and said', async () => {
    const { lines, restored } = await readText('SIREN\n5880034\n');
    expect(lines).toMatchObject([{ siren: '005880034', note: '2 zéros de tête rétablis\u00a0: 5880034 lu 005880034.' }]);
    expect(restored).toBe(1);
  });

  it('is said lost for a scientific notation', async () => {
    const { lines, aside } = await readText('SIRET\n3,56E+13\n1,23457E+13\n');
    expect(lines).toEqual([]);
    expect(aside.map(({ number, reason }) => [number, reason.includes('perdus')])).toEqual([[2, true], [3, true]]);
  });

  it('is read through « ="…" », an apostrophe, « .0 » and spaces', async () => {
    const siren = SIRENS[9] ?? '';
    const grouped = siren.replace(/(\d{3})(?=\d)/g, '$1\u202f');
    const { lines } = await readText(`SIREN\n="${siren}"\n'${siren}\n${siren}.0\n${grouped}\nFR${String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0')}${siren}`);
    expect(lines.map((line) => line.siren)).toEqual(Array(5).fill(siren));
  });

  it('never makes a SIREN of a SIRET whose first digits are none', async () => {
    const siren = '100000001';
    const { lines } = await readText(`SIRET\n${siren}${nicOf(siren)}\n`);
    expect(lines).toMatchObject([{ siren: null, siret: `${siren}${nicOf(siren)}` }]);
  });
});

async function zipOf(parts: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

const odsOf = (rows: string): Promise<Buffer> =>
  zipOf({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Bénéficiaires">${rows}</table:table><table:table table:name="Autre"/></office:spreadsheet></office:body></office:document-content>`,
  });
const textCell = (text: string): string => `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`;

describe('workbooks', () => {
  it('in OpenDocument are read: repeated rows counted, comments and formulas left out', async () => {
    const number = `<table:table-cell office:value-type="float" office:value="1.00000009E8" table:formula="of:=1+1"><office:annotation><text:p>note</text:p></office:annotation><text:p>1,00E+08</text:p></table:table-cell>`;
    const bytes = await odsOf(
      `<table:table-row>${textCell('SIREN')}${textCell('Association')}</table:table-row><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row>${number}${textCell('L’&amp; une')}</table:table-row>`,
    );
    const { lines, sheets } = await readBytes(bytes);
    expect(sheets).toEqual(['Bénéficiaires', 'Autre']);
    expect(lines).toMatchObject([{ number: 5, siren: '100000009', name: 'L’& une' }]);
  });

  it('of Excel keep every digit of a number, shared texts, and the sheet asked for', async () => {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const bytes = await zipOf({
      'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="r"><sheets><sheet name="Vide" r:id="a"/><sheet name="Liste" r:id="b"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
      'xl/sharedStrings.xml': `<sst xmlns="${main}"><si><t>SIRET</t></si><si><r><t>Al</t></r><r><t>pha</t></r><rPh><t>lu</t></rPh></si><si><t>Candidat</t></si></sst>`,
      'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`,
      'xl/worksheets/sheet2.xml': `<worksheet xmlns="${main}"><sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>2</v></c></row><row r="4"><c r="A4"><f>1+1</f><v>3.5600000000048E13</v></c><c r="C4" t="s"><v>1</v></c></row></sheetData></worksheet>`,
    });
    const { lines, sheets, columns } = await readBytes(bytes, { sheet: 'Liste' });
    expect(sheets).toEqual(['Liste', 'Vide']);
    expect(columns.map(({ role }) => role)).toEqual(['siret', 'ignored', 'name']);
    expect(lines).toMatchObject([{ number: 4, siret: '35600000000048', name: 'Alpha' }]);
  });

  it('made to exhaust memory are refused before they are inflated', async () => {
    const bytes = await zipOf({ 'xl/workbook.xml': '<workbook/>', 'content.xml': ' '.repeat(20_000_000) });
    const ods = await zipOf({ 'content.xml': ' '.repeat(20_000_000) });
    await expect(readBytes(ods)).rejects.toThrow(/démesuré/);
    await expect(readBytes(bytes)).rejects.toThrow(/incomplet/);
  });

  it('with entities of their own are refused', async () => {
    const ods = await zipOf({ 'content.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' });
    await expect(readBytes(ods)).rejects.toThrow(/illisible/);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), /vide/],
    ['a workbook of the format before', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /format \.xls/],
    ['a cut workbook', Buffer.from('PK\u0003\u0004rest'), /abîmé/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /n’est pas un texte/],
    ['a quote never closed', Buffer.from(`SIREN;Nom\n${SIRENS[0]};"ouvert\n`.padEnd(300_000, 'x')), /guillemet/],
  ])('%s is told in words', async (_what, bytes, words) => {
    await expect(readBytes(bytes)).rejects.toThrow(words);
  });

  it('names a file that is no longer there', async () => {
    const path = join(folder, 'list.csv');
    await writeFile(path, 'x');
    await rm(path);
    await expect(reader.readLines({ kind: 'file', path }, { signal })).rejects.toThrow(/ne peut pas être lu/);
  });
});
