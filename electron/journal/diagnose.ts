import type { JournalBreak } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { type Entry, envelopeText, sha256Hex } from './format';
import { hashReader } from './journal-database';

export const edited = (seq: number): JournalBreak => ({ kind: 'edited', seq });

/**
 * Says what was done, from the first row that does not fit. A row that is whole but does not continue the one before
 * shows that the one before was rewritten with a fresh hash. A row whose hash is right for another sequence number was moved:
 * where to, and whether the row it followed is still there, tells a swap from a removal or an insertion.
 */
export function diagnose(database: Database, entry: Entry, intact: boolean): JournalBreak {
  if (intact) return edited(Math.max(1, entry.seq - 1));
  const original = originalSeq(database, entry);
  if (original === null || original === entry.seq) return edited(entry.seq);
  if (original < entry.seq && hasHash(database, original - 1, entry.prev)) return { kind: 'inserted', seq: original };
  const predecessorThere = database.prepare('SELECT 1 FROM entries WHERE hash = ? LIMIT 1').get(entry.prev) !== undefined;
  return { kind: predecessorThere ? 'reordered' : 'removed', seq: entry.seq };
}

/** The sequence number with which this row's hash is right, when there is one. */
function originalSeq(database: Database, entry: Entry): number | null {
  if (sha256Hex(envelopeText(entry)) === entry.hash) return entry.seq;
  // Rows may have been renumbered far beyond what was ever written: their count bounds the search.
  const highest = (database.prepare('SELECT count(*) AS count FROM entries').get() as { count: number }).count * 2 + 1;
  for (let seq = 1; seq <= highest; seq += 1) {
    if (sha256Hex(envelopeText({ ...entry, seq })) === entry.hash) return seq;
  }
  return null;
}

function hasHash(database: Database, seq: number, hash: string): boolean {
  return hashReader(database)(seq) === hash;
}
