import type { BreakerView } from '../../shared/domain/quota';

const FAILURES_TO_OPEN = 3;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** An agent at the screen may ask a provider that is down, this often. */
const FORCED_TRIAL_EVERY_MS = 10_000;
/** After a first failure the next calls go in pairs: a dead provider must not burn the pool. */
const FLIGHTS_WHEN_DOUBTFUL = 2;

export interface BreakerState {
  readonly openUntil: number | null;
  readonly pauseMs: number;
  readonly announced: boolean;
  readonly reason: string | null;
}

export type Passage = 'pass' | 'wait' | 'refuse';

/** Stops calls to one provider that is down, and lets one through from time to time to see. */
export class ProviderBreaker {
  #failures = 0;
  #inFlight = 0;
  /** The only call under way was sent to see whether the provider is back. */
  #isTrying = false;
  #triedAt = -Infinity;
  #openUntil: number | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #announced = false;
  #reason: string | null = null;

  constructor(saved?: BreakerState) {
    if (!saved) return;
    this.#openUntil = saved.openUntil;
    this.#pauseMs = saved.pauseMs;
    this.#announced = saved.announced;
    this.#reason = saved.reason;
  }

  get state(): BreakerState {
    return { openUntil: this.#openUntil, pauseMs: this.#pauseMs, announced: this.#announced, reason: this.#reason };
  }

  get openUntil(): number | null {
    return this.#openUntil;
  }

  /** An agent waits for what a call under way will tell of the provider; then he may try it himself, or learns that a trial has just failed. */
  passage(interactive: boolean, now: number): Passage {
    if (this.#openUntil === null) return this.#failures > 0 && this.#inFlight >= FLIGHTS_WHEN_DOUBTFUL ? 'wait' : 'pass';
    if (now >= this.#openUntil) return this.#inFlight > 0 ? 'wait' : 'pass';
    if (!interactive || this.#announced) return 'refuse';
    if (this.#inFlight > 0) return 'wait';
    return now - this.#triedAt >= FORCED_TRIAL_EVERY_MS ? 'pass' : 'refuse';
  }

  depart(): void {
    this.#inFlight += 1;
    this.#isTrying = this.#openUntil !== null;
  }

  leave(now: number): void {
    this.#inFlight = Math.max(0, this.#inFlight - 1);
    if (this.#isTrying) this.#triedAt = now;
    this.#isTrying = false;
  }

  succeed(): void {
    this.#failures = 0;
    this.#openUntil = null;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#announced = false;
    this.#reason = null;
  }

  fail(reason: string, now: number): void {
    this.#failures += 1;
    if (this.#openUntil !== null) {
      if (now < this.#openUntil && this.#announced) return;
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
      this.#open(now + this.#pauseMs, reason);
    } else if (this.#failures >= FAILURES_TO_OPEN) {
      this.#open(now + this.#pauseMs, reason);
    }
  }

  /** Maintenance announced with its end (XX020), or a ping that says the provider is down. */
  stopUntil(until: number, reason: string, announced: boolean): void {
    this.#announced = announced;
    this.#open(Math.max(until, this.#openUntil ?? 0), reason);
  }

  /** The provider seems back: the next call goes at once, and alone. */
  allowTrial(now: number): void {
    if (this.#openUntil !== null) this.#openUntil = Math.min(this.#openUntil, now);
  }

  view(provider: string, now: number): BreakerView {
    const until = this.#openUntil;
    const state = until === null ? 'closed' : now >= until ? 'half_open' : 'open';
    return { provider, state, until: until === null ? null : new Date(until).toISOString(), reason: this.#reason };
  }

  #open(until: number, reason: string): void {
    this.#openUntil = until;
    this.#reason = reason;
  }
}

/** Codes that speak of one company or one document, not of the provider's health (API Entreprise docs, codes d'erreur). */
const ABOUT_THE_CASE = new Set(['03501', '04501', '04502', '04503', '01501']);

/** Whether an answer tells that the provider is down. */
export function tellsProviderDown(status: number, code: string | null): boolean {
  if (status !== 502 && status !== 503 && status !== 504) return false;
  return code === null || !(ABOUT_THE_CASE.has(code) || /^\d{2}05[1-6]$/.test(code));
}

/** XX020: maintenance announced by the provider, with its end in `meta.retry_in`. */
export function isAnnouncedMaintenance(code: string | null): boolean {
  return code !== null && /^\d{2}020$/.test(code);
}
