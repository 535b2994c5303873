import { parisDay } from '../../shared/domain/days';
import type { ExportFormat, JournalFilter } from '../../shared/domain/journal';
import type { CallContext } from '../ipc';
import { fileFailureSentence } from '../files/file-failure';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import type { AuditRequest, ExportRequest, ExportResult } from './export/index';
import type { Journal } from './journal';
import { JournalWriteError } from './journal-error';
import type { SealKey } from './seal';
import { type JournalWorker, TaskCancelledError } from './worker-client';

export interface ExportDeps {
  readonly journal: Journal;
  readonly worker: JournalWorker;
  readonly clock: Clock;
  readonly sealKey: SealKey;
  /** What habilitations are called, by id: all that this workstation knows. */
  readonly habilitationTitles: () => ReadonlyMap<string, string>;
  /** Asks where to save; null when the dialog is closed. */
  readonly chooseSavePath: (defaultName: string) => Promise<string | null>;
  /** Sent to the window as `journal.exportProgress`. */
  readonly onProgress: (id: string, done: number, total: number) => void;
}

export interface FileInput {
  readonly exportId: string;
  readonly filter: JournalFilter;
  readonly format: ExportFormat;
  /** Proposed name, without date or extension. */
  readonly baseName: string;
  /** Present when the file answers an audit. */
  readonly audit?: AuditRequest | undefined;
}

type ExportInput = Pick<FileInput, 'exportId' | 'filter' | 'format'>;

/** Asks for a path, writes the file in the worker, and records that it was taken out. */
export function exportWithDialog(
  deps: ExportDeps,
  input: ExportInput,
  context: CallContext,
  agentScope: string | undefined,
  signal: AbortSignal,
): Promise<ExportResult | null> {
  return writeFileWithDialog(deps, { ...input, baseName: 'historique' }, context, agentScope, signal);
}

export async function writeFileWithDialog(
  deps: ExportDeps,
  input: FileInput,
  { session }: CallContext,
  agentScope: string | undefined,
  signal: AbortSignal,
): Promise<ExportResult | null> {
  const { journal, worker, clock } = deps;
  const now = clock.now();
  const path = await deps.chooseSavePath(`${input.baseName}-${parisDay(now)}.${input.format}`);
  if (path === null) return null;
  const agent = { id: session.agent.id, displayName: session.agent.displayName };
  // The intent comes first: a file may not leave without a trace, even if the machine stops half-way.
  await journal.record({ event: 'journal.exported', agent, code: 'started', detail: `Export ${input.format} commencé.` });
  journal.seal();
  try {
    const options = { signal, onProgress: (done: number, total: number) => deps.onProgress(input.exportId, done, total) };
    const request = exportRequest(deps.sealKey, now, { filter: input.filter, audit: input.audit, agentScope, habilitationTitles: Object.fromEntries(deps.habilitationTitles()) });
    const result = await worker.run('export', { path, format: input.format, request }, options);
    await recordExport(journal, agent, input.format, result);
    return result;
  } catch (error) {
    if (error instanceof TaskCancelledError || error instanceof JournalWriteError) throw error;
    throw new IpcFailure('unavailable', fileFailureSentence(error));
  }
}

/** What the worker is asked to write: these lines, at this moment, under the key of this workstation. */
export function exportRequest(sealKey: SealKey, now: number, lines: Pick<ExportRequest, 'filter' | 'audit' | 'agentScope' | 'habilitationTitles'>): ExportRequest {
  return { ...lines, generatedAt: now, publicKey: sealKey.publicKey().toString('base64') };
}

/** Records that lines left the application, with what identifies the file. */
export async function recordExport(
  journal: Journal,
  agent: { readonly id: string; readonly displayName: string },
  format: ExportFormat,
  result: Pick<ExportResult, 'lineCount' | 'sha256'>,
): Promise<void> {
  await journal.record({
    event: 'journal.exported',
    agent,
    documentSha256: result.sha256,
    detail: `${result.lineCount} lignes exportées (${format}).`,
    data: { format, lineCount: result.lineCount },
  });
}
