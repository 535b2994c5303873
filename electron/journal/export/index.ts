import type { ExportFormat } from '../../../shared/domain/journal';
import type { Database } from '../../storage/database';
import type { SearchIndex } from '../search-index';
import { writeDurably } from '../../files/atomic-file';
import { csvChunks } from './csv';
import { jsonlChunks } from './jsonl';
import { pdfChunks } from './pdf';
import { type ExportControl, type ExportRequest, type ExportSource, openSource } from './source';
import { xlsxChunks } from './xlsx';

export type { AuditRequest, ExportControl, ExportRequest } from './source';

export interface ExportTarget {
  /** Nothing is there. */
  readonly path: string;
  readonly format: ExportFormat;
}

export interface WrittenLines {
  readonly lineCount: number;
  /** Hexadecimal, of the whole file. */
  readonly sha256: string;
}

const formats: Readonly<Record<ExportFormat, (source: ExportSource) => AsyncIterable<Buffer | string>>> = {
  csv: csvChunks,
  jsonl: jsonlChunks,
  pdf: pdfChunks,
  xlsx: xlsxChunks,
};

/**
 * Writes the lines of a filter to a new file.
 * @throws the signal's reason when cancelled, and the file system's errors: what was begun is then left to whoever gives files their names.
 */
export async function exportJournal(
  database: Database,
  index: SearchIndex,
  target: ExportTarget,
  request: ExportRequest,
  control: ExportControl = {},
): Promise<WrittenLines> {
  const source = openSource(database, index, request, control);
  const sha256 = await writeDurably(target.path, formats[target.format](source));
  return { lineCount: source.slots.length, sha256 };
}
