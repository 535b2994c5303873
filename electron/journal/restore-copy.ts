import { setImmediate as nextTurn } from 'node:timers/promises';

import type { VerificationReport } from '../../shared/domain/journal';
import { type Database, inTransaction } from '../storage/database';
import { keysOf, readAnnouncements } from './announcements';
import type { Entry } from './format';
import { ENTRY_COLUMNS, hashReader, openForReading, openForWriting, readEntries, readLastEntry, removeJournalFiles } from './journal-database';
import { readableOr } from './journal-error';
import { verifyJournal } from './verify';
import type { Walk, WalkControl } from './walk';

/** A backup, copied row by row into a journal of our own making and verified there. */
export interface CheckedBackup {
  readonly report: VerificationReport;
  /** Milliseconds since the Unix epoch, of the last row; null when there is none. */
  readonly lastAt: number | null;
  /** Whether the present journal goes on from the backup's last row. */
  readonly isContained: boolean;
  /** Last row of the present journal. */
  readonly presentSeq: number;
}

export interface RestoreCopy {
  readonly backupPath: string;
  /** Where the copy is made; what was there is replaced. */
  readonly candidatePath: string;
  /** Base64 of the key in the keychain. */
  readonly publicKey: string;
}

const CHUNK_ROWS = 5_000;

/**
 * Nothing of the backup but its rows is taken over: a file brought from elsewhere may carry triggers of its own, and may
 * change between the check and the restoration. Nothing is left behind when it throws. Errors are SQLite's own.
 */
export async function copyForRestore(present: Database, copy: RestoreCopy, control: WalkControl, walkOn: (database: Database, path: string) => Walk): Promise<CheckedBackup> {
  removeJournalFiles(copy.candidatePath);
  try {
    const backup = openForReading(copy.backupPath);
    try {
      await copyRows(backup, copy.candidatePath, control);
    } finally {
      backup.close();
    }
    return await check(present, copy, control, walkOn);
  } catch (error) {
    removeJournalFiles(copy.candidatePath);
    throw error;
  }
}

async function check(present: Database, { candidatePath, publicKey }: RestoreCopy, control: WalkControl, walkOn: (database: Database, path: string) => Walk): Promise<CheckedBackup> {
  const candidate = openForReading(candidatePath);
  try {
    const walk: Walk = (stretch, { signal }) => walkOn(candidate, candidatePath)(stretch, { signal, onProgress: (done, total) => control.onProgress?.(total + done, total * 2) });
    // A damaged present journal is why a backup is wanted. One taken before the keychain was lost: the present journal says with which keys it was opened.
    const formerKeys = readableOr<ReadonlySet<string>>(new Set(), () => keysOf(readAnnouncements(present)));
    const report = await verifyJournal(candidate, { publicKey, formerKeys, witness: null, walk, ...(control.signal ? { signal: control.signal } : {}) });
    const last = readLastEntry(candidate);
    const isContained = last !== null && readableOr(false, () => hashReader(present)(last.seq) === last.hash);
    return { report, lastAt: last?.at ?? null, isContained, presentSeq: readableOr(0, () => readLastEntry(present)?.seq ?? 0) };
  } finally {
    candidate.close();
  }
}

async function copyRows(backup: Database, path: string, { onProgress, signal }: WalkControl): Promise<void> {
  const target = openForWriting(path);
  try {
    const total = readLastEntry(backup)?.seq ?? 0;
    const insert = target.prepare(`INSERT INTO entries (${ENTRY_COLUMNS}) VALUES (${ENTRY_COLUMNS.split(',').map(() => '?').join(', ')})`);
    for (let from = 1; from <= total; from += CHUNK_ROWS) {
      onProgress?.(from - 1, total * 2);
      await nextTurn();
      signal?.throwIfAborted();
      inTransaction(target, () => {
        for (const entry of readEntries(backup, from, from + CHUNK_ROWS - 1)) insert.run(...columnsOf(entry));
      });
    }
    inTransaction(target, () => copyProofs(backup, target));
    target.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    target.close();
  }
}

function columnsOf({ seq, at, offset, event, intent, prev, hash, commitment, salt, parts }: Entry): (string | number | null)[] {
  const { actor = null, purpose = null, result = null, subject = null, words = null } = parts;
  return [seq, at, offset, event, intent, prev, hash, commitment, salt, actor, purpose, result, subject, words];
}

/** Seals, anchors, and how far the end of retention went. */
function copyProofs(backup: Database, target: Database): void {
  for (const [table, columns] of [
    ['seals', 'seq, hash, at, public_key, signature'],
    ['anchors', 'seq, hash, authority, stamped_at, token'],
    ['head', 'id, seq, hash'],
  ] as const) {
    const read = backup.prepare(`SELECT ${columns} FROM ${table}`);
    read.setReturnArrays(true);
    const write = target.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.split(',').map(() => '?').join(', ')})`);
    for (const row of read.all() as unknown as (string | number | Uint8Array)[][]) write.run(...row);
  }
  const { through } = backup.prepare('SELECT purge_through AS through FROM retention').get() as { through: number };
  target.prepare('UPDATE retention SET purge_through = ? WHERE id = 1').run(through);
}
