import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { documentFileName, safePart } from '../../electron/documents/file-name';
import { xlsxChunks } from '../../electron/files/xlsx';
import { readFacts } from '../../electron/genuineness/piece-facts';
import { anonymise } from '../../electron/redaction';
import { callPath, endpoints } from '../../shared/catalogue';
import { plainLine, plainText } from '../../shared/domain/plain-text';
import { parseEori, parseRna, parseSiren, parseSiret, parseVatNumber } from '../../shared/domain/identifiers';
import { readTypedSearch } from '../../shared/domain/typed-search';
import { lineSchema, textSchema } from '../../shared/ipc/schemas';
import { formatValue } from '../../shared/reading';

const LONG = 200_000;

describe('a name given to a file', () => {
  const hostile = fc.array(
    fc.constantFrom('con', 'NUL', 'aux.', 'com1', 'lpt9.txt', '..', '/', '\\', ':', '*', '?', '"', '<', '>', '|', '\u0000', '\r\n', '\u202e', '\u2066', 'é', 'e\u0301', '\u{20000}', '😀', '.', ' ', '~', '$HOME', '%2f', 'a'.repeat(300), '-rf', 'COM¹'),
    { maxLength: 12 },
  ).map((parts) => parts.join(''));

  it('is one that every system takes, whatever the company is called', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (identifier, companyName, fileLabel) => {
        const name = documentFileName({ identifier, companyName, fileLabel, day: '2026-11-25', mediaType: 'application/pdf' });
        expect(name).toMatch(/^[\p{L}\p{M}\p{N}._-]+\.pdf$/u);
        expect(name).not.toMatch(/^[.-]|\.\.\/|[. ]$/);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i);
        const usual = documentFileName({ identifier: 'W123456789', companyName, fileLabel: 'attestation_de_regularite_fiscale', day: '2026-11-25', mediaType: 'application/pdf' });
        expect(Buffer.byteLength(usual)).toBeLessThanOrEqual(255);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is no folder and no other folder’s file, part by part', () => {
    fc.assert(fc.property(hostile, (text) => void expect(safePart(text)).not.toMatch(/[/\\:]|^\.|\.$/)));
  });
});

describe('a text that misleads the eye', () => {
  const names = ['facture\u202efdp.exe', '\u2066\u2067ALPHA\u2069', 'a\u0000b', 'ligne\u2028deux', '\u200fBETA', 'un\r\ndeux'];

  it.each(names)('(%j) is shown as it is stored, in one line', (name) => {
    for (const shown of [plainLine(name), lineSchema.parse(name)]) expect(shown).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
    expect(formatValue(name, 'text')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it('keeps its letters, its accents, and its lines where it has some', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void expect(plainText(text)).toBe([...text].filter((sign) => plainText(sign) !== '').join(''))));
    expect(textSchema.parse('Œuvre d’été\n\tà suivre')).toBe('Œuvre d’été\n\tà suivre');
  });
});

describe('an identifier or a parameter that carries something else', () => {
  const parts = fc.array(fc.constantFrom('1', 'a', '/', '..', '.', '\\', '%2f', '?', '#', '&', '=', '\r\n', '\u0000', '@', ':', ';', '\u202e', 'é', ' '), { minLength: 1, maxLength: 12 });

  it('stays in its place in the address of the call', () => {
    fc.assert(
      fc.property(fc.constantFrom(...endpoints), parts, (endpoint, pieces) => {
        const value = pieces.join('');
        const parameters = Object.fromEntries(endpoint.parameters.map(({ name }) => [name, value]));
        let path: string;
        try {
          path = callPath(endpoint, value, parameters);
        } catch {
          return;
        }
        const url = new URL(`https://service.invalid${path}`);
        expect(url.host).toBe('service.invalid');
        expect(url.hash).toBe('');
        expect(url.href).not.toMatch(/[\r\n\0]/);
        expect(url.pathname.split('/')).toHaveLength(endpoint.path.split('/').length);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a text made to be slow', () => {
  const texts = [' ', '\u00a0', '1', 'a', 'rcs ', 'rcs a ', 'FR', '-', "'", 'tva intra ', '12/', '1er ', 'code de sécurité ', 'A ', 'eyJ', 'eyJaaaaaaaa.', 'https://', '://', '%PDF-', '\u0301', '<', '#'].flatMap((piece) => {
    const repeated = piece.repeat(Math.ceil(LONG / piece.length));
    return [repeated, `rcs${repeated}!`, `${repeated}\u0000`];
  });

  // A pattern that tries every way of reading such a text would not end before the bound of the test.
  it('is read by everything that reads what is typed, pasted or received', () => {
    for (const text of texts) {
      readTypedSearch(text);
      for (const parse of [parseSiren, parseSiret, parseRna, parseEori, parseVatNumber]) expect(parse(text).ok).toBe(false);
      expect(safePart(text).length).toBeLessThan(200);
      readFacts(text);
      anonymise(text);
      plainLine(text);
    }
  });
});

describe('a cell that a spreadsheet would run', () => {
  it.each(['=1+1', '+cmd|’ /C calc’!A0', '-2+3', '@SUM(A1)', '\t=1+1', '\r=1+1', '=HYPERLINK("https://exemple.invalid";"ouvrir")'])('(%j) is text in a workbook', async (content) => {
    let bytes = Buffer.alloc(0);
    for await (const chunk of xlsxChunks([{ name: 'Liste', columns: [{ title: content, kind: 'text', width: 10 }], rows: [[[content]]], rowCount: 1 }])) bytes = Buffer.concat([bytes, chunk]);
    const { openArchive } = await import('../../electron/batches/import/archive');
    const archive = await openArchive(bytes);
    let sheet = '';
    for await (const chunk of archive.read('xl/worksheets/sheet1.xml')) sheet += chunk.toString('utf8');
    archive.close();
    expect(sheet).not.toContain('<f>');
    expect(sheet.match(/t="inlineStr"/g)).toHaveLength(2);
  });
});
