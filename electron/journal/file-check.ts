import type { JournalBreak } from '../../shared/domain/journal';
import type { CallStop } from '../consultation/ports';
import type { Database } from '../storage/database';
import { breakKey, type BreakTold, readAnnouncements } from './announcements';
import { alteredRowStop, callStop } from './call-stops';
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
    const broken = await findBroken(database, walk, signal);
    if (broken === null) return { kind: 'intact' };
    return isSound(database, 'entries') ? broken : { kind: 'damaged' };
  } catch (error) {
    return stateFromError(error);
  }
}

/** The first broken row that no keeper has seen; the last seen one when there is none: a break that was seen hides no other. */
async function findBroken(database: Database, walk: Walk, signal: AbortSignal): Promise<BrokenState | null> {
  const toSeq = readLastEntry(database)?.seq ?? 0;
  let broken: BrokenState | null = null;
  for (let fromSeq = 1; fromSeq <= toSeq; ) {
    const found = await walk({ fromSeq, toSeq }, { signal });
    if (found === null) return broken;
    broken = { kind: 'broken', found, told: readAnnouncements(database).breaks.get(breakKey(found)) ?? 'no' };
    if (broken.told !== 'to_keeper') return broken;
    fromSeq = nextAfter(database, found, fromSeq);
  }
  return broken;
}

/** Rows that are missing in a row are one break. A row may be blamed from the one after it, which is then not looked at again. */
function nextAfter(database: Database, { kind, seq }: JournalBreak, fromSeq: number): number {
  const after = Math.max(seq, fromSeq) + 1;
  if (kind !== 'removed') return after;
  const { next } = database.prepare('SELECT min(seq) AS next FROM entries WHERE seq >= ?').get(after) as { readonly next: number | null };
  return next ?? Number.MAX_SAFE_INTEGER;
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

/** Why calls wait, as far as the file tells. */
export function fileStop(state: FileState): CallStop | null {
  if (state.kind === 'damaged') return callStop('damaged');
  if (state.kind === 'failing') return callStop('failing_disk');
  return state.kind === 'broken' && state.told !== 'to_keeper' ? alteredRowStop(state.found.seq) : null;
}

function isSound(database: Database, table: string): boolean {
  const { quick_check: said } = database.prepare(`PRAGMA quick_check(${table})`).get() as { readonly quick_check: string };
  return said === 'ok';
}
