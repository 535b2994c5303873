import type { MessagePort } from 'node:worker_threads';

import { openForReading } from './journal-database';
import { type Stretch, walkHere } from './walk';
import type { WalkMessage } from './walk-threads';

/** Walks in a thread of its own, tells `port` how far it is and what it found, and ends. Whatever `port` says means: stop. */
export async function walkAndTell(port: MessagePort, path: string, rows: Stretch): Promise<void> {
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
