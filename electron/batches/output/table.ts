import { findEndpoint } from '../../../shared/catalogue';
import { type Batch, type BatchItem, type BatchLine, itemStateLabels } from '../../../shared/domain/batch';
import type { Answer } from '../../../shared/domain/consultation';
import type { BatchField } from '../../../shared/ipc/batch-outputs';
import { isPartiallyDiffused, PARTIAL_DIFFUSION_IN_SHORT } from '../../../shared/reading';
import { type CsvRow, csvChunksOf } from '../../files/csv';
import { frenchWallClock, parisWallClock } from '../../files/wall-clock';
import { type SheetColumn, xlsxChunks } from '../../files/xlsx';
import { answerOf, type BatchReading, itemOf, linePagesOf, valuesOf } from './reading';

export interface TableControl {
  readonly signal: AbortSignal;
  readonly onProgress: (written: number, total: number) => void;
}

const text = (title: string, width: number): SheetColumn => ({ title, kind: 'text', width });
const lineColumns: readonly SheetColumn[] = [{ title: 'Ligne', kind: 'integer', width: 8 }, text('SIREN', 11), text('SIRET', 16), text('RNA', 12), text('Nom', 36), text('Objet', 20), text('Remarque', 30), text('Diffusion', 18)];

/** A row a line of the list; for each datum its state, its source, its date, then the chosen fields. */
export function tableChunks(format: 'xlsx' | 'csv', reading: BatchReading, batch: Batch, fields: readonly BatchField[], control: TableControl): AsyncIterable<Buffer | string> {
  const columns = [...lineColumns, ...batch.choice.endpointIds.flatMap((endpointId) => columnsOf(endpointId, labelsOf(fields, endpointId)))];
  const rows = rowsOf(reading, batch, fields, control, format === 'csv' ? frenchWallClock : parisWallClock);
  if (format === 'csv') return csvChunksOf(columns.map(({ title }) => title), rows);
  return xlsxChunks([{ name: 'Lot', columns, rows, rowCount: batch.lineCount }]);
}

function labelsOf(fields: readonly BatchField[], endpointId: string): readonly string[] {
  return fields.filter((field) => field.endpointId === endpointId).map(({ label }) => label);
}

function columnsOf(endpointId: string, labels: readonly string[]): readonly SheetColumn[] {
  const title = findEndpoint(endpointId)?.title ?? endpointId;
  const own = (name: string, width: number): SheetColumn => text(`${title} — ${name}`, width);
  return [own('état', 16), own('motif', 40), own('source', 20), { title: `${title} — date`, kind: 'instant', width: 20 }, ...labels.map((label) => own(label, 26))];
}

async function* rowsOf(reading: BatchReading, batch: Batch, fields: readonly BatchField[], control: TableControl, dateText: (iso: string) => string): AsyncGenerator<readonly CsvRow[]> {
  const labels = batch.choice.endpointIds.map((endpointId) => ({ endpointId, labels: labelsOf(fields, endpointId) }));
  let written = 0;
  for await (const lines of linePagesOf(reading, batch, control.signal)) {
    yield lines.map((line) => rowOf(line, labels.map((one) => ({ ...calledFor(reading, batch, line, one.endpointId), labels: one.labels })), dateText));
    written += lines.length;
    control.onProgress(written, batch.lineCount);
  }
}

/** What one datum brought for a line. */
interface Called {
  /** Null: the line lacks the identifier. */
  readonly item: BatchItem | null;
  readonly answer: Answer | null;
  readonly labels: readonly string[];
}

function calledFor(reading: BatchReading, batch: Batch, line: BatchLine, endpointId: string): Omit<Called, 'labels'> {
  const item = itemOf(reading, batch, line, endpointId);
  return { item, answer: item && answerOf(reading, item) };
}

/** A company in partial diffusion is marked beside its name, whatever is exported of it. */
function rowOf({ number, siren, siret, rna, name, object, note }: BatchLine, calls: readonly Called[], dateText: (iso: string) => string): CsvRow {
  const diffusion = calls.some(({ answer }) => answer !== null && isPartiallyDiffused(answer.data)) ? PARTIAL_DIFFUSION_IN_SHORT : null;
  return [number, siren, siret, rna, name, object, note, diffusion, ...calls.flatMap((call) => callCells(call, dateText))];
}

function callCells({ item, answer, labels }: Called, dateText: (iso: string) => string): CsvRow {
  if (item === null) return ['Sans objet', 'La ligne n’a pas l’identifiant que cette donnée demande.', null, null, ...labels.map(() => null)];
  const values = answer && labels.length > 0 ? valuesOf(answer) : null;
  const date = answer?.receivedAt ?? item.settledAt;
  return [itemStateLabels[item.state], [item.error?.message, item.note].filter(Boolean).join(' ') || null, answer?.provider ?? null, date && dateText(date), ...labels.map((label) => values?.get(label) ?? null)];
}
