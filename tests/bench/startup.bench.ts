import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { electronCommand, launchApp, projectRoot, removeUserData, waitUntilReady } from '../support/app';
import { median, type Metric } from './metric';

const RUNS = 5;
const packedExecutable = join(projectRoot, 'release/linux-unpacked/instruire');
/** How often the display is asked for its windows. */
const LOOK_EVERY_MS = 10;
const LONGEST_START_MS = 60_000;

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
    ...(existsSync(packedExecutable) ? await packedMetrics() : []),
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

/**
 * The packed application refuses whoever would drive it from inside: it is timed from outside, by the title that the
 * sign-in screen gives to its window once main has answered; so is the empty window beside it.
 */
async function packedMetrics(): Promise<Metric[]> {
  const packed: number[] = [];
  const empty: number[] = [];
  for (let index = 0; index <= RUNS; index += 1) {
    const emptyMs = await timeToTitle(/"empty"/, join(projectRoot, 'tests/bench/empty-window'));
    const packedMs = await timeToTitle(/"Connexion .*Instruire"/, null);
    if (index > 0) {
      empty.push(emptyMs);
      packed.push(packedMs);
    }
  }
  return [
    { metric: 'packed_startup_ms', value: median(packed), unit: 'ms' },
    { metric: 'packed_empty_window_ms', value: median(empty), unit: 'ms' },
    { metric: 'packed_ratio_to_empty_window', value: median(packed) / median(empty), unit: 'x' },
  ];
}

/** @param appFolder null: the packed application. */
async function timeToTitle(title: RegExp, appFolder: string | null): Promise<number> {
  const userData = mkdtempSync(join(tmpdir(), 'instruire-bench-'));
  const { executable, args, env } = await electronCommand({ userData, ...(appFolder === null ? {} : { appFolder }) });
  const [command, switches] = appFolder === null ? [packedExecutable, args.filter((argument) => argument.startsWith('--'))] : [executable, args];
  const startedAt = performance.now();
  const child = spawn(command, switches, { env, stdio: 'ignore', detached: true });
  try {
    while (!title.test(spawnSync('xwininfo', ['-root', '-tree'], { encoding: 'utf8' }).stdout)) {
      if (child.exitCode !== null || performance.now() - startedAt > LONGEST_START_MS) throw new Error(`${command} has shown no window`);
      await delay(LOOK_EVERY_MS);
    }
    return performance.now() - startedAt;
  } finally {
    await end(child);
    removeUserData(userData);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
