import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { createPackage } from '@electron/asar';

import pack from '../packed/pack';
import { packedFolder, startPacked } from '../packed/packed-app';
import { projectRoot } from '../support/app';
import { median, type Metric } from './metric';
import { WindowNames } from './startup/window-names';

const RUNS = 9;
const LONGEST_START_MS = 60_000;
const BYTES_PER_PAGE = 4096;
const BYTES_PER_MB = 1024 ** 2;

/** Opens real windows. */
export const needsWindow = true;

interface Start {
  readonly readyMs: number;
  readonly memoryMb: number;
}

/**
 * The packed application, from process start to the usable sign-in screen, beside the same packed program with an empty
 * window in it. It refuses whoever would drive it from inside: both are timed from outside, by the name that the page
 * gives to its window. The sign-in screen gives it once it is drawn with the answer of main.
 */
export async function run(): Promise<Metric[]> {
  pack();
  const bare = await packEmptyWindow();
  // What was packed is on the disk before anything is timed: the system would write it meanwhile.
  spawnSync('sync');
  const product: Start[] = [];
  const empty: Start[] = [];
  // The first of each warms the disk cache; then in turn, so that a drift of the machine touches both.
  for (let index = 0; index <= RUNS; index += 1) {
    const emptyStart = await measure(join(bare, 'instruire'), /"empty"/);
    const productStart = await measure(join(packedFolder, 'instruire'), /"Connexion .*Instruire"/);
    if (index > 0) {
      empty.push(emptyStart);
      product.push(productStart);
    }
  }
  rmSync(bare, { recursive: true });
  return metricsOf(product, empty);
}

function metricsOf(product: readonly Start[], empty: readonly Start[]): Metric[] {
  const [productMs, emptyMs] = [product, empty].map((starts) => median(starts.map(({ readyMs }) => readyMs))) as [number, number];
  const [productMb, emptyMb] = [product, empty].map((starts) => median(starts.map(({ memoryMb }) => memoryMb))) as [number, number];
  return [
    { metric: 'packed_startup_ms', value: productMs, unit: 'ms' },
    { metric: 'packed_empty_window_ms', value: emptyMs, unit: 'ms' },
    { metric: 'packed_ratio_to_empty_window', value: productMs / emptyMs, unit: 'x' },
    { metric: 'packed_memory_mb', value: productMb, unit: 'MB' },
    { metric: 'packed_memory_over_empty_window_mb', value: productMb - emptyMb, unit: 'MB' },
  ];
}

/** The program just packed, its fuses included, with nothing but an empty window in it. */
async function packEmptyWindow(): Promise<string> {
  const folder = join(projectRoot, '.cache/bench/packed-empty-window');
  rmSync(folder, { recursive: true, force: true });
  cpSync(packedFolder, folder, { recursive: true });
  const resources = join(folder, 'resources');
  for (const name of readdirSync(resources)) rmSync(join(resources, name), { recursive: true });
  await createPackage(join(projectRoot, 'tests/bench/empty-window'), join(resources, 'app.asar'));
  return folder;
}

async function measure(executable: string, name: RegExp): Promise<Start> {
  const windows = new WindowNames();
  const isNamed = windows.named(name, LONGEST_START_MS);
  const startedAt = performance.now();
  const app = startPacked({ executable });
  try {
    await isNamed;
    return { readyMs: performance.now() - startedAt, memoryMb: memoryOfGroup(app.process.pid) };
  } finally {
    windows.close();
    await app.remove();
  }
}

/** Resident memory of the program and its children, in MB, summed as Electron's own metrics do. */
function memoryOfGroup(group: number | undefined): number {
  const pages = readdirSync('/proc').map((entry) => {
    try {
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
      return Number(fields[2]) === group ? Number(fields[21]) : 0;
    } catch {
      // No process, or one that has just ended.
      return 0;
    }
  });
  return (pages.reduce((sum, count) => sum + count, 0) * BYTES_PER_PAGE) / BYTES_PER_MB;
}
