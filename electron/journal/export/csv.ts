import { stringify } from 'csv-stringify/sync';

import { exportColumns } from './columns';
import type { ExportSource } from './source';

const BYTE_ORDER_MARK = '\ufeff';

/** A table that a French Excel opens by a double click; a cell that would be read as a formula is defused. */
export async function* csvChunks(source: ExportSource): AsyncGenerator<string> {
  const options = { delimiter: ';', record_delimiter: 'windows', escape_formulas: true } as const;
  yield BYTE_ORDER_MARK + stringify([exportColumns.map(({ title }) => title)], options);
  for await (const lines of source.lines()) {
    yield stringify(lines.map((line) => exportColumns.map(({ value }) => value(line))), options);
  }
}
