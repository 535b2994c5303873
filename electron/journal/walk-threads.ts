import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import type { JournalBreak } from '../../shared/domain/journal';
import { rowsOf, type Stretch, type Walk, type WalkControl } from './walk';

/** What a thread that walks says to whoever started it. */
export type WalkMessage = { readonly type: 'progress'; readonly done: number } | { readonly type: 'end'; readonly found: JournalBreak | null };

export interface WalkThreadsOptions {
  /** Script that walks when its `workerData` holds a `stretch`. */
  readonly bundlePath: string;
  readonly journalPath: string;
  readonly threadCount: number;
}

/** Fewer rows than this are walked sooner than a thread starts. */
const ROWS_PER_THREAD = 100_000;
const MOST_THREADS = 4;

/** Threads worth starting for so many rows; below two, the caller's own does as well. */
export function threadsFor(rowCount: number): number {
  return Math.min(MOST_THREADS, availableParallelism(), Math.floor(rowCount / ROWS_PER_THREAD));
}

/** Walks as many stretches at once as there are threads: none depends on another, since each starts from the hash of the row before it. */
export function walkInThreads(options: WalkThreadsOptions): Walk {
  return async (stretch, { onProgress, signal }) => {
    signal?.throwIfAborted();
    const done: number[] = [];
    const total = rowsOf(stretch);
    const control = (index: number): WalkControl => ({
      signal,
      onProgress: (count) => {
        done[index] = count;
        onProgress?.(done.reduce((sum, each) => sum + each, 0), total);
      },
    });
    const threads = split(stretch, options.threadCount).map((part, index) => startThread(options, part, control(index)));
    try {
      for (const { result } of threads) {
        const found = await result;
        if (found) return found;
      }
      return null;
    } finally {
      await Promise.all(threads.map(({ stop }) => stop()));
    }
  };
}

function split({ fromSeq, toSeq }: Stretch, count: number): readonly Stretch[] {
  const size = Math.ceil(rowsOf({ fromSeq, toSeq }) / count);
  const parts = Array.from({ length: count }, (_, index) => ({ fromSeq: fromSeq + index * size, toSeq: Math.min(toSeq, fromSeq + (index + 1) * size - 1) }));
  return parts.filter((part) => rowsOf(part) > 0);
}

function startThread({ bundlePath, journalPath }: WalkThreadsOptions, stretch: Stretch, { onProgress, signal }: WalkControl) {
  const worker = new Worker(bundlePath, { workerData: { path: journalPath, bundlePath, stretch } });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const result = new Promise<JournalBreak | null>((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.on('error', reject);
    void ended.then(() => reject(new Error('a thread that walked the journal stopped')));
    worker.on('message', (message: WalkMessage) => {
      if (message.type === 'end') resolve(message.found);
      else onProgress?.(message.done, rowsOf(stretch));
    });
  });
  // Awaited in order: one that fails meanwhile is told when its turn comes.
  result.catch(() => undefined);
  // Asked to end, never killed: a thread killed inside SQLite takes the whole process with it.
  const stop = () => {
    worker.postMessage('stop');
    return ended;
  };
  return { result, stop };
}
