import { IpcFailure } from '../ipc-failure';
import { JournalWriteError } from './journal-error';
import { TaskCancelledError } from './worker-client';

/** A failed trace, in words for the screen. */
export function inWords(error: unknown): unknown {
  return error instanceof JournalWriteError ? new IpcFailure('unavailable', error.message) : error;
}

/** What comes, or why not in words. */
export async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw inWords(error);
  }
}

/** Runs a long work that {@link cancel} stops by its id; null when it was stopped. */
export async function cancellable<T>(running: Map<string, AbortController>, id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (error instanceof TaskCancelledError) return null;
    throw inWords(error);
  } finally {
    running.delete(id);
  }
}

export function cancel(running: ReadonlyMap<string, AbortController>, id: string): null {
  running.get(id)?.abort();
  return null;
}
