import type { Database } from '../storage/database';
import { readLastEntry } from './journal-database';
import { toJournalWriteError } from './journal-error';
import type { Walk } from './walk';

/** `damaged`: SQLite cannot read all of it. `broken`: it can, but the row `seq` is not the one that was written. */
export type FileState = { readonly kind: 'intact' | 'damaged' } | { readonly kind: 'broken'; readonly seq: number };

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
    return isSound(database, 'entries') ? { kind: 'broken', seq: found.seq } : { kind: 'damaged' };
  } catch (error) {
    if (toJournalWriteError(error).reason === 'damaged') return { kind: 'damaged' };
    throw error;
  }
}

function isSound(database: Database, table: string): boolean {
  const { quick_check: said } = database.prepare(`PRAGMA quick_check(${table})`).get() as { readonly quick_check: string };
  return said === 'ok';
}
