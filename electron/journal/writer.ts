import { randomBytes } from 'node:crypto';

import type { JournalEvent } from '../../shared/domain/journal';
import type { Clock } from '../storage/clock';
import { type Database, inTransaction } from '../storage/database';
import { entryInserter } from './entry-insert';
import { commitmentOf, envelopeText, GENESIS_PREV, type Head, type PartTexts, SEAL_INTERVAL, sha256Hex } from './format';
import { type EntryValue, readLastEntry } from './journal-database';
import { JournalWriteError, toJournalWriteError } from './journal-error';
import { LOCKED_RETRY_MS, LONGEST_LOCK_MS } from './lock-wait';
import { makeSeal, type SealKey } from './seal';

export interface NewEntry {
  readonly event: JournalEvent;
  readonly intent: number | null;
  readonly parts: PartTexts;
}

/** A row that is on disk. */
export interface Appended {
  readonly seq: number;
}

interface Waiting {
  readonly entry: NewEntry;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: JournalWriteError) => void;
}

export interface WriterOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly sealKey: SealKey;
  /** Minutes east of UTC at an instant, on this workstation. */
  readonly offsetMinutes: (at: number) => number;
  /** Random bytes for salts; replaced in tests that need the same file twice. */
  readonly saltSource: (byteCount: number) => Buffer;
  readonly onCommitted: (head: Head) => void;
  /** Told why rows were refused; each promise says so as well. */
  readonly onRefused?: (failure: JournalWriteError) => void;
}

export const systemSalts = (byteCount: number): Buffer => randomBytes(byteCount);

/** Rows never wait longer than this for others, however slow the disk. */
const LONGEST_WAIT_MS = 5;
const SALT_BYTES = 16;
const SALTS_AT_ONCE = 512;

/**
 * Chains rows and writes them. Rows that arrive together share one transaction, hence one flush to disk; each
 * promise settles after that flush. A lone row is written in the same turn of the event loop; after a flush that
 * served several, as many are awaited, no longer than a flush itself takes.
 */
export class JournalWriter {
  #head: Head;
  #waiting: Waiting[] = [];
  #lastFlush = { rows: 1, durationMs: 0 };
  #closed = false;
  #lock: { readonly since: number; readonly retry: NodeJS.Timeout } | null = null;
  #salts = '';
  #saltsUsed = 0;
  readonly #options: WriterOptions;
  readonly #insertEntries;
  readonly #insertSeal;
  readonly #moveHead;

