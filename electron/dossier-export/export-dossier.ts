import type { Session } from '../../shared/domain/agent';
import type { Dossier } from '../../shared/domain/dossier';
import type { RecordEvent } from '../../shared/domain/journal';
import { type DossierExportFormat, exportFormatLabels } from '../../shared/ipc/dossier-export';
import { frenchDay, safePart } from '../documents';
import { fileFailureSentence } from '../files/file-failure';
import { temporaryPathOf, writeAtomically } from '../files/atomic-file';
import { IpcFailure } from '../ipc-failure';
import { by, traceOrRefuse } from '../trace';
import { AlteredFileError, type ArchiveControl, openArchive } from './archive';
import type { DossierContents } from './contents';
import { jsonChunks } from './json';
import type { PendingExports } from './pending-exports';
import { workbookChunks } from './workbook';

export interface ExportDossierDeps {
  readonly pending: PendingExports;
  readonly record: RecordEvent;
  /** Throws an {@link IpcFailure} when this agent may not open this dossier. */
  readonly dossierOf: (session: Session, dossierId: string) => Dossier;
  /** What this agent may take out, read once the journal has said that he begins. */
  readonly gather: (session: Session, dossier: Dossier) => Promise<DossierContents>;
  /** Null when the agent closed the dialog. */
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  readonly now: () => number;
}

export interface DossierExportRequest {
  readonly exportId: string;
  readonly dossierId: string;
  readonly format: DossierExportFormat;
}

export interface MadeExport {
  readonly path: string;
  readonly sha256: string;
  /** 1, or what the archive holds. */
  readonly fileCount: number;
}

/**
 * Writes a dossier where the agent chose: whole, or not at all. The journal says that it begins, then what leaves
 * with its SHA-256, before the file gets its name.
 * @throws {IpcFailure} in words, and the signal's reason when cancelled.
 */
export async function exportDossier(deps: ExportDossierDeps, session: Session, request: DossierExportRequest, control: ArchiveControl): Promise<MadeExport | null> {
  const dossier = deps.dossierOf(session, request.dossierId);
  const name = `${safePart(dossier.title) || 'dossier'}_${frenchDay(deps.now())}.${request.format}`;
  const path = await deps.askSavePath(name);
  if (path === null) return null;
  const label = exportFormatLabels[request.format];
  const trace = (outcome: 'success' | 'failure', detail: string, documentSha256?: string) =>
    traceOrRefuse(deps.record, {
      ...by(session.agent),
      ...{ event: 'data.exported', outcome, dossierId: dossier.id, dossierTitle: dossier.title, habilitationId: dossier.habilitationId, detail },
      ...(documentSha256 === undefined ? {} : { documentSha256 }),
    } as const);
  await trace('success', `Export du dossier commencé (${label}).`);
  try {
    return await write(deps, { session, dossier, request, path, control }, (fileCount, sha256) =>
      trace('success', `Dossier exporté (${label}), ${fileCount} fichier${fileCount > 1 ? 's' : ''}, empreinte ${sha256}.`, sha256),
    );
  } catch (error) {
    const isCancelled = control.signal.aborted;
    await trace('failure', isCancelled ? `Export du dossier annulé (${label}).` : `Export du dossier manqué (${label}) : rien n’est sorti.`).catch(() => undefined);
    if (isCancelled || error instanceof IpcFailure) throw error;
    throw new IpcFailure('unavailable', failureSentence(error));
  }
}

interface Work {
  readonly session: Session;
  readonly dossier: Dossier;
  readonly request: DossierExportRequest;
  readonly path: string;
  readonly control: ArchiveControl;
}

async function write(deps: ExportDossierDeps, { session, dossier, request, path, control }: Work, traceMade: (fileCount: number, sha256: string) => Promise<void>): Promise<MadeExport> {
  const temporary = temporaryPathOf(path);
  deps.pending.begin({ id: request.exportId, dossierId: dossier.id, dossierTitle: dossier.title, temporaryPath: temporary });
  try {
    const { fileCount, chunks } = await opened(request.format, await deps.gather(session, dossier), control);
    const sha256 = await writeAtomically(path, chunks, { temporary, beforeNaming: (sum) => traceMade(fileCount, sum) });
    return { path, sha256, fileCount };
  } finally {
    deps.pending.end(request.exportId);
  }
}

async function opened(format: DossierExportFormat, contents: DossierContents, control: ArchiveControl): Promise<{ fileCount: number; chunks: AsyncIterable<Buffer | string> }> {
  if (format === 'zip') return openArchive(contents, control);
  return { fileCount: 1, chunks: format === 'xlsx' ? workbookChunks(contents) : jsonChunks(contents) };
}

function failureSentence(error: unknown): string {
  if (error instanceof AlteredFileError) {
    return `Le fichier ${error.path} n’est plus celui qui a été conservé : rien n’a été exporté. Récupérez-le à nouveau, puis prévenez le responsable.`;
  }
  return fileFailureSentence(error);
}

/** The journal says which exports a crash has cut. */
export async function traceCutExports(pending: PendingExports, record: RecordEvent): Promise<void> {
  for (const { dossierId, dossierTitle } of pending.sweep()) {
    await record({ event: 'data.exported', outcome: 'failure', agentId: null, agentName: null, dossierId, dossierTitle, detail: 'Un export de ce dossier a été interrompu par un arrêt brutal : rien n’est sorti, le fichier commencé a été supprimé.' });
  }
}
