import { parisDay } from '../../shared/domain/days';
import type { ExportFormat, JournalFilter } from '../../shared/domain/journal';
import type { CallContext } from '../ipc';
import { writeAtomically } from '../files/atomic-file';
import { fileFailure } from '../files/file-failure';
import type { PendingFiles } from '../files/pending-files';
import type { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import type { AuditRequest, ExportRequest, WrittenLines } from './export/index';
import { type ExportAccount, exportWords } from './export-words';
import { namesFrom } from './filter-words';
import type { Journal } from './journal';
import type { SealKey } from './seal';
import { type JournalWorker, TaskCancelledError } from './worker-client';

export interface ExportDeps {
  readonly journal: Journal;
  readonly worker: JournalWorker;
  readonly clock: Clock;
  readonly sealKey: SealKey;
  readonly pending: PendingFiles;
  /** What habilitations are called, by id: all that this workstation knows. */
  readonly habilitationTitles: () => ReadonlyMap<string, string>;
  /** Asks where to save; null when the dialog is closed. */
  readonly chooseSavePath: (defaultName: string) => Promise<string | null>;
  /** Sent to the window as `journal.exportProgress`. */
  readonly onProgress: (id: string, done: number, total: number) => void;
}

interface SavedLines extends WrittenLines {
  readonly path: string;
}

interface FileInput {
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
): Promise<SavedLines | null> {
  return writeFileWithDialog(deps, { ...input, baseName: 'historique' }, context, agentScope, signal);
}

/**
 * Writes the file, whole or not at all. The journal says first what is about to leave, then what leaves with its SHA-256
 * before the file has its name, or that nothing left.
 */
export async function writeFileWithDialog(
  deps: ExportDeps,
  input: FileInput,
  { session }: CallContext,
  agentScope: string | undefined,
  signal: AbortSignal,
): Promise<SavedLines | null> {
  const path = await deps.chooseSavePath(`${input.baseName}-${parisDay(deps.clock.now())}.${input.format}`);
  if (path === null) return null;
  const agent = { id: session.agent.id, displayName: session.agent.displayName };
  const account = await accountOf(deps, input, { path, agentId: agent.id, agentScope });
  const { dossierId, identifier } = input.filter;
  const record = (event: Pick<Parameters<Journal['record']>[0], 'outcome' | 'code' | 'documentSha256' | 'detail' | 'data'>) =>
    deps.journal.record({ event: 'journal.exported', agent, dossierId, identifier, ...event });
  await record({ code: 'started', detail: exportWords.begun(account) });
  try {
    await deps.journal.seal();
    return await writeAtomically(deps.pending, { path, event: 'journal.exported', what: exportWords.subject(account) }, async (temporaryPath) => {
      const { lineCount, sha256 } = await writeLines(deps, input, { path: temporaryPath, filterNames: account.names, agentScope, signal });
      await record({ documentSha256: sha256, detail: exportWords.made({ ...account, lineCount }, sha256), data: { format: input.format, lineCount } });
      return { path, lineCount, sha256 };
    });
  } catch (error) {
    const failure = failureOf(error);
    await record({ outcome: 'failure', detail: exportWords.missed(account, failure?.message ?? null) }).catch(() => undefined);
    throw failure ?? error;
  }
}

/** Why nothing left, in words; null when somebody stopped it. */
function failureOf(error: unknown): IpcFailure | null {
  return error instanceof TaskCancelledError ? null : fileFailure(error);
}

/** What is about to leave, as the journal will say it. */
async function accountOf(
  { worker, habilitationTitles }: ExportDeps,
  { filter, format, audit }: FileInput,
  { path, agentId, agentScope }: { readonly path: string; readonly agentId: string; readonly agentScope: string | undefined },
): Promise<ExportAccount> {
  const { lines, total, owners } = await worker.run('search', { filter, agentScope, limit: 1 });
  const names = { ...namesFrom(lines[0], owners, filter), habilitationTitle: habilitationTitles().get(filter.habilitationId ?? '') };
  return { format, path, filter, names, lineCount: total, others: owners.filter(({ id }) => id !== agentId), unknownCount: audit?.unknownRequestIds.length };
}

function writeLines(
  deps: ExportDeps,
  { exportId, filter, format, audit }: FileInput,
  { path, signal, ...seen }: Pick<ExportRequest, 'filterNames' | 'agentScope'> & { readonly path: string; readonly signal: AbortSignal },
): Promise<WrittenLines> {
  const request = exportRequest(deps.sealKey, deps.clock.now(), { ...seen, filter, audit, habilitationTitles: Object.fromEntries(deps.habilitationTitles()) });
  return deps.worker.run('export', { path, format, request }, { signal, onProgress: (done, total) => deps.onProgress(exportId, done, total) });
}

/** What the worker is asked to write: these lines, at this moment, under the key of this workstation. */
export function exportRequest(sealKey: SealKey, now: number, lines: Pick<ExportRequest, 'filter' | 'filterNames' | 'audit' | 'agentScope' | 'habilitationTitles'>): ExportRequest {
  return { ...lines, generatedAt: now, publicKey: sealKey.publicKey().toString('base64') };
}
