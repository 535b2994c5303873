import type { Agent } from '../../shared/domain/agent';
import type { Dossier } from '../../shared/domain/dossier';
import type { RecordEvent } from '../../shared/domain/journal';
import { IpcFailure } from '../ipc-failure';
import { by, traceOrRefuse } from '../trace';
import { writeAtomically, writeDurably } from './atomic-file';
import { fileFailure } from './file-failure';
import type { PendingFiles } from './pending-files';
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
    const failure = signal.aborted ? null : failureOf(error);
    const ending = failure === null ? `annulé (${words.format}).` : `manqué (${words.format}) : rien n’est sorti. ${reasonOf(error, failure)}`;
    await trace('failure', `${words.begun} ${ending}`).catch(() => undefined);
    throw failure ?? error;
  }
}

function tracer({ record }: TracedExportDeps, { agent, dossier }: TracedExport) {
  const about = dossier && { dossierId: dossier.id, dossierTitle: dossier.title, habilitationId: dossier.habilitationId };
  return (outcome: 'success' | 'failure', detail: string, documentSha256?: string): Promise<void> =>
    traceOrRefuse(record, { ...by(agent), event: 'data.exported', outcome, ...about, detail, ...(documentSha256 === undefined ? {} : { documentSha256 }) });
}

function written({ pending }: TracedExportDeps, { words, dossier, path, open }: TracedExport, traceMade: (fileCount: number, sha256: string) => Promise<void>): Promise<MadeExport> {
  return writeAtomically(pending, { path, event: 'data.exported', what: `${words.begun}, ${words.format}`, dossier }, async (temporaryPath) => {
    const { fileCount, chunks } = await open();
    const sha256 = await writeDurably(temporaryPath, chunks);
    await traceMade(fileCount, sha256);
    return { path, sha256, fileCount };
  });
}

function failureOf(error: unknown): IpcFailure {
  if (!(error instanceof AlteredFileError)) return fileFailure(error);
  return new IpcFailure('unavailable', `Le fichier ${error.path} n’est plus celui qui a été conservé : rien n’a été exporté. Récupérez-le à nouveau, puis prévenez le responsable.`);
}

/** As the journal says it: without the name of a file, which may be a person's. */
function reasonOf(error: unknown, failure: IpcFailure): string {
  return error instanceof AlteredFileError ? 'Un fichier n’est plus celui qui a été conservé.' : failure.message;
}
