import { parisWallClock } from '../../files/wall-clock';
import { xlsxChunks as workbookChunks } from '../../files/xlsx';
import { cellsOf, exportColumns } from './columns';
import type { ExportSource } from './source';

/** One sheet, a row a line. */
export function xlsxChunks(source: ExportSource): AsyncIterable<Buffer> {
  return workbookChunks([{ name: 'Historique', columns: exportColumns, rows: rowsOf(source), rowCount: source.slots.length }]);
}

async function* rowsOf(source: ExportSource) {
  const { habilitationTitles: names = {} } = source.request;
  for await (const lines of source.lines()) yield lines.map((line) => cellsOf(exportColumns, line, names, parisWallClock));
}
