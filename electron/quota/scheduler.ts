import type { Clock } from '../storage/clock';

export type Timer = object | number;

/** Time and alarms, injected: the rules never look at a clock themselves. */
export interface Scheduler {
  /** Milliseconds since the Unix epoch on this machine; never goes back while the program runs. */
  now(): number;
  /** Calls `run` once `now()` has reached `at`. */
  setTimer(at: number, run: () => void): Timer;
  clearTimer(timer: Timer): void;
}

/** Longest delay that `setTimeout` accepts. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Reads the machine's clock once, then counts with the monotonic one: setting the clock does not move the windows. */
export function systemScheduler(clock: Clock): Scheduler {
  const origin = clock.now() - clock.monotonic();
  const now = (): number => origin + clock.monotonic();
  return {
    now,
    setTimer: (at, run) => {
      // Timers may fire a little early: rounding up keeps the promise.
      const timeout = setTimeout(run, Math.min(LONGEST_TIMEOUT_MS, Math.max(0, Math.ceil(at - now()))));
      timeout.unref();
      return timeout;
    },
    clearTimer: (timer) => {
      clearTimeout(timer as NodeJS.Timeout);
    },
  };
}
