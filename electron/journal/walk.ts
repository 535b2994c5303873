import { setImmediate as nextTurn } from 'node:timers/promises';

import type { JournalBreak } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { readAnnouncements } from './announcements';
import { CHUNK_ROWS, openChain } from './chain';

/** Rows from one sequence number to another, both included. */
export interface Stretch {
  readonly fromSeq: number;
  readonly toSeq: number;
}

export interface WalkControl {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Finds the first row of a stretch that breaks the chain. Rejects with the signal's reason when aborted. */
export type Walk = (stretch: Stretch, control: WalkControl) => Promise<JournalBreak | null>;

/** How long the thread may go without looking at what it was sent. */
const TURN_MS = 20;

/** Walks on the connection and the thread of whoever asks. */
export async function walkHere(database: Database, { fromSeq, toSeq }: Stretch, { onProgress, signal }: WalkControl): Promise<JournalBreak | null> {
  const check = chainCheck(database);
  const total = rowsOf({ fromSeq, toSeq });
  let turnEndsAt = 0;
  for (let next = fromSeq; next <= toSeq; next += CHUNK_ROWS) {
    if (performance.now() >= turnEndsAt) {
      onProgress?.(next - fromSeq, total);
      await nextTurn();
      signal?.throwIfAborted();
      turnEndsAt = performance.now() + TURN_MS;
    }
    const found = check(next, Math.min(next + CHUNK_ROWS - 1, toSeq));
    if (found) return found;
  }
  onProgress?.(total, total);
  return null;
}

export function rowsOf({ fromSeq, toSeq }: Stretch): number {
  return Math.max(0, toSeq - fromSeq + 1);
}

/**
 * Empty rows fit once the chain itself says that their retention ended: what it says is read when a row does not fit,
 * and read again for the next, because a purge may begin meanwhile and always says so before it empties anything.
 */
function chainCheck(database: Database): (fromSeq: number, toSeq: number) => JournalBreak | null {
  let purgedThrough = 0;
  let chain = openChain(database, purgedThrough);
  return (fromSeq, toSeq) => {
    const found = chain.check(fromSeq, toSeq);
    if (!found) return null;
    const announced = readAnnouncements(database).purgedThrough;
    if (announced === purgedThrough) return found;
    purgedThrough = announced;
    chain = openChain(database, purgedThrough);
    return chain.check(fromSeq, toSeq);
  };
}
