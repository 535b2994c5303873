import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { rolldown } from 'rolldown';

export interface MeasuredPool {
  readonly pool: 'data' | 'documents';
  readonly limit: number;
  readonly calls: number;
  /** Path of the endpoint that is called, identifier in place. */
  readonly path: string;
}

export interface Setting {
  readonly windowMs: number;
  readonly pools: readonly MeasuredPool[];
}

export interface Ready {
  readonly apiUrl: string;
  readonly token: string;
}

export type Order = 'start colleague' | 'report';

export interface WindowReport {
  readonly pool: string;
  /** Number of the aligned window since the epoch. */
  readonly index: number;
  readonly takenByColleague: number;
  readonly refused: number;
}

export interface Report {
  readonly windows: readonly WindowReport[];
}

/** The sandbox in a thread of its own. */
export interface Service extends Ready {
  startColleague(): void;
  report(): Promise<Report>;
  stop(): Promise<void>;
}

const root = process.cwd();
const script = join(root, '.cache/bench/quota-service-worker.mjs');

export async function buildService(): Promise<void> {
  const bundle = await rolldown({
    input: join(root, 'tests/bench/quota/service-worker.ts'),
    platform: 'node',
    external: ['@photostructure/sqlite', 'pdfkit', 'luxon', 'yazl'],
  });
  await bundle.write({ file: script, format: 'esm', codeSplitting: false });
  await bundle.close();
}

export async function startService(setting: Setting): Promise<Service> {
  const worker = new Worker(script, { workerData: setting });
  const next = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  const order = (text: Order): void => worker.postMessage(text);
  const ready = await next<Ready>();
  return {
    ...ready,
    startColleague: () => order('start colleague'),
    report: () => {
      const report = next<Report>();
      order('report');
      return report;
    },
    stop: async () => void (await worker.terminate()),
  };
}
