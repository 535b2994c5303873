import type { Clock } from '../storage/clock';
import type { Journal } from './journal';
import type { TimestampAuthority } from './timestamp';

export interface UpkeepDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Months that policy asks for; 36 at least whatever it says. */
  readonly retentionMonths: () => number;
  readonly authority: TimestampAuthority | null;
  readonly logError: (place: string, error: unknown) => void;
}

const DAY_MS = 86_400_000;
const CHECK_EVERY_MS = 3_600_000;

export interface Upkeep {
  /** What falls due now: the end of retention, and the stamp of the day. */
  runDue(): Promise<void>;
  /** Waits for what is under way, so that the journal can be closed after it. */
  close(): Promise<void>;
}

/** At the start, then once a day: deletes what is past retention and has the head stamped, when policy names an authority. */
export function startUpkeep(deps: UpkeepDeps): Upkeep {
  const { journal, clock, authority } = deps;
  let purgedAt = -Infinity;
  let underWay = Promise.resolve();
  const attempt = (place: string, work: () => Promise<unknown>) => work().catch((error: unknown) => deps.logError(place, error));
  const runOnce = async () => {
    const now = clock.now();
    if (now - purgedAt >= DAY_MS) {
      purgedAt = now;
      await attempt('end of retention', () => journal.purge(now, deps.retentionMonths()));
    }
    if (authority && isStampDue(journal, now)) await attempt('timestamp', () => journal.anchor(authority));
  };
  const runDue = () => (underWay = underWay.then(runOnce));
  // Hours, not days: a laptop that slept catches up soon after it wakes.
  const timer = setInterval(() => void runDue(), CHECK_EVERY_MS);
  timer.unref();
  void runDue();
  return {
    runDue,
    close: () => {
      clearInterval(timer);
      return underWay;
    },
  };
}

/** The journal's own last stamp decides: restarting ten times a day asks the authority once. */
function isStampDue(journal: Journal, now: number): boolean {
  const last = journal.lastAnchor();
  return last === null || now - last.stampedAt >= DAY_MS;
}
