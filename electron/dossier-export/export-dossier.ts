import { parisDay } from '../../shared/domain/days';
import type { Session } from '../../shared/domain/agent';
import type { Dossier } from '../../shared/domain/dossier';
import type { RecordEvent } from '../../shared/domain/journal';
import type { DossierExportFormat } from '../../shared/ipc/dossier-export';
import { safePart } from '../documents';
import type { PendingFiles } from '../files/pending-files';
import { exportTraced, type MadeExport } from '../files/traced-export';
import type { ArchiveControl } from '../files/zip';
import { openArchive } from './archive';
import type { DossierContents } from './contents';
import { jsonChunks } from './json';
import { workbookChunks } from './workbook';

/** As the journal names them. */
const exportFormatLabels: Readonly<Record<DossierExportFormat, string>> = {
  zip: 'archive ZIP, documents compris',
  xlsx: 'grille Excel',
  json: 'données JSON',
};

export interface ExportDossierDeps {
  readonly pending: PendingFiles;
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
  readonly dossierId: string;
  readonly format: DossierExportFormat;
}

/**
 * Writes a dossier where the agent chose: whole, or not at all. The journal says that it begins, then what leaves
 * with its SHA-256, before the file gets its name.
 * @throws {IpcFailure} in words, and the signal's reason when cancelled.
 */
export async function exportDossier(deps: ExportDossierDeps, session: Session, request: DossierExportRequest, control: ArchiveControl): Promise<MadeExport | null> {
  const dossier = deps.dossierOf(session, request.dossierId);
  const name = `${safePart(dossier.title) || 'dossier'}_${parisDay(deps.now())}.${request.format}`;
  const path = await deps.askSavePath(name);
  if (path === null) return null;
  return exportTraced(deps, {
    ...{ agent: session.agent, dossier, path, signal: control.signal },
    words: { begun: 'Export du dossier', done: 'Dossier exporté', format: exportFormatLabels[request.format] },
    open: async () => opened(request.format, await deps.gather(session, dossier), control),
  });
}

async function opened(format: DossierExportFormat, contents: DossierContents, control: ArchiveControl): Promise<{ fileCount: number; chunks: AsyncIterable<Buffer | string> }> {
  if (format === 'zip') return openArchive(contents, control);
  return { fileCount: 1, chunks: format === 'xlsx' ? workbookChunks(contents) : jsonChunks(contents) };
}
