import { JOURNAL_EVENTS, type JournalOutcome } from '../../shared/domain/journal';
import type { Database } from '../storage/database';
import type { PartFields } from './event-parts';
import { READ_AT, READ_INTENT } from './journal-database';
import { parseFields } from './line';
import { foldText } from '../../shared/domain/fold-text';

/** Parts that lines share with many others, hence kept once. */
export const SHARED_PARTS = ['actor', 'purpose', 'subject', 'words'] as const;
export type SharedPart = (typeof SHARED_PARTS)[number];

export const OUTCOMES: readonly JournalOutcome[] = ['pending', 'success', 'failure', 'refused', 'interrupted'];
const OUTCOME_CODE = new Map(OUTCOMES.map((outcome, code) => [outcome, code]));
const EVENT_CODE = new Map<string, number>(JOURNAL_EVENTS.map((event, code) => [event, code]));
const PENDING = 0;
const SUCCESS = 1;
const INTERRUPTED = 4;

function outcomeCode(outcome: string | null): number {
  return OUTCOME_CODE.get(outcome as JournalOutcome) ?? SUCCESS;
}

/** Distinct values of one part; code 0 stands for absent. */
export class Dictionary<P extends SharedPart> {
  readonly fields: Partial<PartFields[P]>[] = [{}];
  /** What free text is looked for in: values without case or accents. */
  readonly folded: string[] = [''];
  readonly #codes = new Map<string, number>([['', 0]]);

  codeOf(text: string | null): number {
    if (text === null) return 0;
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.fields.length;
    const fields = parseFields<P>(text);
    this.#codes.set(text, code);
    this.fields.push(fields);
    this.folded.push(foldText(Object.values(fields).join('\n')));
    return code;
  }
}

export type Dictionaries = { readonly [P in SharedPart]: Dictionary<P> };

function makeDictionaries(): Dictionaries {
  return { actor: new Dictionary(), purpose: new Dictionary(), subject: new Dictionary(), words: new Dictionary() };
}

/** One slot per line, in order of sequence number. */
interface Columns {
  readonly seq: Uint32Array;
  readonly at: Float64Array;
  readonly event: Uint8Array;
  readonly outcome: Uint8Array;
  readonly outcomeSeq: Uint32Array;
  /** Words of the outcome, beside those of the intent. */
  readonly outcomeWords: Uint32Array;
  /** {@link requestDigest} of the request id; 0 when there is none. */
  readonly requestDigest: Uint32Array;
  readonly actor: Uint32Array;
  readonly purpose: Uint32Array;
  readonly subject: Uint32Array;
  readonly words: Uint32Array;
}

const FIRST_CAPACITY = 4_096;

function makeColumns(capacity: number): Columns {
  const u32 = () => new Uint32Array(capacity);
  return {
    seq: u32(),
    at: new Float64Array(capacity),
    event: new Uint8Array(capacity),
    outcome: new Uint8Array(capacity),
    outcomeSeq: u32(),
    outcomeWords: u32(),
    requestDigest: u32(),
    actor: u32(),
    purpose: u32(),
    subject: u32(),
    words: u32(),
  };
}

/** A request id as it is compared: the service's are UUIDs, which mean the same in capitals (RFC 9562, 4). */
export function foldRequestId(requestId: string): string {
  return requestId.trim().toLowerCase();
}

/** 32 bits of a request id (FNV-1a), never 0: a million are gone through in a moment, and few rows are read in vain. */
export function requestDigest(requestId: string): number {
  const folded = foldRequestId(requestId);
  let digest = 0x811c9dc5;
  for (let index = 0; index < folded.length; index += 1) digest = Math.imul(digest ^ folded.charCodeAt(index), 0x01000193);
  return digest >>> 0 || 1;
}

type Text = string | null;
type IndexRow = readonly [number, number, string, number | null, Text, Text, Text, Text, Text, Text];

const FROM_RESULT = `json_extract(result, '$.outcome'), json_extract(result, '$.requestId')`;
const rowsWith = (fromResult: string) => `SELECT seq, ${READ_AT}, event, ${READ_INTENT}, actor, purpose, subject, words, ${fromResult} FROM entries WHERE seq > ? ORDER BY seq LIMIT ?`;

/**
 * The journal as columns in memory, one slot per line (an intent and its outcome are one line), so that any combination
 * of filters is one pass over small arrays. Derived from the rows themselves: there is no second copy on disk to distrust.
 */
export class SearchIndex {
  columns = makeColumns(FIRST_CAPACITY);
  /** Slots before this one were purged. */
  firstSlot = 0;
  length = 0;
  readonly dictionaries = makeDictionaries();
  #lastSeq = 0;
  #lastOpening = 0;
  #interruptedThrough = 0;
  #purgedThrough = 0;
  readonly #database: Database;
  readonly #rows;
  readonly #doubtfulRows;

