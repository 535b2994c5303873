import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { type CsvRow, csvChunksOf } from '../../electron/files/csv';
import { parseSiret } from '../../shared/domain/identifiers';

async function textOf(rows: readonly CsvRow[]): Promise<string> {
  let text = '';
  for await (const chunk of csvChunksOf(['Titre'], [rows])) text += chunk;
  return text;
}

async function cellOf(content: string | number | null): Promise<string | undefined> {
  return (await textOf([['-', content]])).split('\r\n')[1]?.slice(3);
}

it.each([
  ['12345678200010', '"\t12345678200010"'],
  ['005520135', '"\t005520135"'],
  ['01001', '"\t01001"'],
  ['2026', '2026'],
  ['MP-2026-014', 'MP-2026-014'],
  ['1f00000000000000', '1f00000000000000'],
])('digits that name something stay a text in a spreadsheet: %s', async (content, written) => {
  expect(await cellOf(content)).toBe(written);
});

it('a quantity stays a number', async () => {
  expect(await cellOf(123_456_789)).toBe('123456789');
});

it.each(['=1+1', '+33', '-2+3', '@SUM(A1)', '\t12345678200010', '\t=1+1', '\r=1'])('nothing typed by somebody begins a formula: %j', async (content) => {
  expect(await cellOf(content)).toMatch(/^"?'/);
});

it('what is not digits is written as the library writes it, formulas defused', async () => {
  const start = fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', '\n', ' ', '＝', '＋', '－', '＠', '"', ';');
  await fc.assert(
    fc.asyncProperty(start, fc.string({ unit: 'binary' }), async (first, rest) => {
      fc.pre(!/^\d+$/.test(first + rest));
      expect(await textOf([[first + rest]])).toBe(`\ufeffTitre\r\n${stringify([[first + rest]], { delimiter: ';', record_delimiter: 'windows', escape_formulas: true })}`);
    }),
    { numRuns: 2_000 },
  );
});

it('a program reads every SIRET back, once trimmed', async () => {
  const siret = fc.stringMatching(/^\d{14}$/);
  await fc.assert(
    fc.asyncProperty(fc.array(siret, { minLength: 1, maxLength: 20 }), async (sirets) => {
      const read: string[][] = parse(await textOf(sirets.map((one) => [one, 7])), { delimiter: ';', bom: true, from: 2, relax_column_count: true });
      expect(read.map((cells) => cells.map((cell) => cell.trim()))).toEqual(sirets.map((one) => [one, '7']));
      expect(parseSiret(`\t${sirets[0] ?? ''}`)).toEqual(parseSiret(sirets[0] ?? ''));
    }),
    { numRuns: 50 },
  );
});
