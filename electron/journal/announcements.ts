import type { Database } from '../storage/database';

/** What the journal's own rows say of it. */
export interface Announcements {
  /** Base64 of the keys with which it was opened. */
  readonly publicKeys: ReadonlySet<string>;
  /** Last row whose content was deleted at the end of retention. */
  readonly purgedThrough: number;
  /** First opening on a file that did not continue what the witness had seen. */
  readonly headMismatch: { readonly seq: number; readonly kind: 'truncated' | 'older_copy' } | null;
}

interface Row {
  readonly seq: number;
  readonly event: string;
  readonly publicKey: string | null;
  readonly throughSeq: number | null;
  readonly kind: 'truncated' | 'older_copy' | null;
}

/** In one pass over the file, because a million rows are read for it. */
export function readAnnouncements(database: Database): Announcements {
  const rows = database
    .prepare(
      `SELECT seq, event, json_extract(result, '$.data.publicKey') AS publicKey, json_extract(result, '$.data.throughSeq') AS throughSeq,
         json_extract(result, '$.code') AS kind
       FROM entries WHERE event BETWEEN 'journal.' AND 'journal/' AND json_valid(result) ORDER BY seq`,
    )
    .all() as unknown as Row[];
  const of = (...events: readonly string[]) => rows.filter(({ event }) => events.includes(event));
  const mismatch = of('journal.head_mismatch')[0];
  return {
    publicKeys: new Set(of('journal.created', 'journal.opened').flatMap(({ publicKey }) => publicKey ?? [])),
    purgedThrough: of('journal.purged').reduce((highest, { throughSeq }) => Math.max(highest, throughSeq ?? 0), 0),
    headMismatch: mismatch?.kind ? { seq: mismatch.seq, kind: mismatch.kind } : null,
  };
}
