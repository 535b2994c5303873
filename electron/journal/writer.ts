import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { JournalEvent } from '../../shared/domain/journal';
import type { Clock } from '../storage/clock';
import { type Database, inTransaction } from '../storage/database';
import { LogFlush } from '../storage/log-flush';
import { commitmentOf, envelopeText, GENESIS_PREV, type Head, type PartTexts, SEAL_INTERVAL, sha256Hex } from './format';
import { ENTRY_COLUMNS, readLastEntry } from './journal-database';
import { JournalWriteError, toJournalWriteError } from './journal-error';
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
  /** Told heads that are on disk, never an older one after a newer. */
  readonly onCommitted: (head: Head) => void;
  /** The log's flush; replaced in tests of a disk that fails. */
  readonly log?: Pick<LogFlush, 'prepare' | 'flush' | 'flushNow' | 'close'>;
}

export const systemSalts = (byteCount: number): Buffer => randomBytes(byteCount);

const SALT_BYTES = 16;
const SALTS_AT_ONCE = 512;

/**
 * Chains rows and writes them. Rows that arrive together share one transaction and one flush to disk; each promise settles
 * after that flush. The flush does not hold up the loop: rows that come meanwhile wait for it, and share the next.
 */
export class JournalWriter {
  #head: Head;
  #waiting: Waiting[] = [];
  /** Ends once nothing waits any more. */
  #writing: Promise<void> | null = null;
  /**
   * A flush failed: what the log holds may not be on disk, whatever a later flush says. Nothing more is written, until
   * another start reads again from the disk what is there.
   */
  #isLogDoubtful = false;
  #toldSeq = 0;
  #closed = false;
  #salts = '';
  #saltsUsed = 0;
  readonly #options: WriterOptions;
  readonly #log;
  readonly #insertEntry;
  readonly #insertSeal;
  readonly #moveHead;

  constructor(options: WriterOptions) {
    this.#options = options;
    const { database, log = new LogFlush(database) } = options;
    this.#log = log;
    this.#head = readLastEntry(database) ?? { seq: 0, hash: GENESIS_PREV };
    const columnCount = ENTRY_COLUMNS.split(',').length;
    this.#insertEntry = database.prepare(`INSERT INTO entries (${ENTRY_COLUMNS}) VALUES (${Array(columnCount).fill('?').join(', ')})`);
    this.#insertSeal = database.prepare('INSERT OR IGNORE INTO seals (seq, hash, at, public_key, signature) VALUES (?, ?, ?, ?, ?)');
    this.#moveHead = database.prepare(
      'INSERT INTO head (id, seq, hash) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash',
    );
  }

  get head(): Head {
    return this.#head;
  }

  /** @throws {JournalWriteError} (rejects) when the row may not be on disk. */
  append(entry: NewEntry): Promise<Appended> {
    if (this.#closed) return Promise.reject(new JournalWriteError('closed'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      this.#writing ??= this.#writeWaiting();
    });
  }

  /** Settles once every row accepted so far was acknowledged or refused. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    do {
      // The rest of this turn of the loop may bring more rows to share the flush.
      await nextTurn();
      await this.#writeGroup(this.#takeWaiting());
    } while (this.#waiting.length > 0);
    this.#writing = null;
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    if (group.length === 0) return;
    try {
      this.#log.prepare();
      const firstSeq = this.#head.seq + 1;
      this.#insertUnflushed(group);
      const head = this.#head;
      await this.#flushLog();
      this.#tell(head);
      settle(group, firstSeq);
    } catch (error) {
      fail(group, error);
    }
  }

  /** Writes what is waiting, at once and durably. */
  flush(): void {
    const group = this.#takeWaiting();
    if (group.length === 0) return;
    try {
      const firstSeq = this.#head.seq + 1;
      this.write(group.map(({ entry }) => entry));
      settle(group, firstSeq);
    } catch (error) {
      fail(group, error);
    }
  }

  /** The rows, the seals that fall due and the seal of the last row when asked, in one transaction that is on disk at the return, as all before it. */
  write(entries: readonly NewEntry[], sealsLast = false): void {
    this.#insertAll(entries, sealsLast);
    this.#tell(this.#head);
  }

  #takeWaiting(): readonly Waiting[] {
    const group = this.#waiting;
    this.#waiting = [];
    return group;
  }

  #insertUnflushed(group: readonly Waiting[]): void {
    const { database } = this.#options;
    database.exec('PRAGMA synchronous = NORMAL');
    try {
      this.#insertAll(group.map(({ entry }) => entry));
    } finally {
      database.exec('PRAGMA synchronous = FULL');
    }
  }

  async #flushLog(): Promise<void> {
    try {
      await this.#log.flush();
    } catch (error) {
      this.#isLogDoubtful = true;
      throw error;
    }
  }

  #insertAll(entries: readonly NewEntry[], sealsLast = false): void {
    const { database, clock, offsetMinutes } = this.#options;
    this.#refuseOnDoubt();
    const at = Math.trunc(clock.now());
    const offset = offsetMinutes(at);
    let head = this.#head;
    inTransaction(database, () => {
      for (const entry of entries) {
        head = this.#insert(entry, head, at, offset);
        if (head.seq % SEAL_INTERVAL === 0) this.#seal(head, at);
      }
      if (sealsLast) this.#seal(head, at);
      this.#moveHead.run(head.seq, head.hash);
    });
    this.#head = head;
  }

  #refuseOnDoubt(): void {
    if (this.#isLogDoubtful) throw new JournalWriteError('closed');
  }

  #tell(head: Head): void {
    if (head.seq <= this.#toldSeq) return;
    this.#toldSeq = head.seq;
    this.#options.onCommitted(head);
  }

  /** Seals the present head, unless it already is; both are on disk at the return. */
  sealHead(): void {
    if (this.#head.seq === 0) return;
    this.#refuseOnDoubt();
    this.#seal(this.#head, Math.trunc(this.#options.clock.now()));
    // With its seal there already, nothing was written: nothing was flushed either.
    if (this.#writing) this.#log.flushNow();
  }

  /** Refuses what comes after; what was accepted is written first. */
  close(): void {
    this.flush();
    this.#closed = true;
    this.#log.close();
  }

  #insert({ event, intent, parts }: NewEntry, previous: Head, at: number, offset: number): Head {
    const salt = this.#takeSalt();
    const commitment = commitmentOf(salt, parts);
    const seq = previous.seq + 1;
    const prev = previous.hash;
    const hash = sha256Hex(envelopeText({ seq, at, offset, event, intent, commitment, prev }));
    const { actor = null, purpose = null, result = null, subject = null, words = null } = parts;
    this.#insertEntry.run(seq, at, offset, event, intent, prev, hash, commitment, salt, actor, purpose, result, subject, words);
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

function settle(group: readonly Waiting[], firstSeq: number): void {
  group.forEach(({ resolve }, index) => resolve({ seq: firstSeq + index }));
}

function fail(group: readonly Waiting[], error: unknown): void {
  const failure = toJournalWriteError(error);
  for (const { reject } of group) reject(failure);
}
