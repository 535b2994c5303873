import type { JournalBreak } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { type BreakTold, readAnnouncements } from './announcements';
import { readLastEntry } from './journal-database';
import { toJournalWriteError } from './journal-error';
import type { Walk } from './walk';

/**
 * `damaged`: SQLite cannot read all of it. `failing`: the disk gives an error where it is read or written. `broken`: all of it can
 * be read, but a row is not the one that was written.
 */
export type FileState = { readonly kind: 'intact' | 'damaged' | 'failing' } | BrokenState;

export interface BrokenState {
  readonly kind: 'broken';
  readonly found: JournalBreak;
  readonly told: BreakTold;
}

/** What stands beside the rows; small, and read whole. */
const SMALL_TABLES = ['head', 'seals', 'anchors', 'retention'] as const;

/**
 * Reads every page that the journal stands on: damage in the middle shows neither at the opening nor when rows are added.
 * @throws the signal's reason when aborted.
 */
export async function checkFile(database: Database, walk: Walk, signal: AbortSignal): Promise<FileState> {
  try {
    if (!SMALL_TABLES.every((table) => isSound(database, table))) return { kind: 'damaged' };
    const found = await walk({ fromSeq: 1, toSeq: readLastEntry(database)?.seq ?? 0 }, { signal });
    if (found === null) return { kind: 'intact' };
    if (!isSound(database, 'entries')) return { kind: 'damaged' };
    return { kind: 'broken', found, told: readAnnouncements(database).brokenRows.get(found.seq) ?? 'no' };
  } catch (error) {
    return stateFromError(error);
  }
}

/**
 * What an error met while the file was opened or read says of it.
 * @throws the error itself when it says nothing of the file.
 */
export function stateFromError(error: unknown): FileState {
  const { reason } = toJournalWriteError(error);
  if (reason === 'damaged') return { kind: 'damaged' };
  if (reason === 'failing_disk') return { kind: 'failing' };
  throw error;
}

function isSound(database: Database, table: string): boolean {
  const { quick_check: said } = database.prepare(`PRAGMA quick_check(${table})`).get() as { readonly quick_check: string };
  return said === 'ok';
}
