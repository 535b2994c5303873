import type { ExportFormat } from '../../../shared/domain/journal';
import type { Database } from '../../storage/database';
import type { SearchIndex } from '../search-index';
import { type AtomicFileOptions, writeAtomically } from '../../files/atomic-file';
import { csvChunks } from './csv';
import { jsonlChunks } from './jsonl';
import { pdfChunks } from './pdf';
import { type ExportControl, type ExportRequest, type ExportSource, openSource } from './source';
import { xlsxChunks } from './xlsx';

export type { AuditRequest, ExportControl, ExportRequest } from './source';

export interface ExportTarget extends Pick<AtomicFileOptions, 'temporary'> {
  readonly path: string;
  readonly format: ExportFormat;
}

export interface ExportResult {
  readonly path: string;
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
 * Writes the lines of a filter to `path`: whole, or not at all.
 * @throws the signal's reason when cancelled, and the file system's errors.
 */
export async function exportJournal(
  database: Database,
  index: SearchIndex,
  target: ExportTarget,
  request: ExportRequest,
  control: ExportControl = {},
): Promise<ExportResult> {
  const source = openSource(database, index, request, control);
  const sha256 = await writeAtomically(target.path, formats[target.format](source), target);
  return { path: target.path, lineCount: source.slots.length, sha256 };
}
