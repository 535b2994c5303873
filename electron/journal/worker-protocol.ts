import type { JournalFilter, VerificationReport } from '../../shared/domain/journal';
import type { ExportRequest, WrittenLines, ExportTarget } from './export/index';
import type { FileState } from './file-check';
import type { Head } from './format';
import type { Known } from './known';
import type { CheckedBackup, RestoreCopy } from './restore-copy';
import type { RequestsAsked, RequestsFound, SearchPage, SearchRequest } from './search';
import type { Statistics } from './statistics';

/** What the worker can be asked, and what it answers. */
export interface WorkerTasks {
  readonly search: { readonly input: SearchRequest; readonly output: SearchPage };
  readonly known: { readonly input: undefined; readonly output: Known };
  readonly searchRequests: { readonly input: RequestsAsked; readonly output: RequestsFound };
  readonly verify: {
    readonly input: { readonly fromSeq?: number | undefined; readonly toSeq?: number | undefined; readonly publicKey: string; readonly witness: Head | null };
    readonly output: VerificationReport;
  };
  /** Whether the file can be read whole. */
  readonly checkFile: { readonly input: undefined; readonly output: FileState };
  readonly export: {
    readonly input: ExportTarget & { readonly request: ExportRequest };
    readonly output: WrittenLines;
  };
  readonly statistics: {
    readonly input: { readonly filter: JournalFilter; readonly agentScope?: string | undefined };
    readonly output: Statistics;
  };
  /** SHA-256 of the copy. */
  readonly backUp: { readonly input: { readonly path: string }; readonly output: string };
  readonly copyForRestore: { readonly input: RestoreCopy; readonly output: CheckedBackup };
}
export type TaskName = keyof WorkerTasks;

export type WorkerRequest =
  | { readonly [N in TaskName]: { readonly type: 'run'; readonly id: number; readonly task: N; readonly input: WorkerTasks[N]['input'] } }[TaskName]
  | { readonly type: 'cancel'; readonly id: number }
  /** Cancels everything, closes the journal and ends the thread. */
  | { readonly type: 'close' };

export type WorkerAnswer =
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly cancelled: boolean; readonly message: string };
