import { setImmediate as nextTurn } from 'node:timers/promises';

import type { JournalBreak, VerificationReport } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { checkAnchors } from './anchor-check';
import { type Announcements, readAnnouncements } from './announcements';
import type { Head } from './format';
import { findHeadBreak } from './head-check';
import { hashReader, READ_SEQ, readLastEntry } from './journal-database';
import { checkPurges } from './purge-check';
import { isSealGenuine, type Seal } from './seal';
import { checkSeals } from './seal-check';
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
    checkNumbering(database, { fromSeq, toSeq }) ??
    checkPurges(database, announced.purges, { fromSeq, toSeq }) ??
    checkSeals(database, { seals, genuine }, announced, options, { fromSeq, toSeq }) ??
    checkAnchors(database, announced.stamps, { fromSeq, toSeq }) ??
    (options.toSeq === undefined ? checkEnd(database, announced, options.witness) : null);
  const lastSeal = seals.at(-1);
  return {
    ok: found === null,
    fromSeq,
    toSeq,
    rowCount: rowsOf({ fromSeq, toSeq }),
    break: found,
    headHash: hashReader(database)(toSeq),
    sealCount: seals.length,
    lastSealedSeq: lastSeal?.seq ?? null,
    lastSealedAt: lastSeal ? new Date(lastSeal.at).toISOString() : null,
    anchorCount: countAnchors(database, fromSeq, toSeq),
    publicKey: options.publicKey,
  };
}

/** No row was ever numbered below one: the walk does not come there, and no screen does. */
function checkNumbering(database: Database, { fromSeq }: Stretch): JournalBreak | null {
  const lowest = database.prepare(`SELECT ${READ_SEQ} AS seq FROM entries ORDER BY entries.seq LIMIT 1`).get() as { readonly seq: number } | undefined;
  return fromSeq === 1 && lowest !== undefined && lowest.seq < 1 ? { kind: 'inserted', seq: lowest.seq } : null;
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

function checkEnd(database: Database, { headMismatch }: Announcements, witness: Head | null): JournalBreak | null {
  const found = findHeadBreak(database, witness);
  return found ? { kind: found.kind, seq: found.seq } : headMismatch;
}

function countAnchors(database: Database, fromSeq: number, toSeq: number): number {
  return (database.prepare('SELECT count(*) AS n FROM anchors WHERE seq >= ? AND seq <= ?').get(fromSeq, toSeq) as { n: number }).n;
}
