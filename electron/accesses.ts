import type { Clock } from './storage/clock';

/** The same agent, in the same session, reading the same thing again sooner than this has not left it. */
const SAME_ACCESS_MS = 60_000;
/** A screen left open all day is said again so often. */
const LONGEST_ACCESS_MS = 3_600_000;

interface Access {
  readonly traced: Promise<unknown>;
  readonly beganAt: number;
  lastAt: number;
}

/** Traces an access that `key` names at its beginning only; rejects, and forgets it, when it could not be traced. */
export type TraceOnce = (key: readonly unknown[], trace: () => Promise<unknown>) => Promise<void>;

export function createAccesses(clock: Clock): TraceOnce {
  const accesses = new Map<string, Access>();
  return async (parts, trace) => {
    const now = clock.monotonic();
    for (const [key, access] of accesses) if (isOver(access, now)) accesses.delete(key);
    const key = JSON.stringify(parts);
    const known = accesses.get(key);
    if (known) known.lastAt = now;
    const access = known ?? { traced: trace(), beganAt: now, lastAt: now };
    accesses.set(key, access);
    try {
      await access.traced;
    } catch (error) {
      accesses.delete(key);
      throw error;
    }
  };
}

function isOver({ beganAt, lastAt }: Access, now: number): boolean {
  return now - lastAt > SAME_ACCESS_MS || now - beganAt > LONGEST_ACCESS_MS;
}
