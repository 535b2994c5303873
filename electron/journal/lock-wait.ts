import { setTimeout as wait } from 'node:timers/promises';

import { toJournalWriteError } from './journal-error';

/** Another program holds the file: asked again this often, without holding the loop. */
export const LOCKED_RETRY_MS = 50;
/** For this long; what is not written by then is refused. */
export const LONGEST_LOCK_MS = 2_000;

/** Runs a write again until another program's lock lets it through, or has lasted too long. Errors are the work's own. */
export async function throughLocks<T>(work: () => T): Promise<T> {
  const since = performance.now();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (toJournalWriteError(error).reason !== 'locked' || performance.now() - since >= LONGEST_LOCK_MS) throw error;
    }
    await wait(LOCKED_RETRY_MS);
  }
}
