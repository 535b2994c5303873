import type { QuotaClaim } from '../consultation/ports';
import type { QuotaStore } from './quota-store';
import type { Scheduler } from './scheduler';

/** Refusals in a row that stop a token… */
export const REFUSALS_TO_STOP = 3;
/** …this long, and at least until the service takes its calls again. */
const STOP_MS = 15 * 60_000;

type TokenOf = Pick<QuotaClaim, 'environment' | 'tokenKey'>;

/** Tokens that the service keeps refusing: something else draws on them, and to insist would bring the ban. */
export class TokenStops {
  readonly #until = new Map<string, number>();

  constructor(
    private readonly store: QuotaStore,
    private readonly scheduler: Scheduler,
  ) {}

  /** Local time; null when calls may go. */
  until(token: TokenOf): number | null {
    const key = keyOf(token);
    const now = this.scheduler.now();
    // A stop saved under a clock that was since set back ends in time all the same.
    const until = this.#until.get(key) ?? Math.min(this.store.load('token_stop', key) ?? 0, now + STOP_MS);
    this.#until.set(key, until);
    return until > now ? until : null;
  }

  stop(token: TokenOf, atLeastUntil: number): void {
    const until = Math.max(this.scheduler.now() + STOP_MS, atLeastUntil);
    this.#until.set(keyOf(token), until);
    this.store.save('token_stop', keyOf(token), until);
  }
}

function keyOf({ environment, tokenKey }: TokenOf): string {
  return `${environment} ${tokenKey}`;
}
