import { once } from 'node:events';

import type { Clock } from '../storage/clock';
import type { Journal } from './journal';
import type { TimestampAuthority } from './timestamp';

export interface UpkeepDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Months that policy asks for; 36 at least whatever it says. */
  readonly retentionMonths: () => number;
  readonly authority: TimestampAuthority | null;
  /** Reads the file whole; the signal says that the application closes. */
  readonly checkFile: (signal: AbortSignal) => Promise<void>;
  readonly logError: (place: string, error: unknown) => void;
}

const DAY_MS = 86_400_000;
/** The window is up by then, and what it first asked is answered. */
const FIRST_FILE_CHECK_AFTER_MS = 3_000;
const CHECK_EVERY_MS = 3_600_000;
/** A disk that failed may answer again, and calls wait for it. */
const FAILING_DISK_CHECK_EVERY_MS = 60_000;
/** Longest that quitting waits for the authority. */
const STAMP_AT_CLOSE_MS = 5_000;

export interface Upkeep {
  /** What falls due now: the end of retention, and the stamp of the day. */
  runDue(): Promise<void>;
  /** Reads the file whole, after what is under way. */
  checkFile(): void;
  /** Has what was written since the last stamp stamped, in 5 s at most, and waits for what is under way: the journal can be closed after it. */
  close(): Promise<void>;
}

/** At the start, then once a day: reads the file whole (once the window is up), deletes what is past retention and has the head stamped, when policy names an authority; stamped again at the close. */
export function startUpkeep(deps: UpkeepDeps): Upkeep {
  const { journal, clock, authority } = deps;
  let purgedAt = -Infinity;
  let fileCheckedAt = clock.now();
  let underWay = Promise.resolve();
  const patience = new AbortController();
  const patienceLost = once(patience.signal, 'abort');
  const closing = new AbortController();
  const attempt = (place: string, work: () => Promise<unknown>) => work().catch((error: unknown) => deps.logError(place, error));
  const stampIf = async (isDue: (journal: Journal) => boolean) => {
    if (!authority || patience.signal.aborted || !isDue(journal)) return;
    await Promise.race([attempt('timestamp', () => journal.anchor(authority)), patienceLost]);
  };
  const checkFile = async () => {
    fileCheckedAt = clock.now();
    await deps.checkFile(closing.signal).catch((error: unknown) => {
      if (!closing.signal.aborted) deps.logError('reading of the journal', error);
    });
  };
  const runOnce = async () => {
    const now = clock.now();
    if (isDayApart(now, fileCheckedAt)) await checkFile();
    if (isDayApart(now, purgedAt) && isReadable(journal)) {
      purgedAt = now;
      await attempt('end of retention', () => journal.purge(now, deps.retentionMonths(), { signal: closing.signal }));
    }
    await stampIf(isDayOver(now));
  };
  const runDue = () => (underWay = underWay.then(runOnce));
  // Hours, not days: a laptop that slept catches up soon after it wakes.
  const timer = setInterval(() => void runDue(), CHECK_EVERY_MS);
  const checkFileInTurn = () => void (underWay = underWay.then(checkFile));
  const firstFileCheck = setTimeout(checkFileInTurn, FIRST_FILE_CHECK_AFTER_MS);
  const retry = setInterval(() => {
    // Asked again when its turn comes: readings of a slow disk do not pile up.
    underWay = underWay.then(() => (journal.fileState.kind === 'failing' ? checkFile() : undefined));
  }, FAILING_DISK_CHECK_EVERY_MS);
  retry.unref();
  timer.unref();
  firstFileCheck.unref();
  void runDue();
  return {
    runDue,
    checkFile: checkFileInTurn,
    close: async () => {
      clearInterval(timer);
      clearInterval(retry);
      clearTimeout(firstFileCheck);
      closing.abort();
      const deadline = setTimeout(() => patience.abort(), STAMP_AT_CLOSE_MS);
      await (underWay = underWay.then(() => stampIf(wasWritten)));
      clearTimeout(deadline);
    },
  };
}

/** Either way: a clock set back must not put off what falls due until it has caught up. */
const isDayApart = (now: number, then: number): boolean => Math.abs(now - then) >= DAY_MS;

const isReadable = ({ fileState: { kind } }: Journal): boolean => kind !== 'damaged' && kind !== 'failing';

/** The journal's own last stamp decides: restarting ten times a day asks the authority once. */
const isDayOver = (now: number) => (journal: Journal) => {
  const last = journal.lastAnchor();
  return last === null || now - last.stampedAt >= DAY_MS;
};

/** More than the row that tells of the last stamp. */
function wasWritten(journal: Journal): boolean {
  return journal.head().seq > (journal.lastAnchor()?.seq ?? -1) + 1;
}
