import type { Clock } from '../storage/clock';

export type Delay = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * Spaces calls evenly: the open search is shared by a whole network, so that a burst, even within
 * the limit, is what gets an office refused.
 */
export class SpacedCalls {
  #nextAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly delay: Delay,
    private readonly spacingMs: number,
  ) {}

  /** Resolves when the call may leave; rejects when the signal ends the wait. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const now = this.clock.monotonic();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + this.spacingMs;
    if (at > now) await this.delay(at - now, signal);
  }

  /** The service asked for silence. */
  pause(ms: number): void {
    this.#nextAt = Math.max(this.#nextAt, this.clock.monotonic() + ms);
  }
}
