import { stringify } from 'csv-stringify/sync';

import { auditColumns, exportColumns, UNKNOWN_REQUEST } from './columns';
import type { ExportSource } from './source';

const BYTE_ORDER_MARK = '\ufeff';

/** A table that a French Excel opens by a double click; a cell that would be read as a formula is defused. */
export async function* csvChunks(source: ExportSource): AsyncGenerator<string> {
  const { audit } = source.request;
  const columns = audit ? auditColumns : exportColumns;
  const options = { delimiter: ';', record_delimiter: 'windows', escape_formulas: true } as const;
  yield BYTE_ORDER_MARK + stringify([columns.map(({ title }) => title)], options);
  for await (const lines of source.lines()) {
    yield stringify(lines.map((line) => columns.map(({ value }) => value(line))), options);
  }
  const missing = (audit?.unknownRequestIds ?? []).map((requestId) => columns.map((_, index) => [requestId, UNKNOWN_REQUEST][index] ?? null));
  if (missing.length > 0) yield stringify(missing, options);
}
