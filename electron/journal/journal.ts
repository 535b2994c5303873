import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

import type { CallIntent, CallOutcome, CallStop, IntentRef, TracePort } from '../consultation/ports';
import type { ApiError } from '../../shared/domain/api-error';
import type { JournalBreak, PurgeSummary, TracedEvent } from '../../shared/domain/journal';
import type { DocumentLine } from '../../shared/domain/listed-document';
import type { Clock } from '../storage/clock';
import { type Database, reserveLog, setAside } from '../storage/database';
import { breakKey } from './announcements';
import { callsAfter, type TracedCall } from './calls-after';
import { type HeadBreak, findHeadBreak, headBreakSentences } from './head-check';
import { eventParts, intentParts, type JournalEventInput, outcomeParts, refusalParts } from './event-parts';
import { FORMAT_VERSION, type Head } from './format';
import type { HeadWitness } from './head-witness';
import { documentLine } from './document-line';
import { receiptsBeforeCut } from './receipts';
import { hashReader, openForWriting, readLastEntry, waitForLocks } from './journal-database';
import { JournalClock, readDueAt } from './journal-clock';
import { type FileState, fileStop } from './file-check';
import { JournalWriteError, toJournalWriteError } from './journal-error';
import { throughLocks } from './lock-wait';
import { openingNotices, setAsideSentence, WITNESS_LOST } from './opening-notices';
import { Purge, type PurgeAdvance, type PurgeOrder } from './purge';
import { previewPurge } from './retention';
import type { SealKey } from './seal';
import { type Appended, JournalWriter, type NewEntry, systemSalts } from './writer';
import { anchorHead, type AnchorResult, readLastAnchor } from './anchor';
import type { TimestampAuthority } from './timestamp';

export interface JournalOptions {
  /** Where `journal.db` is; its folder exists. */
  readonly path: string;
  readonly clock: Clock;
  /** Name of this workstation, as every row will say. */
  readonly workstation: string;
  readonly sealKey: SealKey;
  readonly witness?: HeadWitness;
  /** What the journal that this one replaces says that the clock has to reach, in milliseconds since the Unix epoch. */
  readonly clockDueAt?: number;
  readonly saltSource?: (byteCount: number) => Buffer;
  readonly offsetMinutes?: (at: number) => number;
  /** What the journal has to say on every screen differs from before. */
  readonly onNotices?: () => void;
  readonly onPurgeProgress?: (advance: PurgeAdvance) => void;
}

/** Every promise settles once the row is on disk, and rejects with {@link JournalWriteError} when it is not. */
export interface Journal extends TracePort {
  readonly path: string;
  /** Set when the file did not continue what the witness had seen; already recorded as an event. */
  readonly openingBreak: HeadBreak | null;
  /** What the user must know of the opening, in French sentences; already recorded. */
  readonly openingNotices: readonly string[];
  /** What the last reading of the whole file, or a write since, has shown. */
  readonly fileState: FileState;
  /** The clock beside the rows: calls wait while it stands before the last of them, until it is confirmed. */
  readonly clock: Pick<JournalClock, 'isBehind' | 'statement' | 'look' | 'noteServedTime' | 'noteHeldOff'>;
  /** Everything that keeps calls from leaving now. */
  callStops(): readonly CallStop[];
  /** Calls are refused from then on when it is damaged, its disk fails or a row was altered that no keeper has seen; other events are still written. */
  noteFileState(state: FileState): void;
  /** Whoever answers for the journal has seen this break, and the journal says so. */
  noteSeenByKeeper(found: JournalBreak): void;
  record(event: JournalEventInput): Promise<Appended>;
  head(): Head;
  /** Calls traced after a row, oldest first, each with its outcome when it has one: what a stop has left is settled from them. */
  callsAfter(seq: number): readonly TracedCall[];
  /** Whether this row is there, with this hash when it is known: a restored or new journal counts again from lower numbers. */
  holds(seq: number, hash: string | null): boolean;
  /** Whether the call of this row brought the document of this SHA-256. */
  documentLine(seq: number, sha256: string): DocumentLine;
  /** What was said of received documents since the last orderly close before this opening, oldest first. */
  receiptsBeforeCut(): readonly TracedEvent[];
  /** Signs the present head, waiting for another program's lock as a row does: before an export, a verification, an anchor. */
  seal(): Promise<Head>;
  previewPurge(now: number, months: number): Promise<PurgeSummary>;
  /** See {@link Purge}. */
  purge(now: number, months: number, order?: PurgeOrder): Promise<PurgeSummary>;
  /** How far the purge that runs is; null while none does. */
  readonly purgeProgress: PurgeAdvance | null;
  /** Has the present head stamped by an RFC 3161 authority; nothing but 32 bytes leaves. */
  anchor(authority: TimestampAuthority): Promise<AnchorResult>;
  lastAnchor(): AnchorResult | null;
  close(): void;
}

