import type { JournalBreak } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { diagnose } from './diagnose';
import { commitmentOf, type Entry, envelopeText, FORMAT_VERSION, GENESIS_PREV, PART_NAMES, sha256Hex } from './format';
import { readEntries } from './journal-database';

/** Rows checked at once: few enough for their bytes to stay in the processor's cache between reading, comparing and hashing. */
export const CHUNK_ROWS = 100;

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

/** @param purgedThrough last row whose content the chain itself says was deleted at the end of retention. */
export function openChain(database: Database, purgedThrough: number): Chain {
  // SQLite writes what is hashed, many rows in one value: a row at a time, crossing into JavaScript costs more than hashing.
  const lines = database.prepare(`SELECT CAST(group_concat(${ROW_LINES}, char(10)) AS BLOB) AS bytes FROM entries WHERE seq >= ? AND seq <= ?`);
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

/**
 * True when every row is there, in order, and fits. A line feed in a tampered row only makes this false.
 * The bytes are read twice: hashed as they are, and compared as one text of as many characters, which costs less than cutting it up.
 */
function isIntact(bytes: Buffer, fromSeq: number, toSeq: number, previous: string, purgedThrough: number): boolean {
  const text = bytes.toString('latin1');
  let prev = previous;
  let start = 0;
  for (let seq = fromSeq; seq <= toSeq; seq += 1) {
    const contentEnd = text.indexOf('\n', start);
    const envelopeEnd = text.indexOf('\n', contentEnd + 1);
    if (contentEnd < 0 || envelopeEnd < 0) return false;
    const isEmpty = contentEnd === start;
    if (isEmpty && seq > purgedThrough) return false;
    const commitment = isEmpty ? '' : sha256Hex(bytes.subarray(start, contentEnd));
    const hash = sha256Hex(bytes.subarray(contentEnd + 1, envelopeEnd));
    if (!isExpected(text, contentEnd + 1, envelopeEnd, commitment, `"prev":"${prev}","seq":${seq},"v":${FORMAT_VERSION}}`)) return false;
    const end = envelopeEnd + 1 + hash.length;
    if (!text.startsWith(hash, envelopeEnd + 1) || (end < text.length && text.charCodeAt(end) !== LINE_FEED)) return false;
    prev = hash;
    start = end + 1;
  }
  return start === text.length + 1;
}

const BEFORE_COMMITMENT = ',"content":"';

/** Whether the envelope that stands in `text` from `start` to `end` names this content, this row before and this place. */
function isExpected(text: string, start: number, end: number, commitment: string, tail: string): boolean {
  return text.startsWith(commitment, text.indexOf(BEFORE_COMMITMENT, start) + BEFORE_COMMITMENT.length) && text.startsWith(tail, end - tail.length);
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
