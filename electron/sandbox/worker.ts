import { parentPort } from 'node:worker_threads';

import { startSandbox } from './sandbox';

/** Time an answer takes in a demonstration, so that progress can be seen. */
const DEMONSTRATION_LATENCY_MS = 150;

/** What the main process learns once the sandbox listens. */
export interface SandboxReady {
  readonly apiBaseUrl: string;
  readonly searchBaseUrl: string;
  readonly controlUrl: string;
  readonly controlSecret: string;
  readonly token: string;
}

/** Version 2 is played here, because a setting of the application already says whether it may be called. */
async function start(): Promise<void> {
  const { apiUrl, searchUrl, controlUrl, controlSecret, tokens } = await startSandbox({ latencyMs: DEMONSTRATION_LATENCY_MS, v2Enabled: true });
  const ready: SandboxReady = { apiBaseUrl: apiUrl, searchBaseUrl: searchUrl, controlUrl, controlSecret, token: tokens.complete };
  parentPort?.postMessage(ready);
}

void start();
