import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

import type { Metric } from '../metric';

const BEAT_MS = 5;
const STALL_MS = 50;

/**
 * Milliseconds that main has waited for a processor since it started, ready to run: what this machine's other programs and
 * threads take. Zero where the system does not tell.
 */
function waitedForProcessorMs(): number {
  try {
    const [, waitedNs] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    return Number(waitedNs) / 1_000_000;
  } catch {
    return 0;
  }
}

/** Notes how late main's own beats come, as the window's calls would, and which came late for want of a processor. */
export function watchMain(prefix: 'idle_' | 'busy_thread_' | '' = ''): { stop(): readonly Metric[] } {
  let last = performance.now();
  let longest = 0;
  let stalls = 0;
  let unserved = 0;
  let waited = waitedForProcessorMs();
  const timer = setInterval(() => {
    const now = performance.now();
    const late = now - last - BEAT_MS;
    last = now;
    longest = Math.max(longest, late);
    const waitedNow = waitedForProcessorMs();
    if (late > STALL_MS) stalls += 1;
    // Without that wait the beat would have been in time.
    if (late > STALL_MS && late - (waitedNow - waited) <= STALL_MS) unserved += 1;
    waited = waitedNow;
  }, BEAT_MS);
  return {
    stop() {
      clearInterval(timer);
      return [
        { metric: `${prefix}stalls_over_50_ms`, value: stalls, unit: 'stalls' },
        { metric: `${prefix}stalls_waiting_for_a_processor`, value: unserved, unit: 'stalls' },
        { metric: `${prefix}longest_stall_ms`, value: longest, unit: 'ms' },
      ];
    },
  };
}

const FLOOR_WATCH_MS = 10_000;

/**
 * What this machine alone makes late, main doing nothing: by itself, then beside a thread that only spins.
 * The second is the floor under {@link watchMain}: whoever shares the processors shows there too.
 */
export async function watchFloor(): Promise<readonly Metric[]> {
  const idle = watchMain('idle_');
  await sleep(FLOOR_WATCH_MS);
  const idleMetrics = idle.stop();
  const spinning = new Worker('for (;;);', { eval: true });
  const busy = watchMain('busy_thread_');
  await sleep(FLOOR_WATCH_MS);
  const busyMetrics = busy.stop();
  await spinning.terminate();
  return [...idleMetrics, ...busyMetrics];
}
