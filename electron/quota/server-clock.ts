/** Bounds on (server time − local time), milliseconds. */
interface OffsetBounds {
  readonly low: number;
  readonly high: number;
  /** Local time at which the bounds held. */
  readonly at: number;
}

/** `Date` is cut to the second, and a busy server refreshes it late: it may lag, never lead. */
const DATE_GRANULARITY_MS = 1_000;
const LATE_REFRESH_MS = 2_000;
/** Two quartz clocks drift apart by less than this share of the time. */
const DRIFT = 1e-4;

/**
 * What is known of the server's clock. Each answer was dated between its sending and its receipt:
 * that bounds the offset, and bounds intersect. Only the certain side is used to open a window.
 */
export class ServerClock {
  #bounds: OffsetBounds | null = null;
  #contradiction: OffsetBounds | null = null;

  get isKnown(): boolean {
    return this.#bounds !== null;
  }

  /** Width of what is not known, milliseconds. */
  uncertainty(now: number): number {
    const bounds = this.#widened(now);
    return bounds ? bounds.high - bounds.low : Infinity;
  }

  /** @param date the `Date` header, milliseconds since the epoch. */
  observeDate(date: number, sentAt: number, receivedAt: number): void {
    this.#narrow({ low: date - receivedAt, high: date + DATE_GRANULARITY_MS + LATE_REFRESH_MS - sentAt, at: receivedAt });
  }

  /** For answers without a usable `Date`: a reset lies at most one window after the answer was made. */
  observeReset(resetAt: number, windowMs: number, sentAt: number, receivedAt: number): void {
    if (!this.#bounds) this.#narrow({ low: resetAt - windowMs - receivedAt, high: resetAt - sentAt, at: receivedAt });
  }

  /** The server's clock shows at least this. */
  earliest(now: number): number {
    return now + (this.#widened(now)?.low ?? -Infinity);
  }

  /** The server's clock shows at most this. */
  latest(now: number): number {
    return now + (this.#widened(now)?.high ?? Infinity);
  }

  /** Local time from which the server's clock has certainly reached `serverTime`. */
  surelyReachedAt(serverTime: number, now: number): number {
    return serverTime - (this.#widened(now)?.low ?? -Infinity);
  }

  /** Local time around which a whole second of the server is expected: a free call there halves the uncertainty. */
  nextUncertainTick(now: number): number | null {
    const bounds = this.#widened(now);
    if (!bounds) return null;
    const middle = (bounds.low + bounds.high) / 2;
    return Math.ceil((now + middle) / DATE_GRANULARITY_MS) * DATE_GRANULARITY_MS - middle;
  }

  #widened(now: number): OffsetBounds | null {
    if (!this.#bounds) return null;
    const drift = Math.max(0, now - this.#bounds.at) * DRIFT;
    return { low: this.#bounds.low - drift, high: this.#bounds.high + drift, at: now };
  }

  /** One contradicting answer is ignored; a second that agrees with it means that a clock was set. */
  #narrow(sample: OffsetBounds): void {
    const known = this.#widened(sample.at);
    const narrowed = known ? intersect(known, sample) : sample;
    if (narrowed) {
      this.#bounds = narrowed;
      this.#contradiction = null;
      return;
    }
    const agreed = this.#contradiction && intersect(this.#contradiction, sample);
    if (agreed) {
      this.#bounds = agreed;
      this.#contradiction = null;
    } else {
      this.#contradiction = sample;
    }
  }
}

function intersect(one: OffsetBounds, other: OffsetBounds): OffsetBounds | null {
  const low = Math.max(one.low, other.low);
  const high = Math.min(one.high, other.high);
  return low <= high ? { low, high, at: Math.max(one.at, other.at) } : null;
}