  constructor(database: Database) {
    this.#database = database;
    this.#rows = database.prepare(rowsWith(FROM_RESULT));
    this.#rows.setReturnArrays(true);
    // Slower, for what was tampered with.
    this.#doubtfulRows = database.prepare(rowsWith(`CASE WHEN json_valid(result) THEN json_extract(result, '$.outcome') END, CASE WHEN json_valid(result) THEN json_extract(result, '$.requestId') END`));
    this.#doubtfulRows.setReturnArrays(true);
  }

  get capacity(): number {
    return this.columns.seq.length;
  }

  /** Brings in at most `limit` committed rows that are not there yet. True when nothing is left to read. */
  refresh(limit = Number.MAX_SAFE_INTEGER): boolean {
    const count = this.#read(limit);
    this.#markInterrupted();
    this.#skipPurged();
    return count < limit;
  }

  #read(limit: number): number {
    try {
      return this.#readWith(this.#rows, limit);
    } catch {
      return this.#readWith(this.#doubtfulRows, limit);
    }
  }

  #readWith(rows: ReturnType<Database['prepare']>, limit: number): number {
    let count = 0;
    for (const row of rows.iterate(this.#lastSeq, limit)) {
      this.#add(row as unknown as IndexRow);
      count += 1;
    }
    return count;
  }

  /** Slot of a line, or -1. */
  slotOf(seq: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.columns.seq[middle] as number;
      if (found === seq) return middle;
      if (found < seq) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #add([seq, at, event, intent, actor, purpose, subject, words, outcome, requestId]: IndexRow): void {
    this.#lastSeq = seq;
    if (event === 'call.outcome' && intent !== null) {
      this.#addOutcome(intent, seq, { outcome, words, requestId });
      return;
    }
    if (event === 'journal.opened') this.#lastOpening = seq;
    if (event === 'journal.purged') this.#purgedThrough = Math.max(this.#purgedThrough, this.#throughOf(seq));
    const purged = actor === null;
    if (purged) return;
    if (this.length === this.capacity) this.#grow();
    const slot = this.length;
    this.length += 1;
    const { columns, dictionaries } = this;
    columns.seq[slot] = seq;
    columns.at[slot] = at;
    columns.event[slot] = EVENT_CODE.get(event) ?? 255;
    columns.outcome[slot] = event === 'call.intent' ? PENDING : outcomeCode(outcome);
    columns.actor[slot] = dictionaries.actor.codeOf(actor);
    columns.purpose[slot] = dictionaries.purpose.codeOf(purpose);
    columns.subject[slot] = dictionaries.subject.codeOf(subject);
    columns.words[slot] = dictionaries.words.codeOf(words);
    columns.requestDigest[slot] = requestId === null ? 0 : requestDigest(requestId);
  }

  #addOutcome(intent: number, seq: number, { outcome, words, requestId }: { readonly outcome: Text; readonly words: Text; readonly requestId: Text }): void {
    const slot = this.slotOf(intent);
    if (slot < 0 || this.columns.outcomeSeq[slot] !== 0) return;
    this.columns.outcomeSeq[slot] = seq;
    this.columns.outcome[slot] = outcomeCode(outcome);
    this.columns.outcomeWords[slot] = this.dictionaries.words.codeOf(words);
    if (requestId !== null) this.columns.requestDigest[slot] = requestDigest(requestId);
  }

  /** An intent older than the last start, and still without outcome, will never have one. */
  #markInterrupted(): void {
    for (let slot = this.#interruptedThrough; slot < this.length && (this.columns.seq[slot] as number) < this.#lastOpening; slot += 1) {
      if (this.columns.outcome[slot] === PENDING) this.columns.outcome[slot] = INTERRUPTED;
      this.#interruptedThrough = slot + 1;
    }
  }

  /** Lines whose content was deleted are no longer looked at. The chain says which: what stands beside it could hide lines. */
  #skipPurged(): void {
    while (this.firstSlot < this.length && (this.columns.seq[this.firstSlot] as number) <= this.#purgedThrough) this.firstSlot += 1;
  }

  #throughOf(seq: number): number {
    const row = this.#database.prepare(`SELECT json_extract(result, '$.data.throughSeq') AS through FROM entries WHERE seq = ? AND json_valid(result)`).get(seq) as { readonly through: unknown } | undefined;
    return Number(row?.through ?? 0);
  }

  #grow(): void {
    const larger = makeColumns(this.capacity * 2);
    for (const name of Object.keys(larger) as (keyof Columns)[]) larger[name].set(this.columns[name]);
    this.columns = larger;
  }
}

