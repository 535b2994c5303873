import type { JournalBreak } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import { diagnose, edited } from './diagnose';
import { commitmentOf, type Entry, envelopeText, FORMAT_VERSION, GENESIS_PREV, type Head, PART_NAMES, sha256Hex } from './format';
import { hashReader, readEntries } from './journal-database';

/** Rows checked at once: few enough for their bytes to stay in the processor's cache between reading, comparing and hashing. */
export const CHUNK_ROWS = 100;

/** Every row whose seq is in a range against its hash, its commitment and the row before. */
export interface Chain {
  /** First row that does not fit, from `fromSeq` to `toSeq` (at most {@link CHUNK_ROWS} rows). */
  check(fromSeq: number, toSeq: number): JournalBreak | null;
}

const IS_EMPTY = ['salt', ...PART_NAMES].map((name) => `${name} IS NULL`).join(' AND ');
const CONTENT = `salt, '{${PART_NAMES.map((name, index) => `${index === 0 ? '' : ','}"${name}":', ifnull(${name}, 'null'), '`).join('')}}'`;
const ENVELOPE = `'{"at":', at, ',"content":"', commitment, '","event":"', event, '",', '"intent":' || intent || ',',
  '"offset":', offset, ',"prev":"', prev, '","seq":', seq, ',"v":${FORMAT_VERSION}}'`;
// Line feeds are written out: a call of char() is made again for each row.
/** What is hashed of each row: content, then envelope, a line each. */
const HASHED = `CASE WHEN ${IS_EMPTY} THEN concat('\n', ${ENVELOPE}) ELSE concat(${CONTENT}, '\n', ${ENVELOPE}) END`;
/**
 * Whether a value is not of its column's type: hashed as the same text, and read otherwise. Numbers come before texts and texts
 * before bytes, whatever they are (SQLite, « Comparison Expressions »).
 */
const IS_MISREAD = [
  ...['at', 'offset', 'intent'].map((name) => `${name} >= ''`),
  ...['event', 'prev', 'hash', 'commitment', 'salt', ...PART_NAMES].map((name) => `${name} >= x''`),
].join(' OR ');
/** What each row claims, which {@link saidAgain} says again from what it hashed. As many lines as numbers asked for: none is missing. */
const CLAIMED = `concat(CASE WHEN ${IS_EMPTY} THEN '' ELSE commitment END, ' ', prev, ' ', hash)`;

/** @param purgedThrough last row whose content the chain itself says was deleted at the end of retention. */
export function openChain(database: Database, purgedThrough: number): Chain {
  // SQLite writes what is hashed, many rows in one value: a row at a time, crossing into JavaScript costs more than hashing.
  const rows = database.prepare(
    `SELECT CAST(group_concat(${HASHED}, '\n') AS BLOB) AS hashed, group_concat(${CLAIMED}, '\n') AS claimed, max(${IS_MISREAD}) AS isMisread
    FROM entries WHERE seq >= ? AND seq <= ?`,
  );
  const hashOf = hashReader(database);
  let checked: Head = { seq: 0, hash: GENESIS_PREV };
  // Null when the row before is missing: the walk then names it, or starts after it.
  const hashBefore = (seq: number): string | null =>
    seq === checked.seq + 1 ? checked.hash : hashOf(seq - 1);
  const fits = (fromSeq: number, toSeq: number): boolean => {
    const previous = hashBefore(fromSeq);
    const { hashed, claimed, isMisread } = rows.get(fromSeq, toSeq) as { hashed: Uint8Array | null; claimed: string | null; isMisread: 0 | 1 | null };
    if (previous === null || hashed === null || isMisread === 1) return false;
    const said = saidAgain(Buffer.from(hashed.buffer, hashed.byteOffset, hashed.length), fromSeq, toSeq, previous, purgedThrough);
    if (said === null || said !== claimed) return false;
    checked = { seq: toSeq, hash: said.slice(-GENESIS_PREV.length) };
    return true;
  };
  return {
    check(fromSeq, toSeq) {
      if (fits(fromSeq, toSeq)) return null;
      const found = findBreak(database, fromSeq, toSeq, hashBefore(fromSeq), purgedThrough);
      if (found) return found;
      // What a row read as values does not show: bytes after a NUL, a value of another type.
      for (let seq = fromSeq; seq <= toSeq; seq += 1) if (hashBefore(seq) !== null && !fits(seq, seq)) return edited(seq);
      return null;
    },
  };
}

/**
 * What intact rows claim ({@link CLAIMED}), from the bytes alone: every row there, in order, each naming the one before.
 * Null when it cannot be said; a line feed in a tampered row only makes it something else.
 */
function saidAgain(bytes: Buffer, fromSeq: number, toSeq: number, previous: string, purgedThrough: number): string | null {
  // One character a byte: finding where lines end costs less in a text than in bytes.
  const text = bytes.toString('latin1');
  let said = '';
  let prev = previous;
  let start = 0;
  for (let seq = fromSeq; seq <= toSeq; seq += 1) {
    const contentEnd = text.indexOf('\n', start);
    const envelopeEnd = seq === toSeq ? text.length : text.indexOf('\n', contentEnd + 1);
    if (contentEnd < 0 || envelopeEnd < 0) return null;
    const isEmpty = contentEnd === start;
    if (isEmpty && seq > purgedThrough) return null;
    const commitment = isEmpty ? '' : sha256Hex(bytes.subarray(start, contentEnd));
    const hash = sha256Hex(bytes.subarray(contentEnd + 1, envelopeEnd));
    said += `${seq === fromSeq ? '' : '\n'}${commitment} ${prev} ${hash}`;
    prev = hash;
    start = envelopeEnd + 1;
  }
  return said;
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
