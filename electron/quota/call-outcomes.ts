import type { AnswerObservation, QuotaClaim, QuotaPermit, TransportFailure } from '../consultation/ports';
import type { BanGuard } from './ban-guard';
import type { Pool } from './pool';
import type { Waiter } from './pool-queue';
import type { Pools } from './pools';
import type { Providers } from './providers';
import { type RateLimitHeaders, readRateLimitHeaders } from './rate-limit-headers';
import type { Scheduler } from './scheduler';
import { REFUSALS_TO_STOP, type TokenStops } from './token-stops';
import type { Flight } from './window-counter';

const NEVER_SENT: ReadonlySet<TransportFailure> = new Set(['connect_timeout', 'connect_refused', 'dns', 'tls', 'way_out']);

export interface CallOutcomesOptions {
  readonly scheduler: Scheduler;
  readonly pools: Pools;
  readonly providers: Providers;
  readonly bans: BanGuard;
  readonly tokenStops: TokenStops;
  readonly onSettled: () => void;
}

/** What each call that was let go teaches, once it is answered, lost or given back. */
export class CallOutcomes {
  readonly #options: CallOutcomesOptions;
  readonly #turns = new WeakMap<QuotaClaim, number>();

  constructor(options: CallOutcomesOptions) {
    this.#options = options;
  }

  /** The turn that a refused call had, and has again. */
  turnOf(claim: QuotaClaim): number | undefined {
    return this.#turns.get(claim);
  }

  permit(pool: Pool, waiter: Waiter, flight: Flight): QuotaPermit {
    const { claim } = waiter;
    let settled = false;
    const once = <T>(work: (now: number) => T): T => {
      if (settled) throw new Error('a permit is settled exactly once');
      settled = true;
      const now = this.#options.scheduler.now();
      this.#options.providers.breaker(claim.environment, claim.provider).leave(now);
      this.#options.onSettled();
      return work(now);
    };
    return {
      settle: (observation) => once((now) => this.#settle(pool, waiter, flight, observation, now)),
      fail: (failure) => once((now) => this.#fail(pool, claim, flight, failure, now)),
      release: () => once(() => pool.counter.giveBack(flight)),
    };
  }

  #settle(pool: Pool, waiter: Waiter, flight: Flight, observation: AnswerObservation, now: number): 'deliver' | 'requeue' {
    const { claim } = waiter;
    const { bans, pools, providers } = this.#options;
    const headers = readRateLimitHeaders(observation.headers);
    bans.answered(claim.environment);
    pools.clockOf(claim.environment).observe(headers, { sentAt: flight.sentAt, receivedAt: now });
    pool.arrive(flight, headers, now);
    if (observation.status === 429) return this.#refused(pool, waiter, flight, headers, now);
    pool.counter.accept(flight);
    providers.observe(claim, observation);
    return 'deliver';
  }

  #refused(pool: Pool, { claim, seq }: Waiter, flight: Flight, headers: RateLimitHeaders, now: number): 'requeue' {
    const inRow = pool.counter.refuse(flight, headers.retryAfterMs, now);
    if (inRow >= REFUSALS_TO_STOP) {
      this.#options.tokenStops.stop(claim, pool.counter.stoppedUntil);
      pool.counter.refusalsInRow = 0;
    }
    pool.save(now);
    this.#turns.set(claim, seq);
    return 'requeue';
  }

  #fail(pool: Pool, claim: QuotaClaim, flight: Flight, failure: TransportFailure, now: number): void {
    if (NEVER_SENT.has(failure)) pool.counter.giveBack(flight);
    else pool.counter.lose(flight, now);
    if (failure === 'connect_timeout' || failure === 'silence') this.#options.bans.silent(claim.environment, claim.provider, failure === 'silence');
  }
}
