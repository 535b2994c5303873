import { parisDay } from '../../../shared/domain/days';
import type { Agent } from '../../../shared/domain/agent';
import type { Batch } from '../../../shared/domain/batch';
import type { Dossier } from '../../../shared/domain/dossier';
import { type BatchExportFormat, batchExportLabels, type BatchField } from '../../../shared/ipc/batch-outputs';
import { safePart } from '../../documents';
import { exportTraced, type MadeExport, type TracedExportDeps } from '../../files/traced-export';
import type { ArchiveControl } from '../../files/zip';
import type { ItemStore } from '../item-store';
import { documentsArchive, type DocumentSources } from './documents-zip';
import type { BatchReading } from './reading';
import { summaryChunks, type SummaryContents } from './summary-pdf';
import { tableChunks } from './table';

export interface ExportBatchDeps extends TracedExportDeps, DocumentSources {
  readonly items: Pick<ItemStore, 'countOf'>;
  readonly journalHead: () => { readonly seq: number; readonly hash: string };
  readonly workstation: string;
  readonly now: () => number;
}

export interface BatchExportRequest {
  readonly agent: Agent;
  readonly batch: Batch;
  readonly dossier: Dossier;
  readonly reading: BatchReading;
  readonly format: BatchExportFormat;
  readonly fields: readonly BatchField[];
  readonly path: string;
}

export function exportFileName({ title }: Batch, format: BatchExportFormat, now: number): string {
  return `${safePart(title) || 'lot'}_${parisDay(now)}.${format}`;
}

/**
 * Writes what a run brought where the agent chose: whole, or not at all, the journal told first.
 * @throws {IpcFailure} in words, and the signal's reason when cancelled.
 */
export function exportBatch(deps: ExportBatchDeps, request: BatchExportRequest, control: ArchiveControl): Promise<MadeExport> {
  const { agent, batch, dossier, format, path } = request;
  return exportTraced(deps, {
    ...{ agent, dossier, path, signal: control.signal },
    words: { begun: `Export du lot « ${batch.title} »`, done: `Lot « ${batch.title} » exporté`, format: batchExportLabels[format] },
    open: () => opened(deps, request, control),
  });
}

async function opened(deps: ExportBatchDeps, request: BatchExportRequest, control: ArchiveControl): Promise<{ readonly fileCount: number; readonly chunks: AsyncIterable<Buffer | string> }> {
  const { batch, reading, format, fields, agent, dossier } = request;
  const now = deps.now();
  if (format === 'zip') return documentsArchive(reading, deps, batch, now, control);
  if (format !== 'pdf') return { fileCount: 1, chunks: tableChunks(format, reading, batch, fields, control) };
  const facts = { batch, dossier, author: agent.displayName, workstation: deps.workstation, now, journalHead: deps.journalHead() };
  const countOf: SummaryContents['countOf'] = (endpointId, state) => deps.items.countOf(batch.id, endpointId, state);
  return { fileCount: 1, chunks: summaryChunks(reading, { ...facts, countOf }, control.signal) };
}
