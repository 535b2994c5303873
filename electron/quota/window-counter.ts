import { type LeftBehind, leftBehindBy, unitsOf } from './left-behind';
import type { RateLimitHeaders } from './rate-limit-headers';
import type { ServerClock } from './server-clock';
import { nextDoublingMs, stakeAfter, stakeBesideColleague, type UnaskedWindow } from './stake';
import { WindowEnd } from './window-end';

/** Openings are never early: this covers the grain of timers and of the server's own clock. */
const OPENING_SAFETY_MS = 10;
/** What an answer said is believed this long; after that one call goes first to ask again. */
const FRESH_MS = 1_000;
/** A colleague seen in one of the last windows is expected in the next. */
const COLLEAGUE_MEMORY_WINDOWS = 5;
const HISTORY_LENGTH = 30;

export interface WindowCounterState {
  readonly limit: number;
  /** Units that may have been used in the window, leased ones included. */
  readonly used: number;
  /** Local time at which the window is certainly over. */
  readonly opensAt: number | null;
  readonly history: readonly number[];
  readonly stoppedUntil: number;
  readonly refusalsInRow: number;
  /** Units of {@link used} whose calls may still be on their way: a life cut short leaves them behind. Absent before they were kept. */
  readonly inFlight?: number;
  readonly left?: readonly LeftBehind[];
}

/** A call that has been given leave and has not been settled. */
export interface Flight {
  readonly sentAt: number;
}

/**
 * Use of one pool of one token in the service's current window.
 *
 * Every answer carries its rank in the window (limit − remaining), colleagues included, and ranks
 * only grow. All answered calls have ranks up to the highest seen: so at most `highest rank + calls
 * without an answer` units are used, whatever the order of the answers.
 */
export class WindowCounter {
  limit: number;
  stoppedUntil = 0;
  refusalsInRow = 0;
  readonly #clock: ServerClock;
  readonly #windowMs: number;
  readonly #end: WindowEnd;
  /** Whether the service itself told the limit, in this run. */
  #isLimitTold = false;
  #highestRank = 0;
  /** Highest rank seen in each of the last windows, by server time of its end: a service set back counts on from there. */
  readonly #ranks = new Map<number, number>();
  /** Calls that ended without telling their rank, by time of their end: used, as far as we know. */
  #unranked: number[] = [];
  #flights = new Set<Flight>();
  #openedAt = -Infinity;
  /** Units that the window before this one could still have given. */
  #leftInFormer = Infinity;
  #observedAt = -Infinity;
  #ownAnswers = 0;
  #windowsSinceColleague = COLLEAGUE_MEMORY_WINDOWS;
  #lastRefusalAt = -Infinity;
  #left: readonly LeftBehind[] = [];
  #isLeftInTheirWindow = false;
  #history: number[] = [];

  constructor(limit: number, clock: ServerClock, windowMs: number, saved?: WindowCounterState, now = 0) {
    this.limit = limit;
    this.#clock = clock;
    this.#windowMs = windowMs;
    this.#end = new WindowEnd(clock, windowMs);
    if (saved) this.#restore(saved, now);
  }

  get used(): number {
    return this.#highestRank + this.#unranked.length + this.#flights.size + unitsOf(this.#left);
  }

  get inFlight(): number {
    return this.#flights.size;
  }

  get history(): readonly number[] {
    return this.#history;
  }

