import type { ConsultationState } from '../../shared/domain/consultation';

/** States that a call under way shows to everyone who waits for it. */
export type WaitingState = Extract<ConsultationState, { step: 'queued' | 'running' }>;

export interface Flight<T> {
  readonly signal: AbortSignal;
  show(state: WaitingState): void;
  /** Set by the call itself once it ends. */
  readonly result: Promise<T>;
}

export interface Waiter {
  readonly signal: AbortSignal;
  readonly onState: (state: WaitingState) => void;
}

interface OpenFlight<T> extends Flight<T> {
  readonly controller: AbortController;
  readonly waiters: Set<Waiter>;
  lastState: WaitingState | undefined;
}

/** Calls under way, by key. A call lives as long as somebody waits for it. */
export class InFlightCalls<T> {
  readonly #flights = new Map<string, OpenFlight<T>>();

  has(key: string): boolean {
    return this.#flights.has(key);
  }

  /** Waits for the call of this key, which `start` begins when it is not under way. */
  async join(key: string, waiter: Waiter, start: (flight: Pick<Flight<T>, 'signal' | 'show'>) => Promise<T>): Promise<T> {
    const flight = this.#flights.get(key) ?? this.#open(key, start);
    flight.waiters.add(waiter);
    if (flight.lastState) waiter.onState(flight.lastState);
    let hasLeft = false;
    try {
      return await untilAborted(flight.result, waiter.signal);
    } catch (error) {
      hasLeft = error instanceof LeftError;
      throw error;
    } finally {
      flight.waiters.delete(waiter);
      if (flight.waiters.size === 0) this.#forget(key, flight);
      if (flight.waiters.size === 0 && hasLeft) await stop(flight);
    }
  }

  #open(key: string, start: (flight: Pick<Flight<T>, 'signal' | 'show'>) => Promise<T>): OpenFlight<T> {
    const controller = new AbortController();
    const waiters = new Set<Waiter>();
    const show = (state: WaitingState) => {
      flight.lastState = state;
      for (const waiter of waiters) waiter.onState(state);
    };
    // Begun in the next microtask, so that the first waiter hears its first state.
    const result = Promise.resolve().then(() => start({ signal: controller.signal, show }));
    const flight: OpenFlight<T> = { controller, waiters, show, signal: controller.signal, result, lastState: undefined };
    this.#flights.set(key, flight);
    result.catch(() => undefined).finally(() => this.#forget(key, flight)).catch(() => undefined);
    return flight;
  }

  #forget(key: string, flight: OpenFlight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}

/** The waiter left before the end; the call itself may go on for others. */
export class LeftError extends Error {}

/** The last one left: the call is stopped, and its trace closed before anybody goes on. */
async function stop(flight: OpenFlight<unknown>): Promise<void> {
  flight.controller.abort();
  await flight.result.catch(() => undefined);
}

function untilAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(new LeftError('left'));
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
