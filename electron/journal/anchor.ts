import type { Database } from '../storage/database';
import type { Head } from './format';
import { throughLocks } from './lock-wait';
import { requestTimestamp, type TimestampAuthority } from './timestamp';

export interface AnchorResult extends Head {
  /** Host of the timestamp authority. */
  readonly authority: string;
  /** Milliseconds since the Unix epoch, as the authority said. */
  readonly stampedAt: number;
}

/** An anchor with the DER TimeStampToken that proves it. */
export interface Anchor extends AnchorResult {
  readonly token: Uint8Array;
}

/** Has the head stamped by the authority, checks the answer and keeps its token. */
export async function anchorHead(database: Database, head: Head, authority: TimestampAuthority): Promise<AnchorResult> {
  const stamp = await requestTimestamp(authority, Buffer.from(head.hash, 'hex'));
  const { host } = authority.url;
  const insert = database.prepare('INSERT OR IGNORE INTO anchors (seq, hash, authority, stamped_at, token) VALUES (?, ?, ?, ?, ?)');
  await throughLocks(() => insert.run(head.seq, head.hash, host, stamp.stampedAt, stamp.token));
  return { seq: head.seq, hash: head.hash, authority: host, stampedAt: stamp.stampedAt };
}

const COLUMNS = 'seq, hash, authority, stamped_at AS stampedAt';

export function readLastAnchor(database: Database): AnchorResult | null {
  return (database.prepare(`SELECT ${COLUMNS} FROM anchors ORDER BY seq DESC LIMIT 1`).get() as AnchorResult | undefined) ?? null;
}

export function readAnchors(database: Database, fromSeq: number, toSeq: number): readonly Anchor[] {
  return database.prepare(`SELECT ${COLUMNS}, token FROM anchors WHERE seq >= ? AND seq <= ? ORDER BY seq`).all(fromSeq, toSeq) as unknown as Anchor[];
}
