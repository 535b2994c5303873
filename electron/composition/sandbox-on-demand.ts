import type { Host } from '../host';
import { type SandboxWorker, startSandboxWorker } from '../sandbox-client';

/** The embedded service, started when somebody signs in: the sign-in screen does not wait for it. */
export interface SandboxOnDemand {
  /** Null until it listens. */
  current(): SandboxWorker | null;
  /** Starts it once; whoever asks later waits for the same start. A failed start can be tried again. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createSandboxOnDemand(host: Host, onStart: (worker: SandboxWorker) => void): SandboxOnDemand {
  let running: SandboxWorker | null = null;
  let starting: Promise<void> | null = null;

  async function launch(): Promise<void> {
    const worker = await startSandboxWorker(host.workerPath('sandbox-worker'));
    running = worker;
    onStart(worker);
    host.onSandboxReady(worker);
  }

  return {
    current: () => running,
    start: () => {
      starting ??= launch().catch((error: unknown) => {
        starting = null;
        throw error;
      });
      return starting;
    },
    stop: async () => running?.stop(),
  };
}
