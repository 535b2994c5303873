import { setImmediate as nextTurn } from 'node:timers/promises';

import type { JournalBreak, VerificationReport } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { type Announcements, readAnnouncements } from './announcements';
import { edited } from './diagnose';
import { type Head, SEAL_INTERVAL } from './format';
import { findHeadBreak } from './head-check';
import { readLastEntry } from './journal-database';
import { isSealGenuine, type Seal } from './seal';
import { readTimestampToken } from './timestamp';
import { rowsOf, type Stretch, type Walk, walkHere } from './walk';

export interface VerifyOptions {
  readonly fromSeq?: number | undefined;
  readonly toSeq?: number | undefined;
  /** Base64 of the key in the keychain: the last seal must be made with it. */
  readonly publicKey: string;
  /** Keys that may have made the last seal as well: this workstation's, before the one in the keychain. */
  readonly formerKeys?: ReadonlySet<string>;
  /** What the witness file last saw. */
  readonly witness: Head | null;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** How the rows are walked; here and now unless told. */
  readonly walk?: Walk;
}

/** A signature takes a tenth of a millisecond: the thread answers what else it is asked in between. */
const SEALS_A_TURN = 50;

/**
 * Walks the chain and names the first row that breaks it, and how.
 * @throws the signal's reason when aborted.
 */
export async function verifyJournal(database: Database, options: VerifyOptions): Promise<VerificationReport> {
  const last = readLastEntry(database)?.seq ?? 0;
  const fromSeq = Math.max(1, options.fromSeq ?? 1);
  const toSeq = Math.min(last, options.toSeq ?? last);
  const seals = readSeals(database, fromSeq, toSeq);
  const walk = options.walk ?? ((stretch, control) => walkHere(database, stretch, control));
  // What needs no row of the walk is done while other threads walk.
  const [broken, announced, genuine] = await Promise.all([walk({ fromSeq, toSeq }, options), announcementsIn(database), genuineSeals(seals)]);
  const found =
    broken ??
    checkSeals(database, { seals, genuine }, announced, options, { fromSeq, toSeq }) ??
    checkAnchors(database, fromSeq, toSeq) ??
    (options.toSeq === undefined ? checkEnd(database, announced, options.witness) : null);
  const lastSeal = seals.at(-1);
  return {
    ok: found === null,
    fromSeq,
    toSeq,
    rowCount: rowsOf({ fromSeq, toSeq }),
    break: found,
    headHash: hashOf(database, toSeq),
    sealCount: seals.length,
    lastSealedSeq: lastSeal?.seq ?? null,
    lastSealedAt: lastSeal ? new Date(lastSeal.at).toISOString() : null,
    anchorCount: countAnchors(database, fromSeq, toSeq),
    publicKey: options.publicKey,
  };
}

async function announcementsIn(database: Database): Promise<Announcements> {
  await nextTurn();
  return readAnnouncements(database);
}

/** Those made by the key that they name. */
async function genuineSeals(seals: readonly Seal[]): Promise<ReadonlySet<Seal>> {
  const genuine = new Set<Seal>();
  for (const seal of seals) {
    if (genuine.size % SEALS_A_TURN === 0) await nextTurn();
    if (isSealGenuine(seal)) genuine.add(seal);
  }
  return genuine;
}

function readSeals(database: Database, fromSeq: number, toSeq: number): readonly Seal[] {
  return database
    .prepare('SELECT seq, hash, at, public_key AS publicKey, signature FROM seals WHERE seq >= ? AND seq <= ? ORDER BY seq')
    .all(fromSeq, toSeq) as unknown as Seal[];
}

function checkSeals(
  database: Database,
  { seals, genuine }: { readonly seals: readonly Seal[]; readonly genuine: ReadonlySet<Seal> },
  { publicKeys }: Announcements,
  { publicKey, formerKeys = new Set() }: Pick<VerifyOptions, 'publicKey' | 'formerKeys'>,
  { fromSeq, toSeq }: Stretch,
): JournalBreak | null {
  // Keys that the chain itself announced when the journal was opened, beside the one in the keychain.
  const keys = new Set([publicKey, ...formerKeys, ...publicKeys]);
  let previousSealed = fromSeq - 1;
  for (const seal of seals) {
    if (!keys.has(seal.publicKey) || !genuine.has(seal)) return { kind: 'foreign_seal', seq: seal.seq };
    if (hashOf(database, seal.seq) !== seal.hash) return edited(previousSealed + 1);
    const due = previousSealed + SEAL_INTERVAL - (previousSealed % SEAL_INTERVAL);
    if (due < seal.seq) return { kind: 'removed', seq: due };
    previousSealed = seal.seq;
  }
  const nextDue = previousSealed + SEAL_INTERVAL - (previousSealed % SEAL_INTERVAL);
  if (nextDue <= toSeq) return { kind: 'removed', seq: nextDue };
  const newest = database.prepare('SELECT seq, public_key AS publicKey FROM seals ORDER BY seq DESC LIMIT 1').get() as Pick<Seal, 'seq' | 'publicKey'> | undefined;
  return newest && newest.publicKey !== publicKey && !formerKeys.has(newest.publicKey) ? { kind: 'foreign_seal', seq: newest.seq } : null;
}

/** A stamped digest that is no longer its row's: the rows up to it were rewritten since. */
function checkAnchors(database: Database, fromSeq: number, toSeq: number): JournalBreak | null {
  const anchors = database.prepare('SELECT seq, token FROM anchors WHERE seq >= ? AND seq <= ? ORDER BY seq').all(fromSeq, toSeq) as {
    seq: number;
    token: Uint8Array;
  }[];
  const broken = anchors.find(({ seq, token }) => stampedHash(token) !== hashOf(database, seq));
  return broken ? edited(broken.seq) : null;
}

function stampedHash(token: Uint8Array): string | null {
  try {
    return readTimestampToken(Buffer.from(token)).digest.toString('hex');
  } catch {
    return null;
  }
}

function checkEnd(database: Database, { headMismatch }: Announcements, witness: Head | null): JournalBreak | null {
  const found = findHeadBreak(database, witness);
  return found ? { kind: found.kind, seq: (readLastEntry(database)?.seq ?? 0) + 1 } : headMismatch;
}

function hashOf(database: Database, seq: number): string | null {
  const row = database.prepare('SELECT hash FROM entries WHERE seq = ?').get(seq) as { hash: string } | undefined;
  return row?.hash ?? null;
}

function countAnchors(database: Database, fromSeq: number, toSeq: number): number {
  return (database.prepare('SELECT count(*) AS n FROM anchors WHERE seq >= ? AND seq <= ?').get(fromSeq, toSeq) as { n: number }).n;
}
