import type { Endpoint } from '../../../shared/catalogue/types';
import type { BatchWait } from '../../../shared/domain/batch';
import { opensAt } from '../plan/calendar';

/** Refusals in a row of one endpoint that are worth stopping for: each costs a trace, and none will differ. */
const REFUSALS_TO_STOP = 5;

export interface LaneWait {
  /** Epoch, ms. */
  readonly until: number;
  readonly reason: BatchWait['reason'];
}

/** `quota`: the token rests; `provider`: it is down, and may be back sooner; `again`: before failures are called once more. */
export type RestCause = 'quota' | 'provider' | 'again';

/** The calls of a run to one endpoint. */
export class Lane {
  inFlight = 0;
  /** Nothing waits: looked at again when something goes back to its place. */
  isDrained = true;
  readonly #rests: Record<RestCause, number> = { quota: 0, provider: 0, again: 0 };
  #callsAgainAt = 0;
  #refusalsInRow = 0;

  constructor(readonly endpoint: Endpoint) {}

  /** When calls may leave again, and why not before; null: now. */
  waitAt(now: number): LaneWait | null {
    const { maintenance } = this.endpoint;
    const rested = Math.max(now, ...Object.values(this.#rests));
    const until = opensAt({ hours: null, maintenance }, rested) ?? rested;
    if (until <= now) return null;
    if (until > rested) return { until, reason: 'maintenance' };
    return { until, reason: rested === this.#rests.quota ? 'quota' : 'rest' };
  }

  rest(until: number, cause: RestCause): void {
    this.#rests[cause] = Math.max(this.#rests[cause], until);
  }

  /** @returns true when that ends a rest. */
  noteProviderBack(now: number): boolean {
    const isResting = this.#rests.provider > now;
    this.#rests.provider = 0;
    return isResting;
  }

  /** A failure that may pass: what is due once more waits for that moment. */
  noteAgainAt(at: number): void {
    this.#callsAgainAt = Math.max(this.#callsAgainAt, at);
  }

  /** Takes up what waits, or is due once more. */
  reopen(): void {
    this.rest(this.#callsAgainAt, 'again');
    this.isDrained = false;
  }

  /** @returns true when the run should stop and ask. */
  noteRefusal(): boolean {
    this.#refusalsInRow += 1;
    return this.#refusalsInRow >= REFUSALS_TO_STOP;
  }

  noteOther(): void {
    this.#refusalsInRow = 0;
  }
}

/** Of lanes that have calls left, those that may not make them now: one wait a provider, the longest. */
export function waitsOf(lanes: readonly Lane[], now: number): readonly BatchWait[] {
  const longest = new Map<string, LaneWait>();
  for (const lane of lanes) {
    const wait = lane.waitAt(now);
    const { providerLabel } = lane.endpoint;
    if (wait && wait.until > (longest.get(providerLabel)?.until ?? 0)) longest.set(providerLabel, wait);
  }
  return [...longest].map(([provider, { reason, until }]) => ({ provider, reason, until: new Date(until).toISOString() }));
}
