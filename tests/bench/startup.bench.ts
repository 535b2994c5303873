import { join } from 'node:path';

import { launchApp, projectRoot, removeUserData, waitUntilReady } from '../support/app';
import { median, type Metric } from './metric';

const RUNS = 5;

/** Opens a real window. */
export const needsWindow = true;

interface Start {
  readonly readyMs: number;
  readonly memoryMb: number;
}

/** From process start to the usable sign-in screen, and memory over all processes, beside an empty window. */
export async function run(): Promise<Metric[]> {
  const product: Start[] = [];
  const empty: Start[] = [];
  // The first of each warms the disk cache; then in turn, so that a drift of the machine touches both.
  for (let index = 0; index <= RUNS; index += 1) {
    const emptyStart = await measure(join(projectRoot, 'tests/bench/empty-window'));
    const productStart = await measure(projectRoot);
    if (index > 0) {
      empty.push(emptyStart);
      product.push(productStart);
    }
  }
  const productMs = median(product.map((start) => start.readyMs));
  const emptyMs = median(empty.map((start) => start.readyMs));
  const productMb = median(product.map((start) => start.memoryMb));
  const emptyMb = median(empty.map((start) => start.memoryMb));
  return [
    { metric: 'startup_ms', value: productMs, unit: 'ms' },
    { metric: 'empty_window_ms', value: emptyMs, unit: 'ms' },
    { metric: 'ratio_to_empty_window', value: productMs / emptyMs, unit: 'x' },
    { metric: 'memory_mb', value: productMb, unit: 'MB' },
    { metric: 'memory_over_empty_window_mb', value: productMb - emptyMb, unit: 'MB' },
  ];
}

async function measure(appFolder: string): Promise<Start> {
  const startedAt = performance.now();
  const running = await launchApp({ appFolder });
  await waitUntilReady(running.window);
  const readyMs = performance.now() - startedAt;
  const memoryMb = await running.app.evaluate(({ app }) =>
    app.getAppMetrics().reduce((sum, metrics) => sum + metrics.memory.workingSetSize / 1024, 0),
  );
  await running.close();
  removeUserData(running.userData);
  return { readyMs, memoryMb };
}
