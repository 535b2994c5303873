const BYTE_ORDER_MARK = '\ufeff';

export type CsvRow = readonly (string | number | null)[];

/** What a spreadsheet takes for the beginning of a formula (OWASP, « CSV injection »). */
const FORMULA_START = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
/**
 * Digits that are a name and no quantity: a SIREN, a SIRET, a code that begins with 0. A spreadsheet would make a number of
 * them, without its zeros or as 1,23E+13. What is a quantity comes here as a number.
 */
const DIGITS_AS_TEXT = /^(?:0\d+|\d{9}|\d{12,})$/;
/** Read by programs as a part of the cell, and not as what separates two. */
const TABBED_DIGITS = /^\t\d+$/;

/**
 * A tab before digits makes a text of the cell, in Excel and in LibreOffice. It shows nothing, runs nothing (`="…"` is a formula,
 * that LibreOffice shows as it is), and programs take it away with the other spaces at the ends of a cell.
 */
function safeText(text: string): string {
  if (FORMULA_START.test(text)) return `'${text}`;
  return DIGITS_AS_TEXT.test(text) ? `\t${text}` : text;
}

// The library's own protection against formulas would defuse our tab too; turned off cell by cell, it halves the speed.
const options = { delimiter: ';', record_delimiter: 'windows', quoted_match: TABBED_DIGITS, cast: { string: safeText } } as const;

/** A table that a French Excel opens by a double click; a cell that would be read as a formula is defused. */
export async function* csvChunksOf(titles: readonly string[], rows: AsyncIterable<readonly CsvRow[]> | Iterable<readonly CsvRow[]>): AsyncGenerator<string> {
  const { stringify } = await import('csv-stringify/sync');
  yield BYTE_ORDER_MARK + stringify([titles], options);
  for await (const batch of rows) if (batch.length > 0) yield stringify(batch.map((row) => [...row]), options);
}
