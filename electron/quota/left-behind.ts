/** A call that left is counted within this share of a window, or never: 15 s of a minute, past the service's own bound of 10 s. */
const LATE_SHARE = 1 / 4;

/** Calls of a life that was cut short: the service may count them at any time until then. */
export interface LeftBehind {
  readonly units: number;
  /** Local time. */
  readonly until: number;
}

/** What a life wrote down of its window. */
export interface FormerLife {
  /** Local time at which its window was certainly over. */
  readonly opensAt: number | null;
  /** Units whose calls may still have been on their way. Absent before they were kept. */
  readonly inFlight?: number;
  readonly left?: readonly LeftBehind[];
}

/** Those that may still be counted, or have been in a window that may not be over: the later ones drop out by themselves. */
export function leftBehindBy({ opensAt, inFlight = 0, left = [] }: FormerLife, now: number, windowMs: number): readonly LeftBehind[] {
  const lateMs = windowMs * LATE_SHARE;
  const last = { units: inFlight, until: Math.min(now, opensAt ?? now) + lateMs };
  return [...left, last]
    .map(({ units, until }) => ({ units, until: Math.min(until, now + lateMs) }))
    .filter(({ units, until }) => units > 0 && until + windowMs > now);
}

export function unitsOf(left: readonly LeftBehind[]): number {
  return left.reduce((sum, { units }) => sum + units, 0);
}
