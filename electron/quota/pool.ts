import type { QuotaClaim } from '../consultation/ports';
import { PoolQueue, type Waiter } from './pool-queue';
import type { QuotaStore } from './quota-store';
import type { ServerClock } from './server-clock';
import { type Flight, WindowCounter } from './window-counter';

/** Units written to disk ahead of their use, so that one commit serves several calls. */
const LEASE_UNITS = 10;
/** Share of a window that batches leave to the agent at the screen… */
const RESERVED_SHARE = 0.1;
/** …until this share of the window is left: what nobody used by then would be lost. */
const RESERVE_RELEASED_AT = 0.25;

export interface PoolOptions {
  readonly key: string;
  readonly claim: QuotaClaim;
  readonly firstGuess: number;
  readonly windowMs: number;
  readonly clock: ServerClock;
  readonly store: QuotaStore;
  readonly now: number;
}

/** One counter of the service for one token, with those who wait for it. */
export class Pool {
  readonly claim: QuotaClaim;
  readonly counter: WindowCounter;
  readonly queue = new PoolQueue();
  readonly #options: PoolOptions;
  /** Units on disk as used for the window that opens at {@link #leasedFor}. */
  #leased = 0;
  #leasedFor = NaN;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.claim = options.claim;
    const saved = options.store.load('window', options.key);
    this.counter = new WindowCounter(options.firstGuess, options.clock, options.windowMs, saved, options.now);
  }

  reserve(agentIsPresent: boolean, now: number): number {
    if (!agentIsPresent || this.counter.shareLeft(now) <= RESERVE_RELEASED_AT) return 0;
    return Math.ceil(this.counter.limit * RESERVED_SHARE);
  }

  mayDepart(waiter: Waiter, owed: boolean, agentIsPresent: boolean, now: number): boolean {
    const kept = waiter.claim.priority === 'batch' && !owed ? this.reserve(agentIsPresent, now) : 0;
    return (
      now >= this.counter.stoppedUntil &&
      now >= waiter.notBefore &&
      this.counter.remaining() > kept &&
      this.counter.inFlight < this.counter.flightsAllowed(now)
    );
  }

  /** The unit is on disk before the call is let go: a crash can forget an answer, never a use. */
  depart(now: number): Flight {
    const flight = this.counter.depart(now);
    const state = this.counter.stateAt(now);
    const sameWindow = Math.abs((state.opensAt ?? NaN) - this.#leasedFor) < this.#options.windowMs / 2;
    if (!sameWindow || state.used > this.#leased) this.#save(now, Math.min(state.used + LEASE_UNITS - 1, Math.max(state.used, state.limit)));
    return flight;
  }

  save(now: number): void {
    this.#save(now, this.counter.used);
  }

  /** Next local time at which something may change by itself for those who wait. */
  nextChangeAt(now: number): number | null {
    const { counter } = this;
    const candidates = [counter.opensAt(now), counter.nextStakeAt(now), this.#reserveReleasedAt(now)];
    for (const waiter of this.queue.inOrder()) if (waiter.notBefore > now) candidates.push(waiter.notBefore);
    const later = candidates.filter((at): at is number => at !== null && at > now && Number.isFinite(at));
    return later.length > 0 ? Math.min(...later) : null;
  }

  /** Local time at which the call at this place (from 1) leaves, colleagues aside. */
  startsAt(position: number, now: number): number {
    const free = now >= this.counter.stoppedUntil ? this.counter.remaining() : 0;
    if (position <= free) return now;
    const windowsAfter = Math.floor((position - free - 1) / Math.max(1, this.counter.limit));
    return Math.max(now, this.counter.opensAt(now)) + windowsAfter * this.#options.windowMs;
  }

  #reserveReleasedAt(now: number): number {
    return this.counter.opensAt(now) - RESERVE_RELEASED_AT * this.#options.windowMs;
  }

  #save(now: number, used: number): void {
    const state = this.counter.stateAt(now);
    this.#leased = used;
    this.#leasedFor = state.opensAt ?? NaN;
    this.#options.store.save('window', this.#options.key, { ...state, used });
  }
}
