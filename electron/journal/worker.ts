import { type MessagePort, parentPort, workerData } from 'node:worker_threads';

import type { Stretch } from './walk';
import type { WorkerRequest } from './worker-protocol';

interface WorkerData {
  readonly path: string;
  /** This very script, for the threads that help. */
  readonly bundlePath: string;
  /** Present in a thread that walks these rows and ends. */
  readonly stretch?: Stretch;
}

/**
 * Entry of the journal's threads: one searches, verifies and exports without holding up the main process, others help it
 * to verify. Each loads its own part only: what writes PDF files takes longer to load than a helper has to walk.
 */
const { path, bundlePath, stretch } = workerData as WorkerData;
if (!parentPort) throw new Error('this file runs as a worker thread');
void (stretch ? walk(parentPort, stretch) : serve(parentPort));

async function walk(port: MessagePort, rows: Stretch): Promise<void> {
  const { walkAndTell } = await import('./walk-thread');
  await walkAndTell(port, path, rows);
}

async function serve(port: MessagePort): Promise<void> {
  const { serveJournal } = await import('./worker-tasks');
  const tasks = serveJournal({ path, bundlePath }, (answer) => port.postMessage(answer));
  port.on('message', (request: WorkerRequest) => {
    if (request.type === 'close') void tasks.close().then(() => port.close());
    else tasks.handle(request);
  });
}
