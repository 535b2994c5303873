import type { QuotaClaim } from '../consultation/ports';
import { PoolQueue, type Waiter } from './pool-queue';
import type { QuotaStore } from './quota-store';
import type { RateLimitHeaders } from './rate-limit-headers';
import type { ServerClock } from './server-clock';
import { type Flight, WindowCounter } from './window-counter';

/** Units written to disk ahead of their use, so that one commit serves several calls: at least this many… */
const LEASE_UNITS = 10;
/** …and this share of a large limit. A crash forgets what is left of the lease until an answer tells better. */
const LEASE_SHARE = 0.1;
/** Share of a window that batches leave to the agent at the screen; it melts with the time left… */
const RESERVED_SHARE = 0.1;
/** …and is given up when this share of the window is left: what nobody used by then would be lost. */
const RESERVE_RELEASED_AT = 0.02;

/**
 * Calls of batches on their way together while an agent is at the screen: his call does not queue behind hundreds.
 * At 5 s an answer they still spend more than the largest window of a minute.
 */
const BATCH_FLIGHTS = 24;
/** Past the moment, so that it is passed whatever the rounding. */
const TIMER_GRAIN_MS = 1;

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
  #leasedLimit = NaN;
  /** Of them, calls on disk as on their way: an answer may lower what is used, never what has left. */
  #leasedFlights = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.claim = options.claim;
    const saved = options.store.load('window', options.key);
    this.counter = new WindowCounter(options.firstGuess, options.clock, options.windowMs, saved, options.now);
  }

  /** Who goes next, if the window and the provider let anybody go. */
  next(providerLets: (waiter: Waiter) => boolean, agentIsPresent: boolean, now: number): Waiter | undefined {
    const { counter, queue } = this;
    const left = counter.remaining();
    if (queue.length === 0 || left === 0 || now < counter.stoppedUntil || !counter.hasStake(now)) return undefined;
    const batchesMayGo = left > this.#reserve(agentIsPresent, now) && (!agentIsPresent || counter.inFlight < BATCH_FLIGHTS);
    const mayGo = (waiter: Waiter, owed: boolean): boolean =>
      (batchesMayGo || owed || waiter.claim.priority === 'interactive') && providerLets(waiter);
    return queue.next(mayGo, now - this.#options.windowMs);
  }

  #reserve(agentIsPresent: boolean, now: number): number {
    const shareLeft = this.counter.shareLeft(now);
    return agentIsPresent && shareLeft > RESERVE_RELEASED_AT ? Math.ceil(this.counter.limit * RESERVED_SHARE * shareLeft) : 0;
  }

  /** The unit is on disk before the call is let go: a crash can forget an answer, never a use. */
  depart(now: number): Flight {
    const flight = this.counter.depart(now);
    this.#keep(now);
    return flight;
  }

  /** A colleague's use, or another limit, is on disk as soon as it is known: a crash must not forget that less is left. */
  arrive(flight: Flight, headers: RateLimitHeaders, now: number): void {
    this.counter.arrive(flight, headers, now);
    this.#keep(now);
  }

  save(now: number): void {
    this.#save(now, this.counter.used);
  }

  /** Next local time at which something may change by itself for those who wait. */
  nextChangeAt(now: number): number | null {
    const { counter } = this;
    const candidates = [counter.opensAt(now), counter.nextStakeAt(now), counter.nextLateEndAt(), this.#reserveMeltsAt(now)];
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

  /** When the reserve next gives up a unit. */
  #reserveMeltsAt(now: number): number {
    const { counter } = this;
    const full = counter.limit * RESERVED_SHARE;
    const shareThen = Math.max(RESERVE_RELEASED_AT, (Math.ceil(full * counter.shareLeft(now)) - 1) / full);
    return counter.opensAt(now) - shareThen * this.#options.windowMs + TIMER_GRAIN_MS;
  }

  /** Writes down what has changed past the lease, with a new lease. */
  #keep(now: number): void {
    const state = this.counter.stateAt(now);
    const sameWindow = Math.abs((state.opensAt ?? NaN) - this.#leasedFor) < this.#options.windowMs / 2;
    const isCovered = sameWindow && state.limit === this.#leasedLimit && state.used <= this.#leased && this.counter.inFlight <= this.#leasedFlights;
    if (isCovered) return;
    const lease = Math.max(LEASE_UNITS, Math.floor(state.limit * LEASE_SHARE));
    this.#save(now, Math.min(state.used + lease - 1, Math.max(state.used, state.limit)));
  }

  #save(now: number, used: number): void {
    const state = this.counter.stateAt(now);
    this.#leased = used;
    this.#leasedFor = state.opensAt ?? NaN;
    this.#leasedLimit = state.limit;
    // Whoever leaves on the lease is not written down one by one: a crash must believe them all on their way.
    const inFlight = this.counter.inFlight + used - state.used;
    this.#leasedFlights = inFlight;
    this.#options.store.save('window', this.#options.key, { ...state, used, inFlight });
  }
}
