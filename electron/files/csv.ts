const BYTE_ORDER_MARK = '\ufeff';
const options = { delimiter: ';', record_delimiter: 'windows', escape_formulas: true } as const;

export type CsvRow = readonly (string | number | null)[];

/** A table that a French Excel opens by a double click; a cell that would be read as a formula is defused. */
export async function* csvChunksOf(titles: readonly string[], rows: AsyncIterable<readonly CsvRow[]> | Iterable<readonly CsvRow[]>): AsyncGenerator<string> {
  const { stringify } = await import('csv-stringify/sync');
  yield BYTE_ORDER_MARK + stringify([titles], options);
  for await (const batch of rows) if (batch.length > 0) yield stringify(batch.map((row) => [...row]), options);
}
