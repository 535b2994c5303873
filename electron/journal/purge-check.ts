import type { JournalBreak } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import type { AnnouncedPurge } from './announcements';
import { edited } from './diagnose';
import { MINIMUM_RETENTION_MONTHS } from './journal-database';
import { monthsBefore } from './retention';
import type { Stretch } from './walk';

/** Clocks are corrected, and months are counted from one instant to the next. */
const TOLERANCE_MS = 86_400_000;

/** The end of retention covers rows that were old enough when it was announced: anything younger was emptied by somebody else. */
export function checkPurges(database: Database, purges: readonly AnnouncedPurge[], { fromSeq, toSeq }: Stretch): JournalBreak | null {
  const tooYoung = database.prepare('SELECT min(seq) AS seq FROM entries WHERE seq >= ? AND seq <= ? AND salt IS NULL AND at > ?');
  let next = fromSeq;
  for (const { at, throughSeq } of purges) {
    const latestAt = monthsBefore(at, MINIMUM_RETENTION_MONTHS) + TOLERANCE_MS;
    const { seq } = tooYoung.get(next, Math.min(throughSeq, toSeq), latestAt) as { readonly seq: number | null };
    if (seq !== null) return edited(seq);
    next = Math.max(next, throughSeq + 1);
  }
  return null;
}
