import { Worker } from 'node:worker_threads';

import { isFileLost, toJournalWriteError } from './journal-error';
import type { TaskName, WorkerAnswer, WorkerRequest, WorkerTasks } from './worker-protocol';

/** The task was stopped by whoever asked for it. */
export class TaskCancelledError extends Error {
  override name = 'TaskCancelledError';
}

export interface TaskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

interface Running {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: TaskOptions['onProgress'];
}

/** Main's side of the journal worker. The thread starts with the first task and again after a crash. */
export class JournalWorker {
  #worker: Worker | null = null;
  #nextId = 1;
  readonly #running = new Map<number, Running>();

  constructor(private readonly options: { readonly bundlePath: string; readonly journalPath: string }) {}

  /** Starts the thread early, so that the first search finds the journal already read. */
  start(): void {
    this.#thread();
  }

  /** @throws {TaskCancelledError} (rejects) when `signal` aborts. */
  run<N extends TaskName>(task: N, input: WorkerTasks[N]['input'], options: TaskOptions = {}): Promise<WorkerTasks[N]['output']> {
    const { signal, onProgress } = options;
    if (signal?.aborted) return Promise.reject(new TaskCancelledError());
    const id = this.#nextId++;
    const cancel = () => this.#post({ type: 'cancel', id });
    signal?.addEventListener('abort', cancel, { once: true });
    return new Promise<WorkerTasks[N]['output']>((resolve, reject) => {
      this.#running.set(id, { resolve: resolve as (value: unknown) => void, reject, onProgress });
      this.#post({ type: 'run', id, task, input } as WorkerRequest);
    }).finally(() => signal?.removeEventListener('abort', cancel));
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    if (worker) await endWorker(worker);
    this.#failAll(new TaskCancelledError());
  }

  #post(request: WorkerRequest): void {
    this.#thread().postMessage(request);
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker;
    const { bundlePath, journalPath: path } = this.options;
    const worker = new Worker(bundlePath, { workerData: { path, bundlePath } });
    worker.on('message', (answer: WorkerAnswer) => this.#receive(answer));
    worker.on('error', (error) => this.#failAll(failureOf(error instanceof Error ? error.message : String(error))));
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#failAll(new Error('the journal worker stopped'));
    });
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #receive(answer: WorkerAnswer): void {
    const running = this.#running.get(answer.id);
    if (!running) return;
    if (answer.type === 'progress') {
      running.onProgress?.(answer.done, answer.total);
      return;
    }
    this.#running.delete(answer.id);
    if (answer.type === 'result') running.resolve(answer.value);
    else running.reject(answer.cancelled ? new TaskCancelledError() : failureOf(answer.message));
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#running.values()) reject(error);
    this.#running.clear();
  }
}

/** A damaged file or a failing disk is said in words; the rest is for the log. */
function failureOf(message: string): Error {
  const error = new Error(message);
  const failure = toJournalWriteError(error);
  return isFileLost(failure) ? failure : error;
}

/** Longest that closing waits for a step that cannot be cut short (a copy, a long search). */
const PATIENCE_MS = 10_000;

/** Asked to end, and killed only as a last resort: a thread killed inside SQLite takes the whole process with it. */
async function endWorker(worker: Worker): Promise<void> {
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const lastResort = setTimeout(() => void worker.terminate(), PATIENCE_MS);
  worker.ref();
  worker.postMessage({ type: 'close' } satisfies WorkerRequest);
  await ended;
  clearTimeout(lastResort);
}
