import { quotaPools } from '../../shared/catalogue/pools';
import type { QuotaClaim } from '../consultation/ports';
import { Pool } from './pool';
import type { QuotaStore } from './quota-store';
import { ServerClock } from './server-clock';

/** A habilitation in one environment. */
export type Habilitated = Pick<QuotaClaim, 'habilitationId'> & { readonly environment: string };

/** First guess of a pool's limit, before any answer tells better. */
export function documentedLimit(pool: string): number {
  return quotaPools.find(({ id }) => id === pool)?.limitPerMinute ?? 1;
}

/** Every counter met in this run, and the clock of each environment's service. */
export class Pools implements Iterable<Pool> {
  readonly #pools = new Map<string, Pool>();
  readonly #clocks = new Map<string, ServerClock>();

  constructor(
    private readonly store: QuotaStore,
    private readonly windowMs: number,
  ) {}

  [Symbol.iterator](): Iterator<Pool> {
    return this.#pools.values();
  }

  of(claim: QuotaClaim, now: number): Pool {
    const key = [claim.environment, claim.tokenKey, claim.pool].join(' ');
    let pool = this.#pools.get(key);
    if (!pool) {
      const { store, windowMs } = this;
      pool = new Pool({ key, claim, firstGuess: documentedLimit(claim.pool), windowMs, clock: this.clockOf(claim.environment), store, now });
      this.#pools.set(key, pool);
    }
    return pool;
  }

  /** Of the habilitation's token in use: the last one that called. */
  find({ environment, habilitationId }: Habilitated, pool: string): Pool | undefined {
    const belongs = ({ claim }: Pool): boolean => claim.environment === environment && claim.habilitationId === habilitationId && claim.pool === pool;
    return [...this].filter(belongs).at(-1);
  }

  clockOf(environment: string): ServerClock {
    let clock = this.#clocks.get(environment);
    if (!clock) this.#clocks.set(environment, (clock = new ServerClock(this.windowMs)));
    return clock;
  }

  inFlight(environment: string): number {
    let sum = 0;
    for (const { claim, counter } of this) if (claim.environment === environment) sum += counter.inFlight;
    return sum;
  }
}
