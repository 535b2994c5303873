/** Time, injected everywhere so that rules can be tested without waiting. */
export interface Clock {
  /** Milliseconds since the Unix epoch, on this machine's clock. */
  now(): number;
  /** Milliseconds that never go back, for durations. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
