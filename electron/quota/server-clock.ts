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

/** When one question left and its answer came, local time. */
export interface RoundTrip {
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** What an answer says of the server's time, milliseconds since the epoch. */
export interface ClockReading {
  /** The `Date` header. */
  readonly date: number | null;
  /** `RateLimit-Reset`: the end of the window that counted the call. */
  readonly resetAt: number | null;
}

/**
 * What is known of the server's clock. Each answer was dated between its sending and its receipt:
 * that bounds the offset, and bounds intersect. Only the low side, which no delay can falsify, opens a window.
 */
export class ServerClock {
  #bounds: OffsetBounds | null = null;
  #contradiction: OffsetBounds | null = null;
  /** High bound if no `Date` was late: tells what remains to be found, never what is safe. */
  #likelyHigh = Infinity;

  constructor(private readonly windowMs: number) {}

  get isKnown(): boolean {
    return this.#bounds !== null;
  }

  /** The last answer contradicts what is known: a clock may have just been set. */
  get isInDoubt(): boolean {
    return this.#contradiction !== null;
  }

  /** Width of what is not known, milliseconds; so much later than possible may a window open. */
  uncertainty(now: number): number {
    const bounds = this.#widened(now);
    return bounds ? this.#likely(bounds) - bounds.low : Infinity;
  }

  /** A date that its own answer's window excludes comes from another clock: it teaches nothing. */
  observe({ date, resetAt }: ClockReading, trip: RoundTrip): void {
    if (date === null && resetAt === null) return;
    const byReset = resetAt === null ? null : sampleOf(resetAt - this.windowMs, resetAt, trip);
    const byDate = date === null ? null : sampleOf(date, date + DATE_GRANULARITY_MS + LATE_REFRESH_MS, trip);
    const sample = byDate && byReset ? intersect(byDate, byReset) : (byDate ?? byReset);
    if (!sample) return;
    this.#narrow(sample);
    if (date !== null) this.#narrowLikely(date + DATE_GRANULARITY_MS - trip.sentAt);
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

  /** First local time from `from` on at which a whole second of the server is as likely past as to come: a date read there halves the doubt. */
  nextUncertainTick(from: number): number | null {
    const bounds = this.#widened(from);
    if (!bounds) return null;
    const middle = (bounds.low + this.#likely(bounds)) / 2;
    return Math.ceil((from + middle) / DATE_GRANULARITY_MS) * DATE_GRANULARITY_MS - middle;
  }

  #likely({ low, high }: OffsetBounds): number {
    return Math.max(low, Math.min(high, this.#likelyHigh));
  }

  #widened(now: number): OffsetBounds | null {
    if (!this.#bounds) return null;
    const drift = Math.max(0, now - this.#bounds.at) * DRIFT;
    return { low: this.#bounds.low - drift, high: this.#bounds.high + drift, at: now };
  }

  /** A likely bound under the certain one was drawn from a late date: the doubt starts again. */
  #narrowLikely(high: number): void {
    this.#likelyHigh = Math.min(this.#likelyHigh, high);
    if (this.#bounds && this.#likelyHigh < this.#bounds.low) this.#likelyHigh = this.#bounds.low + DATE_GRANULARITY_MS;
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
    this.#contradiction = agreed ? null : sample;
    if (!agreed) return;
    this.#bounds = agreed;
    this.#likelyHigh = Infinity;
  }
}

/** The server's clock was within [earliest, latest] at some moment of the round trip. */
function sampleOf(earliest: number, latest: number, { sentAt, receivedAt }: RoundTrip): OffsetBounds {
  return { low: earliest - receivedAt, high: latest - sentAt, at: receivedAt };
}

function intersect(one: OffsetBounds, other: OffsetBounds): OffsetBounds | null {
  const low = Math.max(one.low, other.low);
  const high = Math.min(one.high, other.high);
  return low <= high ? { low, high, at: Math.max(one.at, other.at) } : null;
}