  stateAt(now: number): WindowCounterState {
    const { limit, used, stoppedUntil, refusalsInRow, inFlight } = this;
    return { limit, used, opensAt: this.#endsAt(now), history: this.#history, stoppedUntil, refusalsInRow, inFlight, left: this.#left };
  }

  /** Units that may still be sent in this window. */
  remaining(): number {
    // One unit is kept for the call that will ask what became of those left behind.
    return Math.max(0, this.limit - this.#margin() - this.used - (this.#left.length > 0 && !this.#isLeftInTheirWindow ? 1 : 0));
  }

  /** Local time at which the next window is certainly open. */
  opensAt(now: number): number {
    return Math.max(this.#endsAt(now) ?? now, this.stoppedUntil);
  }

  /** Share of the window that is left, 0 to 1. */
  shareLeft(now: number): number {
    return Math.min(1, Math.max(0, ((this.#endsAt(now) ?? now + this.#windowMs) - now) / this.#windowMs));
  }

  /** Next local time at which calls of a former life are certainly counted or lost. */
  nextLateEndAt(): number | null {
    return this.#left.length > 0 ? Math.min(...this.#left.map(({ until }) => until)) : null;
  }

  /** Passes to the next window once the server certainly has. */
  advance(now: number): void {
    this.#concludeLeft(now);
    this.#end.redate(now);
    const end = this.#endsAt(now);
    if (end === null) return this.#enterCurrent(now);
    if (now < end) return;
    this.#startWindow(1 + Math.floor((now - end) / this.#windowMs), now);
    this.#end.forget();
    this.#enterCurrent(now);
  }

  /**
   * Whether one more call may be in flight, given how fresh our knowledge is: a window is first asked with a part of it,
   * for a colleague may have drawn from it, or a clock been set.
   */
  hasStake(now: number): boolean {
    if (now - this.#observedAt > FRESH_MS || this.#clock.isInDoubt) return this.#flightsSinceOpening().length < stakeAfter(this.#waitedMs(now), this.#asUnasked());
    return !this.#expectsColleague() || this.#flights.size < stakeBesideColleague(this.limit - this.#highestRank);
  }

  /** Next local time at which {@link hasStake} may turn true by itself. */
  nextStakeAt(now: number): number | null {
    const [oldest] = this.#flightsSinceOpening();
    return oldest ? oldest.sentAt + nextDoublingMs(now - oldest.sentAt, this.#asUnasked()) : null;
  }

  depart(now: number): Flight {
    const flight = { sentAt: now };
    this.#flights.add(flight);
    this.#end.usedAt(now);
    return flight;
  }

  /** Nothing reached the server. */
  giveBack(flight: Flight): void {
    this.#flights.delete(flight);
  }

  /** The call ended without an answer: the server may have counted it. */
  lose(flight: Flight, now: number): void {
    this.#flights.delete(flight);
    this.#unranked.push(now);
    this.#end.usedAt(now);
  }

  arrive(flight: Flight, headers: RateLimitHeaders, now: number): void {
    this.advance(now);
    const resetAt = this.#end.resetOf(headers, flight.sentAt, now);
    this.#flights.delete(flight);
    if (headers.limit !== null) {
      this.limit = headers.limit;
      this.#isLimitTold = true;
    }
    const rank = headers.remaining === null ? null : (headers.limit ?? this.limit) - headers.remaining;
    if (resetAt === null || rank === null) this.#arriveUnranked(rank, now);
    else this.#arriveRanked(resetAt, rank, flight.sentAt, now);
  }

  /**
   * A 429: nothing more in this window. Refusals of calls sent before the last one was known count as one.
   * @returns refusals in a row.
   */
  refuse(flight: Flight, retryAfterMs: number | null, now: number): number {
    if (flight.sentAt >= this.#lastRefusalAt) this.refusalsInRow += 1;
    this.#lastRefusalAt = now;
    this.#highestRank = Math.max(this.#highestRank, this.limit);
    this.#end.usedAt(now);
    const end = this.#endsAt(now) ?? now + this.#windowMs;
    this.stoppedUntil = Math.max(this.stoppedUntil, end, now + (retryAfterMs ?? 0)) + this.#openingSafety() - OPENING_SAFETY_MS;
    this.#windowsSinceColleague = 0;
    return this.refusalsInRow;
  }

  /** An accepted call ends a row of refusals, unless it was sent before the last of them. */
  accept(flight: Flight): void {
    if (flight.sentAt >= this.#lastRefusalAt) this.refusalsInRow = 0;
  }

  #arriveRanked(resetAt: number, rank: number, sentAt: number, now: number): void {
    const known = this.#end.resetAt;
    // An earlier window counted it: the call left before this one opened, or else the service's clock was set back.
    if (known !== null && resetAt < known && sentAt < this.#openedAt) return;
    if (known !== null && resetAt > known) this.#startWindow(1, now);
    if (resetAt !== known) this.#enter(resetAt, now);
    this.#ownAnswers += 1;
    this.#highestRank = Math.max(this.#highestRank, rank);
    this.#remember(resetAt);
    this.#unranked = this.#unranked.filter((endedAt) => endedAt > sentAt);
    this.#observedAt = now;
    const ownUnits = this.#ownAnswers + this.#unranked.length + this.#flights.size + unitsOf(this.#left);
    if (this.#highestRank > ownUnits) this.#windowsSinceColleague = 0;
  }

  #arriveUnranked(rank: number | null, now: number): void {
    this.#unranked.push(now);
    if (rank !== null) this.#highestRank = Math.max(this.#highestRank, rank);
    this.#observedAt = now;
    this.#end.usedAt(now);
  }

  #enterCurrent(now: number): void {
    const resetAt = this.#end.current(now);
    if (resetAt !== null) this.#enter(resetAt, now);
  }

  /** What is known of the window is kept, when the service counts in it again. */
  #enter(resetAt: number, now: number): void {
    this.#openedAt = now;
    this.#end.know(resetAt);
    this.#highestRank = Math.max(this.#highestRank, this.#ranks.get(resetAt) ?? 0);
  }

  #remember(resetAt: number): void {
    this.#ranks.delete(resetAt);
    this.#ranks.set(resetAt, this.#highestRank);
    const [oldest] = this.#ranks.keys();
    if (this.#ranks.size > HISTORY_LENGTH && oldest !== undefined) this.#ranks.delete(oldest);
  }

  #startWindow(windowsPassed: number, now: number): void {
    this.#openedAt = now;
    this.#leftInFormer = windowsPassed > 1 ? this.limit : Math.max(0, this.limit - this.used);
    const used = this.used - this.#flights.size - unitsOf(this.#left);
    const empty = Array.from({ length: Math.min(HISTORY_LENGTH, windowsPassed - 1) }, () => 0);
    this.#history = [...this.#history, used, ...empty].slice(-HISTORY_LENGTH);
    this.#windowsSinceColleague = Math.min(COLLEAGUE_MEMORY_WINDOWS, this.#windowsSinceColleague + windowsPassed);
    this.#isLeftInTheirWindow = false;
    this.#highestRank = 0;
    this.#unranked = [];
    this.#ownAnswers = 0;
    this.#observedAt = -Infinity;
  }

  #restore(saved: WindowCounterState, now: number): void {
    this.limit = saved.limit;
    this.#history = [...saved.history];
    this.stoppedUntil = Math.min(saved.stoppedUntil, now + 24 * 3_600_000);
    this.refusalsInRow = saved.refusalsInRow;
    this.#left = leftBehindBy(saved, now, this.#windowMs);
    if (saved.opensAt !== null && saved.opensAt > now) {
      // What was leased before a crash counts as used until an answer tells better.
      const settled = Math.max(0, saved.used - unitsOf(this.#left));
      this.#unranked = Array.from({ length: settled }, () => now);
      this.#ownAnswers = settled;
      this.#end.guess(Math.min(saved.opensAt, now + this.#windowMs));
      this.#isLeftInTheirWindow = true;
    }
    this.#concludeLeft(now);
  }

  /** They cannot come any more: used in the window of then, as far as we know, until the answer to a later call tells. */
  #concludeLeft(now: number): void {
    const past = this.#left.filter(({ until }) => until <= now);
    if (past.length === 0) return;
    this.#left = this.#left.filter(({ until }) => until > now);
    for (const { units, until } of past) {
      for (let unit = 0; unit < units; unit += 1) this.#unranked.push(now);
      this.#end.usedAt(until);
    }
  }

  #endsAt(now: number): number | null {
    return this.#end.at(now, this.#openingSafety());
  }

  /** From the second refusal in a row on, openings come later and a part of the window is left alone. */
  #openingSafety(): number {
    return OPENING_SAFETY_MS + (this.refusalsInRow >= 2 ? FRESH_MS : 0);
  }

  #margin(): number {
    return this.refusalsInRow >= 2 ? Math.floor(this.limit / 10) : 0;
  }

  #expectsColleague(): boolean {
    return this.#windowsSinceColleague < COLLEAGUE_MEMORY_WINDOWS;
  }

  /** Calls of the former window tell nothing of this one. */
  #flightsSinceOpening(): readonly Flight[] {
    return [...this.#flights].filter(({ sentAt }) => sentAt >= this.#openedAt);
  }

  /** For the oldest call of this window, milliseconds. */
  #waitedMs(now: number): number {
    const [oldest] = this.#flightsSinceOpening();
    return oldest ? now - oldest.sentAt : 0;
  }

  #asUnasked(): UnaskedWindow {
    const isSure = this.#isLimitTold && !this.#expectsColleague() && !this.#clock.isInDoubt;
    return { limit: this.limit, leftInFormer: this.#leftInFormer, isSure };
  }
}
