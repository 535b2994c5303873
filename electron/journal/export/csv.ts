import { type CsvRow, csvChunksOf } from '../../files/csv';
import { frenchWallClock } from '../../files/wall-clock';
import { auditColumns, cellsOf, exportColumns, UNKNOWN_REQUEST } from './columns';
import type { ExportSource } from './source';

/** The lines of a filter, and the request ids asked about that no line carries. */
export function csvChunks(source: ExportSource): AsyncGenerator<string> {
  const columns = source.request.audit ? auditColumns : exportColumns;
  return csvChunksOf(columns.map(({ title }) => title), rowsOf(source));
}

async function* rowsOf(source: ExportSource): AsyncGenerator<readonly CsvRow[]> {
  const { audit, habilitationTitles: names = {} } = source.request;
  const columns = audit ? auditColumns : exportColumns;
  for await (const lines of source.lines()) yield lines.map((line) => cellsOf(columns, line, names, frenchWallClock));
  yield (audit?.unknownRequestIds ?? []).map((requestId) => columns.map((_, index) => [requestId, UNKNOWN_REQUEST][index] ?? null));
}
