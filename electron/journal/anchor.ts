import type { Database } from '../storage/database';
import type { Head } from './format';
import { requestTimestamp } from './timestamp';

export interface AnchorResult extends Head {
  /** Host of the timestamp authority. */
  readonly authority: string;
  /** Milliseconds since the Unix epoch, as the authority said. */
  readonly stampedAt: number;
}

/** Has the head stamped by the authority, checks the answer and keeps its token. */
export async function anchorHead(database: Database, head: Head, authorityUrl: string, signal?: AbortSignal): Promise<AnchorResult> {
  const stamp = await requestTimestamp(authorityUrl, Buffer.from(head.hash, 'hex'), signal);
  const authority = new URL(authorityUrl).host;
  database
    .prepare('INSERT OR IGNORE INTO anchors (seq, hash, authority, stamped_at, token) VALUES (?, ?, ?, ?, ?)')
    .run(head.seq, head.hash, authority, stamp.stampedAt, stamp.token);
  return { seq: head.seq, hash: head.hash, authority, stampedAt: stamp.stampedAt };
}
