import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';
import type { MessagePort } from 'node:worker_threads';

import { openForReading } from './journal-database';
import { type Stretch, walkHere } from './walk';
import type { WalkMessage } from './walk-threads';

/** Walks in a thread of its own, tells `port` how far it is and what it found, and ends. Whatever `port` says means: stop. */
export async function walkAndTell(port: MessagePort, path: string, rows: Stretch): Promise<void> {
  stepBack();
  const tell = (message: WalkMessage) => port.postMessage(message);
  const controller = new AbortController();
  port.once('message', () => controller.abort());
  const database = openForReading(path);
  try {
    const found = await walkHere(database, rows, { signal: controller.signal, onProgress: (done) => tell({ type: 'progress', done }) });
    tell({ type: 'end', found });
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    database.close();
    port.close();
  }
}

/** As many threads as processors walk at once: the one that answers the screen goes before them, where threads have priorities of their own. */
function stepBack(): void {
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Only Linux gives a thread a number and a priority of its own.
  }
}
