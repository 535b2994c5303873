import { setImmediate as nextTurn } from 'node:timers/promises';

import type { JournalBreak, VerificationReport } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { diagnose, edited } from './diagnose';
import { type Entry, FORMAT_VERSION, GENESIS_PREV, type Head, PART_NAMES, SEAL_INTERVAL, sha256Hex } from './format';
import { findHeadBreak } from './head-check';
import { ENTRY_COLUMNS, type EntryRow, readLastEntry, toEntry } from './journal-database';
import { isSealGenuine, type Seal } from './seal';
import { readTimestampToken } from './timestamp';

export interface VerifyOptions {
  readonly fromSeq?: number | undefined;
  readonly toSeq?: number | undefined;
  /** Base64 of the key in the keychain: the last seal must be made with it. */
  readonly publicKey: string;
  /** What the witness file last saw. */
  readonly witness: Head | null;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const CHUNK_ROWS = 5_000;

/**
 * A row as the two texts to hash, put together by SQLite: a million rows cross into JavaScript in a few columns.
 * The content is null once wholly deleted; a content left without its salt fits no commitment.
 */
const PROOF_COLUMNS = [
  'seq',
  'prev',
  'hash',
  'commitment',
  `CASE WHEN salt IS NULL AND ${PART_NAMES.map((name) => `${name} IS NULL`).join(' AND ')} THEN NULL
    ELSE coalesce(salt, '') || '{' || substr(${PART_NAMES.map((name) => `coalesce(',"${name}":' || ${name}, '')`).join(' || ')}, 2) || '}' END`,
  `'{"at":' || at || ',"content":"' || commitment || '","event":"' || event || '",' || coalesce('"intent":' || intent || ',', '')
    || '"offset":' || offset || ',"prev":"' || prev || '","seq":' || seq || ',"v":${FORMAT_VERSION}}'`,
].join(', ');
type ProofRow = readonly [seq: number, prev: string, hash: string, commitment: string, content: string | null, envelope: string];

/**
 * Walks the chain and names the first row that breaks it, and how.
 * @throws the signal's reason when aborted.
 */
export async function verifyJournal(database: Database, options: VerifyOptions): Promise<VerificationReport> {
  const last = readLastEntry(database)?.seq ?? 0;
  const fromSeq = Math.max(1, options.fromSeq ?? 1);
  const toSeq = Math.min(last, options.toSeq ?? last);
  const seals = readSeals(database, fromSeq, toSeq);
  const found =
    (await walk(database, fromSeq, toSeq, options)) ??
    checkSeals(database, seals, options.publicKey, fromSeq, toSeq) ??
    checkAnchors(database, fromSeq, toSeq) ??
    (options.toSeq === undefined ? checkEnd(database, options.witness) : null);
  const lastSeal = seals.at(-1);
  return {
    ok: found === null,
    fromSeq,
    toSeq,
    rowCount: Math.max(0, toSeq - fromSeq + 1),
    break: found,
    headHash: hashOf(database, toSeq),
    sealCount: seals.length,
    lastSealedSeq: lastSeal?.seq ?? null,
    lastSealedAt: lastSeal ? new Date(lastSeal.at).toISOString() : null,
    anchorCount: countAnchors(database, fromSeq, toSeq),
    publicKey: options.publicKey,
  };
}

async function walk(database: Database, fromSeq: number, toSeq: number, options: VerifyOptions): Promise<JournalBreak | null> {
  const statement = database.prepare(`SELECT ${PROOF_COLUMNS} FROM entries WHERE seq >= ? AND seq <= ? ORDER BY seq LIMIT ${CHUNK_ROWS}`);
  statement.setReturnArrays(true);
  const purgedThrough = announcedPurge(database);
  const total = Math.max(0, toSeq - fromSeq + 1);
  let expectedSeq = fromSeq;
  let previous = fromSeq === 1 ? GENESIS_PREV : hashOf(database, fromSeq - 1);
  while (expectedSeq <= toSeq) {
    options.signal?.throwIfAborted();
    for (const row of statement.all(expectedSeq, toSeq) as unknown as ProofRow[]) {
      const [seq, prev, hash, commitment, content, envelope] = row;
      if (seq !== expectedSeq) return { kind: 'removed', seq: expectedSeq };
      const isContentIntact = content === null ? seq <= purgedThrough : sha256Hex(content) === commitment;
      const isIntact = isContentIntact && sha256Hex(envelope) === hash;
      if (!isIntact || (previous !== null && prev !== previous)) return diagnose(database, readEntry(database, seq), isIntact);
      previous = hash;
      expectedSeq += 1;
    }
    options.onProgress?.(expectedSeq - fromSeq, total);
    await nextTurn();
  }
  return null;
}

/** Last row whose content the chain itself says was deleted at the end of retention. */
function announcedPurge(database: Database): number {
  const row = database.prepare("SELECT max(json_extract(result, '$.data.throughSeq')) AS through FROM entries WHERE event = 'journal.purged'").get();
  return (row as { through: number | null }).through ?? 0;
}

function readEntry(database: Database, seq: number): Entry {
  const statement = database.prepare(`SELECT ${ENTRY_COLUMNS} FROM entries WHERE seq = ?`);
  statement.setReturnArrays(true);
  return toEntry(statement.get(seq) as unknown as EntryRow);
}

function readSeals(database: Database, fromSeq: number, toSeq: number): readonly Seal[] {
  return database
    .prepare('SELECT seq, hash, at, public_key AS publicKey, signature FROM seals WHERE seq >= ? AND seq <= ? ORDER BY seq')
    .all(fromSeq, toSeq) as unknown as Seal[];
}

/** Keys that the chain itself announced when the journal was opened, beside the one in the keychain. */
function announcedKeys(database: Database, publicKey: string): ReadonlySet<string> {
  const rows = database
    .prepare(`SELECT DISTINCT json_extract(result, '$.data.publicKey') AS publicKey FROM entries WHERE event IN ('journal.created', 'journal.opened')`)
    .all() as { publicKey: string | null }[];
  return new Set([publicKey, ...rows.flatMap((row) => (row.publicKey === null ? [] : [row.publicKey]))]);
}

function checkSeals(database: Database, seals: readonly Seal[], publicKey: string, fromSeq: number, toSeq: number): JournalBreak | null {
  const keys = announcedKeys(database, publicKey);
  let previousSealed = fromSeq - 1;
  for (const seal of seals) {
    if (!keys.has(seal.publicKey) || !isSealGenuine(seal)) return { kind: 'foreign_seal', seq: seal.seq };
    if (hashOf(database, seal.seq) !== seal.hash) return edited(previousSealed + 1);
    const due = previousSealed + SEAL_INTERVAL - (previousSealed % SEAL_INTERVAL);
    if (due < seal.seq) return { kind: 'removed', seq: due };
    previousSealed = seal.seq;
  }
  const nextDue = previousSealed + SEAL_INTERVAL - (previousSealed % SEAL_INTERVAL);
  if (nextDue <= toSeq) return { kind: 'removed', seq: nextDue };
  const newest = database.prepare('SELECT seq, public_key AS publicKey FROM seals ORDER BY seq DESC LIMIT 1').get() as Pick<Seal, 'seq' | 'publicKey'> | undefined;
  return newest && newest.publicKey !== publicKey ? { kind: 'foreign_seal', seq: newest.seq } : null;
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

function checkEnd(database: Database, witness: Head | null): JournalBreak | null {
  const found = findHeadBreak(database, witness);
  if (found) return { kind: found.kind, seq: (readLastEntry(database)?.seq ?? 0) + 1 };
  const recorded = database.prepare("SELECT seq, json_extract(result, '$.code') AS kind FROM entries WHERE event = 'journal.head_mismatch' ORDER BY seq LIMIT 1").get() as
    | { seq: number; kind: 'truncated' | 'older_copy' | null }
    | undefined;
  return recorded?.kind ? { kind: recorded.kind, seq: recorded.seq } : null;
}

function hashOf(database: Database, seq: number): string | null {
  const row = database.prepare('SELECT hash FROM entries WHERE seq = ?').get(seq) as { hash: string } | undefined;
  return row?.hash ?? null;
}

function countAnchors(database: Database, fromSeq: number, toSeq: number): number {
  return (database.prepare('SELECT count(*) AS n FROM anchors WHERE seq >= ? AND seq <= ?').get(fromSeq, toSeq) as { n: number }).n;
}
