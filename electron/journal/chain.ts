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

const CONTENT = `concat(salt, '{', substr(concat(${PART_NAMES.map((name) => `',"${name}":' || ${name}`).join(', ')}), 2), '}')`;
const IS_EMPTY = ['salt', ...PART_NAMES].map((name) => `${name} IS NULL`).join(' AND ');
const ENVELOPE = `concat('{"at":', at, ',"content":"', commitment, '","event":"', event, '",', '"intent":' || intent || ',',
  '"offset":', offset, ',"prev":"', prev, '","seq":', seq, ',"v":${FORMAT_VERSION}}')`;
const LINES_PER_ROW = 3;

export function openChain(database: Database): Chain {
  // SQLite writes the texts to hash, a thousand rows in one value: a row at a time, crossing into JavaScript costs more than hashing.
  const texts = database.prepare(
    `SELECT group_concat(concat(CASE WHEN ${IS_EMPTY} THEN '' ELSE ${CONTENT} END, char(10), ${ENVELOPE}, char(10), hash), char(10)) AS text
     FROM entries WHERE seq >= ? AND seq <= ?`,
  );
  const purgedThrough = announcedPurge(database);
  return {
    check(fromSeq, toSeq) {
      const previous = hashBefore(database, fromSeq);
      const { text } = texts.get(fromSeq, toSeq) as { text: string | null };
      if (previous !== null && text !== null && isIntact(text, fromSeq, toSeq, previous, purgedThrough)) return null;
      return findBreak(database, fromSeq, toSeq, previous, purgedThrough);
    },
  };
}

/** True when every row is there, in order, and fits. A line feed in a tampered content only makes this false. */
function isIntact(text: string, fromSeq: number, toSeq: number, previous: string, purgedThrough: number): boolean {
  const lines = text.split('\n');
  if (lines.length !== (toSeq - fromSeq + 1) * LINES_PER_ROW) return false;
  let prev = previous;
  for (let seq = fromSeq, line = 0; seq <= toSeq; seq += 1, line += LINES_PER_ROW) {
    const content = lines[line] as string;
    const envelope = lines[line + 1] as string;
    const hash = lines[line + 2] as string;
    if (content === '' ? seq > purgedThrough : !holdsCommitment(envelope, sha256Hex(content))) return false;
    if (sha256Hex(envelope) !== hash || !envelope.endsWith(`"prev":"${prev}","seq":${seq},"v":${FORMAT_VERSION}}`)) return false;
    prev = hash;
  }
  return true;
}

const BEFORE_COMMITMENT = ',"content":"';

function holdsCommitment(envelope: string, commitment: string): boolean {
  return envelope.startsWith(commitment, envelope.indexOf(BEFORE_COMMITMENT) + BEFORE_COMMITMENT.length);
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
  const row = database.prepare("SELECT max(json_extract(result, '$.data.throughSeq')) AS through FROM entries WHERE event = 'journal.purged'").get();
  return (row as { through: number | null }).through ?? 0;
}
