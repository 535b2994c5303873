import { parentPort, workerData } from 'node:worker_threads';

import type { WorkerRequest } from './worker-protocol';
import { serveJournal } from './worker-tasks';

/** Entry of the worker thread: searches, verifies and exports without holding up the main process. */
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');
const { path } = workerData as { readonly path: string };
const handle = serveJournal(path, (answer) => port.postMessage(answer));
port.on('message', (request: WorkerRequest) => handle(request));
