import type { JournalBreak } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import type { Announcements } from './announcements';
import { edited } from './diagnose';
import { SEAL_INTERVAL } from './format';
import { hashReader } from './journal-database';
import type { Seal } from './seal';
import type { Stretch } from './walk';

export interface TrustedKeys {
  /** Base64 of the key in the keychain: the last seal must be made with it. */
  readonly publicKey: string;
  /** Keys that may have made the last seal as well: this workstation's, before the one in the keychain. */
  readonly formerKeys?: ReadonlySet<string> | undefined;
}

/** Every seal made by the key then in force, over the row that is there, and none missing. */
export function checkSeals(
  database: Database,
  { seals, genuine }: { readonly seals: readonly Seal[]; readonly genuine: ReadonlySet<Seal> },
  announced: Announcements,
  trusted: TrustedKeys,
  stretch: Stretch,
): JournalBreak | null {
  const due = dueSeals(announced.closes, stretch);
  const hashOf = hashReader(database);
  const isInForce = keysInForce(announced, trusted);
  let nextDue = due.next();
  let previousSealed = stretch.fromSeq - 1;
  for (const seal of seals) {
    if (!nextDue.done && nextDue.value < seal.seq) break;
    if (!genuine.has(seal) || !isInForce(seal)) return { kind: 'foreign_seal', seq: seal.seq };
    if (hashOf(seal.seq) !== seal.hash) return edited(previousSealed + 1);
    if (nextDue.value === seal.seq) nextDue = due.next();
    previousSealed = seal.seq;
  }
  if (!nextDue.done) return { kind: 'removed', seq: nextDue.value };
  const newest = database.prepare('SELECT seq, public_key AS publicKey FROM seals ORDER BY seq DESC LIMIT 1').get() as Pick<Seal, 'seq' | 'publicKey'> | undefined;
  return newest && newest.publicKey !== trusted.publicKey && !trusted.formerKeys?.has(newest.publicKey) ? { kind: 'foreign_seal', seq: newest.seq } : null;
}

/** Rows whose seal was written with them, in order: each multiple of the interval, and each close. */
function* dueSeals(closes: readonly number[], { fromSeq, toSeq }: Stretch): Generator<number> {
  const multiples = Array.from({ length: Math.floor(toSeq / SEAL_INTERVAL) }, (_, index) => (index + 1) * SEAL_INTERVAL);
  const due = [...closes, ...multiples].filter((seq) => seq >= fromSeq && seq <= toSeq);
  yield* [...new Set(due)].sort((a, b) => a - b);
}

/**
 * The key of a seal is the one that the last opening before it announced. Where that opening was emptied at the end of
 * retention, it is one of those that the purge said again.
 */
function keysInForce({ openings, formerKeys: purged }: Announcements, { publicKey, formerKeys }: TrustedKeys): (seal: Seal) => boolean {
  const others = new Set([publicKey, ...(formerKeys ?? []), ...purged]);
  return ({ seq, publicKey: key }) => {
    const announced = openings.findLast((opening) => opening.seq <= seq)?.publicKey ?? null;
    return announced === null ? others.has(key) : announced === key;
  };
}
