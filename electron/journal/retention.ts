import type { PurgeSummary } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { MINIMUM_RETENTION_MONTHS, readLastEntry } from './journal-database';
import { PART_NAMES } from './format';

export interface PurgePreview extends PurgeSummary {
  /** Milliseconds since the Unix epoch: rows older than this are concerned. */
  readonly before: number;
}
export type PurgeResult = PurgePreview;

const holdsSomething = 'salt IS NOT NULL';
const emptied = ['salt', ...PART_NAMES].map((name) => `${name} = NULL`).join(', ');

/** What a purge would delete now. Stops at the first row that must stay, so that a clock set back cannot shorten retention. */
export function previewPurge(database: Database, now: number, months: number): PurgePreview {
  const applied = Math.max(MINIMUM_RETENTION_MONTHS, Math.ceil(months));
  const before = monthsBefore(now, applied);
  const kept = database.prepare('SELECT seq FROM entries WHERE at >= ? ORDER BY seq LIMIT 1').get(before) as { seq: number } | undefined;
  const throughSeq = kept ? kept.seq - 1 : (readLastEntry(database)?.seq ?? 0);
  const row = database.prepare(`SELECT count(*) AS n FROM entries WHERE seq <= ? AND ${holdsSomething}`).get(throughSeq) as { n: number };
  return { months: applied, lineCount: row.n, throughSeq: row.n === 0 ? 0 : throughSeq, before };
}

/**
 * Empties the rows past retention: envelopes, commitments and hashes stay, so that the chain still proves itself.
 * `commit` writes the event and runs `emptyRows` in the same transaction.
 */
export function purge(database: Database, now: number, months: number, commit: (result: PurgeResult, emptyRows: () => void) => void): PurgeResult {
  const preview = previewPurge(database, now, months);
  if (preview.lineCount === 0) return preview;
  database.exec('PRAGMA secure_delete = ON');
  commit(preview, () => {
    database.prepare('UPDATE retention SET purge_through = ? WHERE id = 1').run(preview.throughSeq);
    database.prepare(`UPDATE entries SET ${emptied} WHERE seq <= ? AND ${holdsSomething}`).run(preview.throughSeq);
  });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return preview;
}

function monthsBefore(now: number, months: number): number {
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.getTime();
}
