import { setImmediate as nextTurn } from 'node:timers/promises';

import type { PurgeSummary } from '../../shared/domain/journal';
import { type Database, inTransaction, reserveLog } from '../storage/database';
import { keysOf, readAnnouncements } from './announcements';
import { MINIMUM_RETENTION_MONTHS } from './journal-database';
import { JournalWriteError, toJournalWriteError } from './journal-error';
import { PART_NAMES } from './format';
import { throughLocks } from './lock-wait';

interface EmptyingControl {
  readonly onProgress: (done: number, total: number) => void;
  /** Asked between two steps: the database is left alone once it answers true. */
  readonly isOver: () => boolean;
}

/** For how long a journal must have known a date before it deletes anything by it. */
const BELIEVED_AFTER_MS = 7 * 86_400_000;
/** Rows looked at or emptied at once: a few milliseconds, so that calls and screens go on meanwhile. */
const STEP_ROWS = 1_000;
const emptied = ['salt', ...PART_NAMES].map((name) => `${name} = NULL`).join(', ');

/** Months that apply: policy can lengthen the minimum, nothing can shorten it. */
export function retentionMonths(months: number): number {
  return Math.max(MINIMUM_RETENTION_MONTHS, Math.ceil(months));
}

/**
 * What a purge would delete now. Stops at the first row that must stay, so that a clock set back cannot shorten retention; and
 * counts from a date that the journal has known for a week, so that one set forward by mistake cannot either.
 */
export async function previewPurge(database: Database, now: number, months: number): Promise<PurgeSummary> {
  const applied = retentionMonths(months);
  const last = (database.prepare('SELECT max(seq) AS seq FROM entries').get() as { seq: number | null }).seq ?? 0;
  const before = monthsBefore(await believed(database, now, last), applied);
  const firstKept = database.prepare('SELECT min(seq) AS seq FROM entries WHERE seq > ? AND seq <= ? AND at >= ?');
  const done = purgedThrough(database);
  let through = done;
  while (through < last) {
    const end = Math.min(through + STEP_ROWS, last);
    const { seq } = firstKept.get(through, end, before) as { seq: number | null };
    through = seq === null ? end : seq - 1;
    if (seq !== null) break;
    await nextTurn();
  }
  return { months: applied, lineCount: through - done, throughSeq: through === done ? 0 : through, before };
}

/** Keys that the rows to be emptied name: the chain must go on saying with which keys it was sealed. */
export async function keysUpTo(database: Database, throughSeq: number): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (let done = purgedThrough(database); done < throughSeq; done += STEP_ROWS) {
    for (const key of keysOf(readAnnouncements(database, done + 1, Math.min(done + STEP_ROWS, throughSeq)))) keys.add(key);
    await nextTurn();
  }
  return keys;
}

/**
 * Empties the rows up to `throughSeq`: envelopes, commitments and hashes stay, so that the chain still proves itself.
 * Each step is a transaction; after a crash or a close the next purge goes on where this one stopped.
 */
export async function emptyRows(database: Database, throughSeq: number, { onProgress, isOver }: EmptyingControl): Promise<void> {
  const advance = database.prepare('UPDATE retention SET purge_through = max(purge_through, ?) WHERE id = 1');
  const empty = database.prepare(`UPDATE entries SET ${emptied} WHERE seq > ? AND seq <= ?`);
  const first = purgedThrough(database);
  for (let done = first; done < throughSeq; ) {
    onProgress(done - first, throughSeq - first);
    const end = Math.min(done + STEP_ROWS, throughSeq);
    const from = done;
    await throughLocks(() => {
      if (isOver()) return;
      inTransaction(database, () => {
        advance.run(end);
        empty.run(from, end);
      });
    });
    done = end;
    await nextTurn();
    if (isOver()) return;
  }
}

/**
 * Empties the log, whose former pages still hold what was deleted. A reader in the middle of a row keeps it from that: it is
 * waited for as another program's lock is. False when it stayed.
 */
export async function emptyLog(database: Database, isOver: () => boolean): Promise<boolean> {
  try {
    await throughLocks(() => {
      if (isOver()) return;
      const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { readonly busy: number };
      if (busy !== 0) throw new JournalWriteError('locked');
      reserveLog(database);
    });
    return true;
  } catch (error) {
    if (toJournalWriteError(error).reason === 'locked') return false;
    throw error;
  }
}

/** At most a week after the last row that was written a week ago or earlier; no date at all where there is none. */
async function believed(database: Database, now: number, last: number): Promise<number> {
  const known = database.prepare('SELECT at FROM entries WHERE seq > ? AND seq <= ? AND at <= ? ORDER BY seq DESC LIMIT 1');
  for (let end = last; end > 0; end -= STEP_ROWS) {
    const row = known.get(end - STEP_ROWS, end, now - BELIEVED_AFTER_MS) as { readonly at: number } | undefined;
    if (row) return Math.min(now, row.at + BELIEVED_AFTER_MS);
    await nextTurn();
  }
  return Math.min(now, BELIEVED_AFTER_MS);
}

function purgedThrough(database: Database): number {
  return (database.prepare('SELECT purge_through AS through FROM retention').get() as { through: number }).through;
}

/** The same instant, so many months earlier. */
export function monthsBefore(now: number, months: number): number {
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.getTime();
}
