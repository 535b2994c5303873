import type { Clock } from '../storage/clock';
import type { ConfirmedBy } from './clock-state';
import type { Journal } from './journal';

export interface ClockWatchDeps {
  readonly journal: Pick<Journal, 'clock'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Whether the service probably keeps this address away: it is then asked nothing. */
  readonly isHeldOff: () => boolean;
  /** `Date` of the service's free answer; null without an answer. */
  readonly readServerDate: () => Promise<string | null>;
  /** Whose hour that is. */
  readonly servedBy: () => ConfirmedBy;
  readonly logError: (place: string, error: unknown) => void;
}

export interface ClockWatch {
  /** Asks the service's hour now, when calls wait for it; resolves once it is known what it says. */
  check(this: void): Promise<void>;
  close(): void;
}

/** A machine that wakes, or whose clock was set, is noticed within this. */
const LOOK_EVERY_MS = 1_000;
const ASK_EVERY_MS = 60_000;

/** While the clock stands behind the rows, asks the service's: at once, then each minute. */
export function startClockWatch({ journal, clock, isHeldOff, readServerDate, servedBy, logError }: ClockWatchDeps): ClockWatch {
  let askedAt = -Infinity;
  let asking: Promise<void> | null = null;
  const ask = async (): Promise<void> => {
    askedAt = clock.monotonic();
    try {
      if (isHeldOff()) return journal.clock.noteHeldOff();
      const served = Date.parse((await readServerDate().catch(() => null)) ?? '');
      await journal.clock.noteServedTime(Number.isNaN(served) ? null : served, servedBy());
    } catch (error) {
      logError('confirmation of the clock', error);
    }
  };
  const check = async (): Promise<void> => {
    journal.clock.look();
    if (journal.clock.isBehind) await (asking ??= ask().finally(() => (asking = null)));
  };
  const look = (): void => {
    journal.clock.look();
    if (!journal.clock.isBehind) askedAt = -Infinity;
    else if (clock.monotonic() - askedAt >= ASK_EVERY_MS) void check();
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  look();
  return { check, close: () => clearInterval(timer) };
}
