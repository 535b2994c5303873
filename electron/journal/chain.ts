import type { JournalBreak } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { diagnose } from './diagnose';
import { commitmentOf, type Entry, envelopeText, FORMAT_VERSION, GENESIS_PREV, PART_NAMES, sha256Hex } from './format';
import { readEntries } from './journal-database';

/** Rows checked at once. */
export const CHUNK_ROWS = 1_000;

/** Every row whose seq is in a range against its hash, its commitment and the row before. */
export interface Chain {
  /** First row that does not fit, from `fromSeq` to `toSeq` (at most {@link CHUNK_ROWS} rows). */
  check(fromSeq: number, toSeq: number): JournalBreak | null;
}

const CONTENT = `concat(salt, '{', ${PART_NAMES.map((name) => `'"${name}":', coalesce(${name}, 'null')`).join(", ',', ")}, '}')`;
const IS_EMPTY = ['salt', ...PART_NAMES].map((name) => `${name} IS NULL`).join(' AND ');
const ENVELOPE = `concat('{"at":', at, ',"content":"', commitment, '","event":"', event, '",', '"intent":' || intent || ',',
  '"offset":', offset, ',"prev":"', prev, '","seq":', seq, ',"v":${FORMAT_VERSION}}')`;
/** Content, envelope and hash of a row, one line each. */
const ROW_LINES = `concat(CASE WHEN ${IS_EMPTY} THEN '' ELSE ${CONTENT} END, char(10), ${ENVELOPE}, char(10), hash)`;
const LINE_FEED = 10;

export function openChain(database: Database): Chain {
  // SQLite writes what is hashed, a thousand rows in one value: a row at a time, crossing into JavaScript costs more than hashing.
  const lines = database.prepare(`SELECT CAST(group_concat(${ROW_LINES}, char(10)) AS BLOB) AS bytes FROM entries WHERE seq >= ? AND seq <= ?`);
  const purgedThrough = announcedPurge(database);
  return {
    check(fromSeq, toSeq) {
      const previous = hashBefore(database, fromSeq);
      const { bytes } = lines.get(fromSeq, toSeq) as { bytes: Uint8Array | null };
      const fits = previous !== null && bytes !== null && isIntact(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), fromSeq, toSeq, previous, purgedThrough);
      if (fits) return null;
      return findBreak(database, fromSeq, toSeq, previous, purgedThrough);
    },
  };
}

/** True when every row is there, in order, and fits. A line feed in a tampered row only makes this false. */
function isIntact(bytes: Buffer, fromSeq: number, toSeq: number, previous: string, purgedThrough: number): boolean {
  let at = 0;
  const nextLine = () => {
    const end = bytes.indexOf(LINE_FEED, at);
    const line = bytes.subarray(at, end < 0 ? bytes.length : end);
    at += line.length + 1;
    return line;
  };
  let prev = previous;
  for (let seq = fromSeq; seq <= toSeq; seq += 1) {
    const content = nextLine();
    const envelope = nextLine();
    const hash = nextLine().toString('latin1');
    if (content.length === 0 && seq > purgedThrough) return false;
    if (sha256Hex(envelope) !== hash || !isExpected(envelope.toString('latin1'), content.length === 0 ? '' : sha256Hex(content), prev, seq)) return false;
    prev = hash;
  }
  return at === bytes.length + 1;
}

const BEFORE_COMMITMENT = ',"content":"';

/** Whether an envelope names this content, this row before and this place. */
function isExpected(envelope: string, commitment: string, prev: string, seq: number): boolean {
  const start = envelope.indexOf(BEFORE_COMMITMENT) + BEFORE_COMMITMENT.length;
  return envelope.startsWith(commitment, start) && envelope.endsWith(`"prev":"${prev}","seq":${seq},"v":${FORMAT_VERSION}}`);
}

/** The same, row by row, to name what is wrong. */
function findBreak(database: Database, fromSeq: number, toSeq: number, previous: string | null, purgedThrough: number): JournalBreak | null {
  let expectedSeq = fromSeq;
  let prev = previous;
  for (const entry of readEntries(database, fromSeq, toSeq)) {
    if (entry.seq !== expectedSeq) return { kind: 'removed', seq: expectedSeq };
    const intact = isEntryIntact(entry, purgedThrough);
    if (!intact || (prev !== null && entry.prev !== prev)) return diagnose(database, entry, intact);
    prev = entry.hash;
    expectedSeq += 1;
  }
  return expectedSeq <= toSeq ? { kind: 'removed', seq: expectedSeq } : null;
}

function isEntryIntact(entry: Entry, purgedThrough: number): boolean {
  const isEmpty = entry.salt === null && Object.keys(entry.parts).length === 0;
  const isContentIntact = isEmpty ? entry.seq <= purgedThrough : commitmentOf(entry.salt ?? '', entry.parts) === entry.commitment;
  return isContentIntact && sha256Hex(envelopeText(entry)) === entry.hash;
}

/** Null when the row before is missing: the walk then names it, or starts after it. */
function hashBefore(database: Database, seq: number): string | null {
  if (seq === 1) return GENESIS_PREV;
  const row = database.prepare('SELECT hash FROM entries WHERE seq = ?').get(seq - 1) as { hash: string } | undefined;
  return row?.hash ?? null;
}

/** Last row whose content the chain itself says was deleted at the end of retention. */
function announcedPurge(database: Database): number {
  const row = database.prepare("SELECT max(json_extract(result, '$.data.throughSeq')) AS through FROM entries WHERE event = 'journal.purged'").get() as
    | { through: number | null }
    | undefined;
  return row?.through ?? 0;
}