  constructor(options: WriterOptions) {
    this.#options = options;
    const { database } = options;
    this.#head = readLastEntry(database) ?? { seq: 0, hash: GENESIS_PREV };
    this.#insertEntries = entryInserter(database);
    this.#insertSeal = database.prepare('INSERT OR IGNORE INTO seals (seq, hash, at, public_key, signature) VALUES (?, ?, ?, ?, ?)');
    this.#moveHead = database.prepare(
      'INSERT INTO head (id, seq, hash) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash',
    );
  }

  get head(): Head {
    return this.#head;
  }

  /** @throws {JournalWriteError} (rejects) when the row is not on disk. */
  append(entry: NewEntry): Promise<Appended> {
    if (this.#closed) return Promise.reject(new JournalWriteError('closed'));
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#flushSoon(performance.now());
      this.#waiting.push({ entry, resolve, reject });
    });
  }

  /** Each turn of the loop may bring more rows to share the flush. */
  #flushSoon(firstAt: number): void {
    setImmediate(() => {
      // What waits for a lock waits for all that comes meanwhile.
      if (this.#lock) return;
      const { rows, durationMs } = this.#lastFlush;
      const isTime = this.#waiting.length >= rows || performance.now() - firstAt >= Math.min(durationMs, LONGEST_WAIT_MS);
      if (isTime) this.flush();
      else this.#flushSoon(firstAt);
    });
  }

  /** Writes what is waiting, at once; what another program's lock holds up goes on waiting. */
  flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    const startedAt = performance.now();
    try {
      const firstSeq = this.#head.seq + 1;
      this.write(batch.map(({ entry }) => entry));
      this.#forgetLock();
      batch.forEach(({ resolve }, index) => resolve({ seq: firstSeq + index }));
    } catch (error) {
      const failure = toJournalWriteError(error);
      if (failure.reason === 'locked' && this.#waitForLock(batch)) return;
      this.#forgetLock();
      for (const { reject } of batch) reject(failure);
      this.#options.onRefused?.(failure);
    }
    this.#lastFlush = { rows: batch.length, durationMs: performance.now() - startedAt };
  }

  /** False once it has lasted too long, or when nothing more is awaited. */
  #waitForLock(batch: Waiting[]): boolean {
    const now = performance.now();
    const since = this.#lock?.since ?? now;
    if (this.#closed || now - since >= LONGEST_LOCK_MS) return false;
    this.#waiting = batch;
    clearTimeout(this.#lock?.retry);
    this.#lock = { since, retry: setTimeout(() => this.flush(), LOCKED_RETRY_MS) };
    return true;
  }

  #forgetLock(): void {
    clearTimeout(this.#lock?.retry);
    this.#lock = null;
  }

  /** One transaction: the rows, the seals that fall due, and the seal of the last row when asked. */
  write(entries: readonly NewEntry[], sealsLast = false): void {
    const { database, clock, offsetMinutes } = this.#options;
    const at = Math.trunc(clock.now());
    const offset = offsetMinutes(at);
    let head = this.#head;
    inTransaction(database, () => {
      const values: EntryValue[] = [];
      for (const entry of entries) {
        head = this.#chain(entry, head, at, offset, values);
        if (head.seq % SEAL_INTERVAL === 0) this.#seal(head, at);
      }
      this.#insertEntries(values);
      if (sealsLast) this.#seal(head, at);
      this.#moveHead.run(head.seq, head.hash);
    });
    this.#head = head;
    this.#tellCommitted(head);
  }

  /** The rows are there: whatever their witness meets, « locked » too, must not have them written again. */
  #tellCommitted(head: Head): void {
    try {
      this.#options.onCommitted(head);
    } catch (cause) {
      const failure = toJournalWriteError(cause);
      throw failure.reason === 'locked' ? new JournalWriteError('unknown', { cause }) : failure;
    }
  }

  /** Seals the present head, unless it already is, and answers it. */
  sealHead(): Head {
    if (this.#head.seq > 0) this.#seal(this.#head, Math.trunc(this.#options.clock.now()));
    return this.#head;
  }

  /** Refuses what comes after; what was accepted is written first. */
  close(): void {
    this.#closed = true;
    this.flush();
  }

  /** Adds a row's values to those to insert. Returns the head that it makes. */
  #chain({ event, intent, parts }: NewEntry, previous: Head, at: number, offset: number, values: EntryValue[]): Head {
    const salt = this.#takeSalt();
    const commitment = commitmentOf(salt, parts);
    const seq = previous.seq + 1;
    const prev = previous.hash;
    const hash = sha256Hex(envelopeText({ seq, at, offset, event, intent, commitment, prev }));
    const { actor = null, purpose = null, result = null, subject = null, words = null } = parts;
    values.push(seq, at, offset, event, intent, prev, hash, commitment, salt, actor, purpose, result, subject, words);
    return { seq, hash };
  }

  /** Random bytes are drawn for many salts at once: asking for each costs more than hashing a row. */
  #takeSalt(): string {
    if (this.#saltsUsed >= this.#salts.length) {
      this.#salts = this.#options.saltSource(SALT_BYTES * SALTS_AT_ONCE).toString('hex');
      this.#saltsUsed = 0;
    }
    const start = this.#saltsUsed;
    this.#saltsUsed += SALT_BYTES * 2;
    return this.#salts.slice(start, this.#saltsUsed);
  }

  #seal(head: Head, at: number): void {
    const seal = makeSeal(this.#options.sealKey, head.seq, head.hash, at);
    this.#insertSeal.run(seal.seq, seal.hash, seal.at, seal.publicKey, seal.signature);
  }
}
