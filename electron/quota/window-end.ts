import type { RateLimitHeaders } from './rate-limit-headers';
import type { ServerClock } from './server-clock';

/** Resets are told in whole seconds. */
const RESET_GRAIN_MS = 1_000;

/** When the service's current window ends: by its own clock as far as it is known, else a full window after the last use. */
export class WindowEnd {
  readonly #clock: ServerClock;
  readonly #windowMs: number;
  /** Server time. */
  #resetAt: number | null = null;
  /** Local time, while the server's clock is unknown. */
  #guess: number | null = null;

  constructor(clock: ServerClock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  /** Server time; null while it is not known. */
  get resetAt(): number | null {
    return this.#resetAt;
  }

  /** Local time at which the window is certainly over, `safetyMs` after what the clocks say; null when nothing tells of one. */
  at(now: number, safetyMs: number): number | null {
    return this.#resetAt === null ? this.#guess : this.#clock.surelyReachedAt(this.#resetAt, now) + safetyMs;
  }

  /** @param resetAt server time. */
  know(resetAt: number): void {
    this.#resetAt = resetAt;
    this.#guess = null;
  }

  /** @param at local time. */
  guess(at: number): void {
    this.#guess = at;
  }

  /** While the phase of the windows is unknown, a full window must pass after the last use. */
  usedAt(at: number): void {
    if (this.#resetAt === null) this.#guess = Math.max(this.#guess ?? 0, at + this.#windowMs);
  }

  forget(): void {
    this.#resetAt = null;
    this.#guess = null;
  }

  /** A window that ends too late to be the current one was dated by a clock that has been set since. */
  redate(now: number): void {
    if (this.#resetAt !== null && this.#resetAt > this.#clock.latest(now) + this.#windowMs) this.#resetAt = this.#alignedReset(now);
  }

  /** End of the aligned window that may be the current one, server time; null while the server's clock is unknown. */
  current(now: number): number | null {
    return this.#clock.isKnown ? this.#alignedReset(now) : null;
  }

  /** End of the window that counted this answer's call, server time; null when nothing credible tells it. */
  resetOf({ resetAt }: Pick<RateLimitHeaders, 'resetAt'>, sentAt: number, now: number): number | null {
    if (!this.#clock.isKnown) return null;
    return this.#credible(resetAt, sentAt, now) ?? this.#byDate(sentAt, now);
  }

  /** A reset lies after the answer was made and at most one window later. */
  #credible(resetAt: number | null, sentAt: number, now: number): number | null {
    if (resetAt === null) return null;
    return resetAt > this.#clock.earliest(sentAt) && resetAt <= this.#clock.latest(now) + this.#windowMs + RESET_GRAIN_MS ? resetAt : null;
  }

  /** Without a reset, the aligned window of the answer, when there is no doubt about which it was. */
  #byDate(sentAt: number, now: number): number | null {
    const first = this.#alignedReset(sentAt);
    return first === Math.floor(this.#clock.latest(now) / this.#windowMs + 1) * this.#windowMs ? first : null;
  }

  #alignedReset(now: number): number {
    return Math.floor(this.#clock.earliest(now) / this.#windowMs + 1) * this.#windowMs;
  }
}
