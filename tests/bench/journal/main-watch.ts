import { setTimeout as sleep } from 'node:timers/promises';

import type { Metric } from '../metric';

const BEAT_MS = 5;
const STALL_MS = 50;

/** Notes how late main's own beats come, as the window's calls would. */
export function watchMain(prefix: 'idle_' | '' = ''): { stop(): readonly Metric[] } {
  let last = performance.now();
  let longest = 0;
  let stalls = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    const late = now - last - BEAT_MS;
    last = now;
    longest = Math.max(longest, late);
    if (late > STALL_MS) stalls += 1;
  }, BEAT_MS);
  return {
    stop() {
      clearInterval(timer);
      return [
        { metric: `${prefix}stalls_over_50_ms`, value: stalls, unit: 'stalls' },
        { metric: `${prefix}longest_stall_ms`, value: longest, unit: 'ms' },
      ];
    },
  };
}

const IDLE_WATCH_MS = 10_000;

/** What this machine alone makes late, in ten seconds in which the program does nothing: the floor under the figures of {@link watchMain}. */
export async function watchIdle(): Promise<readonly Metric[]> {
  const idle = watchMain('idle_');
  await sleep(IDLE_WATCH_MS);
  return idle.stop();
}