/**
 * Opens the journal, creating it when absent.
 * @throws {JournalWriteError} when it cannot be written: the application must then refuse every call.
 */
export function openJournal(options: JournalOptions): Journal {
  try {
    return open(options, null);
  } catch (error) {
    const failure = toJournalWriteError(error);
    if (failure.reason !== 'damaged' || !existsSync(options.path)) throw failure;
    return startAgain(options);
  }
}

function open(options: JournalOptions, keptAt: string | null): Journal {
  const database = openForWriting(options.path);
  try {
    return new SqliteJournal(options, database, keptAt);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A damaged file is kept, never overwritten; the journal that takes over says so in its first row. */
function startAgain(options: JournalOptions): Journal {
  try {
    const clockDueAt = readDueAt(options.path);
    return open({ ...options, clockDueAt }, setAside(options.path, options.clock.now()));
  } catch (error) {
    throw toJournalWriteError(error);
  }
}

class SqliteJournal implements Journal {
  readonly path: string;
  readonly openingBreak: HeadBreak | null;
  readonly openingNotices: readonly string[];
  readonly clock: JournalClock;
  readonly #writer: JournalWriter;
  readonly #database: Database;
  readonly #options: JournalOptions;
  readonly #openingSeq: number;
  readonly #documentLine: Journal['documentLine'];
  readonly #purge: Purge;
  #closed = false;
  #fileState: FileState = { kind: 'intact' };
  readonly #seenByKeeper = new Set<string>();

  constructor(options: JournalOptions, database: Database, keptAt: string | null) {
    this.path = options.path;
    this.#options = options;
    this.#database = database;
    const last = readLastEntry(database);
    const { clock, sealKey, witness } = options;
    const witnessed = witness?.read() ?? null;
    // After a damaged file the witness remembers a history that this one does not claim to continue.
    this.openingBreak = keptAt === null ? findHeadBreak(database, witnessed) : null;
    const trouble = keptAt !== null ? setAsideSentence(keptAt) : witness && !witnessed && last ? WITNESS_LOST : null;
    this.openingNotices = openingNotices(this.openingBreak, trouble);
    this.#writer = new JournalWriter({
      database,
      clock,
      sealKey,
      offsetMinutes: options.offsetMinutes ?? ((at) => -new Date(at).getTimezoneOffset()),
      saltSource: options.saltSource ?? systemSalts,
      onCommitted: (head) => witness?.write(head),
      onRefused: ({ reason }) => {
        if (reason === 'failing_disk') this.noteFileState({ kind: 'failing' });
      },
    });
    this.clock = new JournalClock({
      ...{ database, formerDueAt: options.clockDueAt ?? 0, now: () => clock.now() },
      ...{ tell: (event) => this.record(event), onChange: () => options.onNotices?.() },
    });
    this.#documentLine = documentLine(database);
    this.#purge = new Purge({
      database,
      announce: (event) => this.record(event),
      onProgress: (advance) => options.onPurgeProgress?.(advance),
      isClosed: () => this.#closed,
    });
    this.#openingSeq = this.#writer.head.seq + 1;
    this.#writeOpening(trouble);
    reserveLog(database);
    waitForLocks(database, 'running');
  }

  record(event: JournalEventInput): Promise<Appended> {
    return this.#append({ event: event.event, intent: null, parts: eventParts(event, this.#options.workstation) });
  }

  get fileState(): FileState {
    return this.#fileState;
  }

  noteFileState(state: FileState): void {
    // A reading that began before a keeper saw the row does not know of it.
    const known: FileState = state.kind === 'broken' && this.#seenByKeeper.has(breakKey(state.found)) ? { ...state, told: 'to_keeper' } : state;
    if (isDeepStrictEqual(known, this.#fileState)) return;
    this.#fileState = known;
    this.#options.onNotices?.();
  }

  noteSeenByKeeper(found: JournalBreak): void {
    this.#seenByKeeper.add(breakKey(found));
    this.noteFileState(this.#fileState);
  }

  readonly callStop = (): CallStop | null => this.callStops()[0] ?? null;

  callStops(): readonly CallStop[] {
    this.clock.look();
    return [fileStop(this.#fileState), this.clock.stop].filter((stop) => stop !== null);
  }

  recordIntent(intent: CallIntent): Promise<IntentRef> {
    return this.#append({ event: 'call.intent', intent: null, parts: intentParts(intent, this.#options.workstation) });
  }

  async recordOutcome(ref: IntentRef, outcome: CallOutcome): Promise<void> {
    await this.#append({ event: 'call.outcome', intent: ref.seq, parts: outcomeParts(outcome) });
  }

  async recordRefusal(...[intent, error]: Parameters<TracePort['recordRefusal']>): Promise<void> {
    await this.#append({ event: 'call.refused', intent: null, parts: this.#refusal(intent, error) });
  }

  head(): Head {
    return this.#writer.head;
  }

  callsAfter(seq: number): readonly TracedCall[] {
    this.#writer.flush();
    return callsAfter(this.#database, seq);
  }

  holds(seq: number, hash: string | null): boolean {
    this.#writer.flush();
    const found = hashReader(this.#database)(seq);
    return found !== null && (hash === null || found === hash);
  }

  documentLine(seq: number, sha256: string): DocumentLine {
    return this.#documentLine(seq, sha256);
  }

  receiptsBeforeCut(): readonly TracedEvent[] {
    return receiptsBeforeCut(this.#database, this.#openingSeq);
  }

  async seal(): Promise<Head> {
    try {
      return await throughLocks(() => {
        if (this.#closed) throw new JournalWriteError('closed');
        this.#writer.flush();
        return this.#writer.sealHead();
      });
    } catch (error) {
      throw toJournalWriteError(error);
    }
  }

  previewPurge(now: number, months: number): Promise<PurgeSummary> {
    return previewPurge(this.#database, now, months);
  }

  purge(now: number, months: number, order: PurgeOrder = {}): Promise<PurgeSummary> {
    return this.#purge.run(now, months, order).catch((error: unknown) => {
      throw toJournalWriteError(error);
    });
  }

  get purgeProgress(): PurgeAdvance | null {
    return this.#purge.progress;
  }

  async anchor(authority: TimestampAuthority): Promise<AnchorResult> {
    const result = await anchorHead(this.#database, await this.seal(), authority);
    await this.record({
      event: 'journal.anchored',
      detail: `Empreinte de la ligne ${result.seq} horodatée par ${result.authority}.`,
      data: { seq: result.seq, hash: result.hash, stampedAt: result.stampedAt },
    });
    return result;
  }

  lastAnchor(): AnchorResult | null {
    return readLastAnchor(this.#database);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    waitForLocks(this.#database, 'patient');
    this.clock.stamp();
    this.#writer.close();
    try {
      // Together: a close without its seal is one whose seal was taken away.
      this.#writer.write([this.#eventEntry({ event: 'journal.closed', data: this.clock.statement })], true);
    } catch (error) {
      throw toJournalWriteError(error);
    }
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#database.close();
    this.#options.witness?.close();
  }

  #append(entry: NewEntry): Promise<Appended> {
    this.clock.stamp();
    return this.#writer.append(entry);
  }

  #writeOpening(detail: string | null): void {
    const { sealKey } = this.#options;
    this.clock.stamp();
    const data = { format: FORMAT_VERSION, publicKey: sealKey.publicKey().toString('base64'), ...this.clock.statement };
    const first = this.#writer.head.seq === 0;
    const entries = [this.#eventEntry({ event: first ? 'journal.created' : 'journal.opened', data, detail, outcome: detail === null ? 'success' : 'failure' })];
    if (this.openingBreak) {
      const { kind, expected } = this.openingBreak;
      entries.push(
        this.#eventEntry({
          event: 'journal.head_mismatch',
          outcome: 'failure',
          code: kind,
          detail: headBreakSentences[kind],
          data: { expectedSeq: expected.seq, expectedHash: expected.hash },
        }),
      );
    }
    this.#writer.write(entries);
  }

  #eventEntry(input: JournalEventInput): NewEntry {
    return { event: input.event, intent: null, parts: eventParts(input, this.#options.workstation) };
  }

  #refusal(intent: Parameters<TracePort['recordRefusal']>[0], error: ApiError) {
    return refusalParts(intent, error, this.#options.workstation);
  }
}
