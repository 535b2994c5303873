import type { JournalBreak } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import type { HeadBreakKind } from './head-check';
import { READ_AT } from './journal-database';
import { parseFields } from './line';

/** A stamp as the chain tells of it. */
export interface AnnouncedStamp {
  readonly seq: number;
  readonly hash: string;
  readonly stampedAt: number;
}

/** An end of retention as the chain tells of it. */
export interface AnnouncedPurge {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Last row covered; always before the row that tells it. */
  readonly throughSeq: number;
}

/** Whether a break was told: in the journal alone, or to somebody who answers for the journal, verified it and saw. */
export type BreakTold = 'no' | 'in_journal' | 'to_keeper';

/** Who a verification that found a break was made for, in its data. */
export type BreakSeenBy = 'keeper' | 'agent' | 'reading';

/** What the journal's own rows say of it. */
export interface Announcements {
  /** Base64 of the keys with which it was opened, oldest first; null once the content of an opening was deleted. */
  readonly openings: readonly { readonly seq: number; readonly publicKey: string | null }[];
  /** Keys of the openings whose content was deleted, as the end of retention said them again. */
  readonly formerKeys: ReadonlySet<string>;
  /** Last row whose content was deleted at the end of retention. */
  readonly purgedThrough: number;
  readonly purges: readonly AnnouncedPurge[];
  readonly stamps: readonly AnnouncedStamp[];
  /** Rows of each close. */
  readonly closes: readonly number[];
  /** Breaks that a verification, or the reading of the file, has named, by {@link breakKey}. */
  readonly breaks: ReadonlyMap<string, BreakTold>;
  /** First opening on a file that did not continue what the witness had seen. */
  readonly headMismatch: { readonly seq: number; readonly kind: HeadBreakKind } | null;
}

interface Row {
  readonly seq: number;
  readonly at: number;
  readonly event: string;
  readonly result: string | null;
}

/** Keys in one field: data of a row hold texts and integers only. */
export const KEY_SEPARATOR = ' ';

/** In one pass over the file, because a million rows are read for it. */
export function readAnnouncements(database: Database, fromSeq = 1, toSeq = Number.MAX_SAFE_INTEGER): Announcements {
  const rows = database
    .prepare(`SELECT seq, ${READ_AT} AS at, event, result FROM entries WHERE event BETWEEN 'journal.' AND 'journal/' AND seq BETWEEN ? AND ? ORDER BY seq`)
    .all(fromSeq, toSeq) as unknown as Row[];
  const of = (...events: readonly string[]) =>
    rows
      .filter(({ event }) => events.includes(event))
      .map(({ seq, at, result }) => {
        const { code, data = {} } = parseFields<'result'>(result);
        return { seq, at, code, data };
      });
  const purged = of('journal.purged');
  const purges = purged.map(({ seq, at, data }) => ({ at, throughSeq: Math.min(Number(data['throughSeq'] ?? 0), seq - 1) }));
  const mismatch = of('journal.head_mismatch').find(({ code }) => code !== undefined);
  return {
    openings: of('journal.created', 'journal.opened').map(({ seq, data }) => ({ seq, publicKey: textOf(data['publicKey']) })),
    formerKeys: new Set(purged.flatMap(({ data }) => textOf(data['publicKeys'])?.split(KEY_SEPARATOR) ?? [])),
    purgedThrough: purges.reduce((highest, { throughSeq }) => Math.max(highest, throughSeq), 0),
    purges,
    closes: of('journal.closed').map(({ seq }) => seq),
    stamps: of('journal.anchored').flatMap(({ data }) => stampOf(data)),
    breaks: breaksOf(of('journal.verified')),
    headMismatch: mismatch ? { seq: mismatch.seq, kind: mismatch.code as HeadBreakKind } : null,
  };
}

/** Every key that these rows name. */
export function keysOf({ openings, formerKeys }: Announcements): ReadonlySet<string> {
  return new Set([...formerKeys, ...openings.flatMap(({ publicKey }) => publicKey ?? [])]);
}

type Data = Readonly<Record<string, string | number>>;

/** The event of a verification that found a break, as {@link readAnnouncements} reads it again. */
export function breakEvent({ kind, seq }: JournalBreak, seenBy: BreakSeenBy) {
  return { event: 'journal.verified', outcome: 'failure', code: kind, data: { breakSeq: seq, seenBy } } as const;
}

const KEEPER: BreakSeenBy = 'keeper';

/** One break among others: a row may be named before it is written, as the first that an end cut off lacks, and be altered later. */
export function breakKey({ kind, seq }: { readonly kind: string; readonly seq: number }): string {
  return `${kind} ${seq}`;
}

function breaksOf(verifications: readonly { readonly code?: string | undefined; readonly data: Data }[]): ReadonlyMap<string, BreakTold> {
  const told = new Map<string, BreakTold>();
  for (const { code, data: { breakSeq, seenBy } } of verifications) {
    if (code === undefined || typeof breakSeq !== 'number') continue;
    const key = breakKey({ kind: code, seq: breakSeq });
    if (told.get(key) !== 'to_keeper') told.set(key, seenBy === KEEPER ? 'to_keeper' : 'in_journal');
  }
  return told;
}

function stampOf({ seq, hash, stampedAt }: Data): readonly AnnouncedStamp[] {
  return typeof seq === 'number' && typeof hash === 'string' && typeof stampedAt === 'number' ? [{ seq, hash, stampedAt }] : [];
}

function textOf(value: string | number | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
