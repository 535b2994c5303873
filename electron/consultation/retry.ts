import type { ApiError } from '../../shared/domain/api-error';
import type { Clock } from '../storage/clock';
import type { WaitingState } from './in-flight';
import type { Exchange } from './received';

/** Waits, unless the signal ends it first; rejects then. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<void>;

/** The wait before the next attempt (rules of `shared/errors`), or null when there is none to make without the agent. */
export function retryDelayMs(error: ApiError, retriesDone: number): number | null {
  return error.retry.rule === 'after' && retriesDone < error.retry.times ? error.retry.seconds * 1_000 : null;
}

/** A wait shown to the agent, who may cancel it. */
export async function waitShown(
  delay: Delay,
  wait: { readonly ms: number; readonly reason: string },
  flight: { readonly signal: AbortSignal; show(state: WaitingState): void },
): Promise<void> {
  flight.show({ step: 'queued', position: 0, waitMs: wait.ms, reason: wait.reason });
  await delay(wait.ms, flight.signal);
}

/** How long the service may still be working on a call that we gave up (API Entreprise docs, délais: 10 s). */
const SERVICE_MAX_MS = 10_000;

/** Remembers the calls that we gave up while the service may still answer: sent again at once, they meet a 409. */
export class GivenUpCalls {
  readonly #freeAt = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  note(key: string, exchange: Exchange): void {
    if (exchange.kind !== 'broken') return;
    if (exchange.error.problem !== 'silence' && exchange.error.problem !== 'cancelled') return;
    this.#prune();
    this.#freeAt.set(key, this.clock.monotonic() - exchange.durationMs + SERVICE_MAX_MS);
  }

  /** Zero when the call may leave now. */
  remainingMs(key: string): number {
    return Math.max(0, Math.ceil((this.#freeAt.get(key) ?? 0) - this.clock.monotonic()));
  }

  #prune(): void {
    for (const [key, freeAt] of this.#freeAt) if (freeAt <= this.clock.monotonic()) this.#freeAt.delete(key);
  }
}
