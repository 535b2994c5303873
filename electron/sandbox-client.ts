import { Worker } from 'node:worker_threads';

import type { SandboxReady } from './sandbox/worker';

const START_TIMEOUT_MS = 10_000;

export interface SandboxWorker extends SandboxReady {
  stop(): Promise<void>;
}

/**
 * Starts the embedded service in a thread of its own, so that it competes with main for nothing. Apart
 * from the service's folder, so that main does not carry the service along.
 * @throws when the thread fails, or does not listen within ten seconds.
 */
export function startSandboxWorker(scriptPath: string): Promise<SandboxWorker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(scriptPath);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      void worker.terminate();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error('the sandbox did not start in time')), START_TIMEOUT_MS);
    worker.once('error', fail);
    worker.once('message', (ready: SandboxReady) => {
      clearTimeout(timer);
      worker.off('error', fail);
      worker.unref();
      resolve({ ...ready, stop: async () => void (await worker.terminate()) });
    });
  });
}
