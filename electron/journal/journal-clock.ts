import type { CallStop } from '../consultation/ports';
import { instantText } from '../files/instant-text';
import { lengthText } from '../files/length-text';
import type { Database } from '../storage/database';
import { clockStop, type ServedTime } from './call-stops';
import { agree, type ClockState, clockStateFrom, confirmed, type ConfirmedBy, dueAtNextStart, hasJumpedBack, latestAtNextStart, seen, stamped, unstamped } from './clock-state';
import type { JournalEventInput } from './event-parts';
import { LATEST_AT, openForReading, READ_AT, readLastEntry } from './journal-database';
import { parseFields } from './line';

export interface JournalClockDeps {
  readonly database: Database;
  /** What a journal that this one replaces says that the clock has to reach. */
  readonly formerDueAt: number;
  readonly now: () => number;
  /** Writes a row that tells of the clock, after those already accepted. */
  readonly tell: (event: JournalEventInput) => Promise<unknown>;
  /** Whether calls wait, or why, differs from before. */
  readonly onChange: () => void;
}

/** Rows that say what the clock has to reach: the last of them is believed, and no session is without. */
const SPEAKING = ['journal.created', 'journal.opened', 'journal.closed', 'clock.set_back', 'clock.confirmed'].map((event) => `'${event}'`).join(', ');

/**
 * The clock beside the rows that it dates. Set back, it is said in the journal, and calls wait until it has come back to where it was
 * or a clock outside has confirmed it; either way the rows themselves remember, whatever start comes in between.
 */
export class JournalClock {
  #state: ClockState;
  #served: ServedTime = { kind: 'asked' };

  constructor(private readonly deps: JournalClockDeps) {
    this.#state = readState(deps.database, deps.formerDueAt);
  }

  get isBehind(): boolean {
    return this.#state.isBehind;
  }

  /** What an opening or a close says of it, for the next start. */
  get statement(): ClockStatement | undefined {
    return statementOf(this.#state, this.deps.now());
  }

  get stop(): CallStop | null {
    const { isBehind, dueAt } = this.#state;
    return isBehind ? clockStop(dueAt, this.deps.now(), this.#served) : null;
  }

  /** Reads the clock, without a row of its own unless it has jumped back. */
  look(): void {
    const now = this.deps.now();
    if (hasJumpedBack(this.#state, now)) this.stamp();
    else this.#become(seen(this.#state, now));
  }

  /** To be called before a row is written. */
  stamp(): void {
    const now = this.deps.now();
    const before = this.#state;
    this.#become(stamped(before, now));
    if (!hasJumpedBack(before, now)) return;
    this.deps.tell(this.#setBackEvent(before, now)).catch(() => {
      // Untold, the jump is still ahead of the next row.
      this.#state = unstamped(this.#state, before);
    });
  }

  /**
   * What a clock outside shows now; null: it cannot be asked.
   * @throws {JournalWriteError} when it confirms this one and that cannot be written: calls then still wait.
   */
  async noteServedTime(servedAt: number | null, by: ConfirmedBy): Promise<void> {
    this.look();
    if (!this.isBehind) return;
    const now = this.deps.now();
    if (servedAt !== null && agree(now, servedAt)) return this.#confirm(now, servedAt, by);
    this.#note(servedAt === null ? { kind: 'unreachable', at: now } : { kind: 'other', aheadMs: servedAt - now });
  }

  /** No clock outside is asked for now: the service probably keeps this address away. */
  noteHeldOff(): void {
    this.look();
    if (this.isBehind) this.#note({ kind: 'held_off' });
  }

  #note(served: ServedTime): void {
    this.#served = served;
    this.deps.onChange();
  }

  async #confirm(now: number, servedAt: number, by: ConfirmedBy): Promise<void> {
    const before = this.#state;
    const after = confirmed(before, now, by);
    const gapSeconds = Math.round((now - servedAt) / 1_000);
    const aheadSeconds = Math.round((before.dueAt - now) / 1_000);
    const detail = `L’heure du poste est confirmée par celle du service (écart : ${gapSeconds} s). L’horloge avançait donc quand la dernière date, ${instantText(before.dueAt)}, a été écrite : ${lengthText(aheadSeconds)} de plus.`;
    await this.deps.tell({ event: 'clock.confirmed', detail, data: { gapSeconds, aheadSeconds, by, ...statementOf(after, now) } });
    this.#become(seen(after, this.deps.now()));
  }

  #become(state: ClockState): void {
    const { isBehind } = this.#state;
    this.#state = state;
    if (state.isBehind === isBehind) return;
    this.#served = { kind: 'asked' };
    this.deps.onChange();
  }

  #setBackEvent({ lastAt }: ClockState, now: number): JournalEventInput {
    const seconds = Math.round((lastAt - now) / 1_000);
    return { event: 'clock.set_back', detail: `L’horloge du poste a été reculée de ${seconds} secondes.`, data: { seconds, ...this.statement } };
  }
}

/** What a row says of the clock, for the next start. */
type ClockStatement = Readonly<Partial<Record<'clockDueAt' | 'clockLatestAt', number>>>;

function statementOf(state: ClockState, now: number): ClockStatement | undefined {
  const clockDueAt = dueAtNextStart(state);
  const clockLatestAt = latestAtNextStart(state, now);
  if (clockDueAt === 0 && clockLatestAt === 0) return undefined;
  return { ...(clockDueAt === 0 ? {} : { clockDueAt }), ...(clockLatestAt === 0 ? {} : { clockLatestAt }) };
}

/** What the clock has to reach as far as the rows of a journal that gives way can still tell; 0 where they cannot be read. */
export function readDueAt(path: string): number {
  try {
    const database = openForReading(path);
    try {
      const { isBehind, dueAt, lastAt } = readState(database, 0);
      return isBehind ? dueAt : lastAt;
    } finally {
      database.close();
    }
  } catch {
    return 0;
  }
}

function readState(database: Database, formerDueAt: number): ClockState {
  const lastAt = readLastEntry(database)?.at ?? 0;
  const said = database.prepare(`SELECT seq, result FROM entries WHERE event IN (${SPEAKING}) ORDER BY entries.seq DESC LIMIT 1`).get() as { readonly seq: number; readonly result: string | null } | undefined;
  const stated = parseFields<'result'>(said?.result ?? null).data ?? {};
  const { at: latestAt } = database.prepare(`SELECT max(${READ_AT}) AS at FROM entries WHERE seq >= ?`).get(said?.seq ?? 0) as { readonly at: number | null };
  return clockStateFrom(lastAt, Math.max(formerDueAt, dateIn(stated['clockDueAt'])), Math.max(latestAt ?? 0, dateIn(stated['clockLatestAt'])));
}

/** 0 for what is no date. */
function dateIn(value: unknown): number {
  return typeof value === 'number' ? Math.min(value, LATEST_AT) : 0;
}
