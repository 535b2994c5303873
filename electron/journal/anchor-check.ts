import type { JournalBreak } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { readAnchors } from './anchor';
import type { AnnouncedStamp } from './announcements';
import { edited } from './diagnose';
import { hashReader } from './journal-database';
import { readTimestampToken } from './timestamp';
import type { Stretch } from './walk';

/**
 * A stamped digest that is no longer its row's: the rows up to it were rewritten since. A stamp that the chain tells of and
 * that is not there was taken away.
 */
export function checkAnchors(database: Database, stamps: readonly AnnouncedStamp[], { fromSeq, toSeq }: Stretch): JournalBreak | null {
  const anchors = readAnchors(database, fromSeq, toSeq);
  const hashOf = hashReader(database);
  for (const { seq, hash, stampedAt, token } of anchors) {
    const stamped = readStamp(token);
    if (!stamped || stamped.hash !== hashOf(seq) || stamped.hash !== hash || stamped.stampedAt !== stampedAt) return edited(seq);
  }
  const kept = new Map(anchors.map(({ seq, hash }) => [seq, hash]));
  const missing = stamps.find(({ seq, hash }) => seq >= fromSeq && seq <= toSeq && kept.get(seq) !== hash);
  return missing ? { kind: 'removed', seq: missing.seq } : null;
}

function readStamp(token: Uint8Array): { readonly hash: string; readonly stampedAt: number } | null {
  try {
    const { digest, stampedAt } = readTimestampToken(Buffer.from(token));
    return { hash: digest.toString('hex'), stampedAt };
  } catch {
    return null;
  }
}
