import type { Agent } from '../../shared/domain/agent';
import type { Dossier } from '../../shared/domain/dossier';
import type { RecordEvent } from '../../shared/domain/journal';
import { IpcFailure } from '../ipc-failure';
import { by, traceOrRefuse } from '../trace';
import { temporaryPathOf, writeAtomically } from './atomic-file';
import { fileFailureSentence } from './file-failure';
import { type PendingFiles, whilePending } from './pending-file';
import { AlteredFileError } from './zip';

export interface MadeExport {
  readonly path: string;
  readonly sha256: string;
  /** 1, or what the archive holds. */
  readonly fileCount: number;
}

export interface TracedExportDeps {
  readonly record: RecordEvent;
  readonly pending: PendingFiles;
}

export interface TracedExport {
  readonly exportId: string;
  readonly agent: Agent;
  /** Null: it belongs to no dossier yet. */
  readonly dossier: Pick<Dossier, 'id' | 'title' | 'habilitationId'> | null;
  readonly path: string;
  /** French words of the journal: `begun` reads « Export du dossier », `done` reads « Dossier exporté ». */
  readonly words: { readonly begun: string; readonly done: string; readonly format: string };
  /** What is written, read once the journal has said that it begins. */
  readonly open: () => Promise<{ readonly fileCount: number; readonly chunks: AsyncIterable<Buffer | string> }>;
  readonly signal: AbortSignal;
}

/**
 * Writes data where the agent chose: whole, or not at all. The journal says that it begins, then what leaves with its
 * SHA-256, before the file gets its name.
 * @throws {IpcFailure} in words, and the signal's reason when cancelled.
 */
export async function exportTraced(deps: TracedExportDeps, work: TracedExport): Promise<MadeExport> {
  const { words, signal } = work;
  const trace = tracer(deps, work);
  await trace('success', `${words.begun} commencé (${words.format}).`);
  try {
    return await written(deps, work, (fileCount, sha256) =>
      trace('success', `${words.done} (${words.format}), ${fileCount} fichier${fileCount > 1 ? 's' : ''}, empreinte ${sha256}.`, sha256),
    );
  } catch (error) {
    const ending = signal.aborted ? `annulé (${words.format}).` : `manqué (${words.format}) : rien n’est sorti.`;
    await trace('failure', `${words.begun} ${ending}`).catch(() => undefined);
    if (signal.aborted || error instanceof IpcFailure) throw error;
    throw new IpcFailure('unavailable', failureSentence(error));
  }
}

function tracer({ record }: TracedExportDeps, { agent, dossier }: TracedExport) {
  const about = dossier && { dossierId: dossier.id, dossierTitle: dossier.title, habilitationId: dossier.habilitationId };
  return (outcome: 'success' | 'failure', detail: string, documentSha256?: string): Promise<void> =>
    traceOrRefuse(record, { ...by(agent), event: 'data.exported', outcome, ...about, detail, ...(documentSha256 === undefined ? {} : { documentSha256 }) });
}

function written({ pending }: TracedExportDeps, { exportId, dossier, path, open }: TracedExport, traceMade: (fileCount: number, sha256: string) => Promise<void>): Promise<MadeExport> {
  const temporary = temporaryPathOf(path);
  const write = async () => {
    const { fileCount, chunks } = await open();
    const sha256 = await writeAtomically(path, chunks, { temporary, beforeNaming: (sum) => traceMade(fileCount, sum) });
    return { path, sha256, fileCount };
  };
  return whilePending(pending, temporary, write, { id: exportId, ...(dossier && { dossierId: dossier.id, dossierTitle: dossier.title }) });
}

function failureSentence(error: unknown): string {
  if (error instanceof AlteredFileError) {
    return `Le fichier ${error.path} n’est plus celui qui a été conservé : rien n’a été exporté. Récupérez-le à nouveau, puis prévenez le responsable.`;
  }
  return fileFailureSentence(error);
}
