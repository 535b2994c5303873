import type { Endpoint } from '../../../shared/catalogue/types';
import { opensAt } from '../plan/calendar';

/** Refusals in a row of one endpoint that are worth stopping for: each costs a trace, and none will differ. */
const REFUSALS_TO_STOP = 5;

/** The calls of a run to one endpoint. */
export class Lane {
  inFlight = 0;
  /** Nothing waits: looked at again when something goes back to its place. */
  isDrained = false;
  #restsUntil = 0;
  #callsAgainAt = 0;
  #refusalsInRow = 0;

  constructor(readonly endpoint: Endpoint) {}

  /** When calls may leave again; null: now. Its provider's maintenance is waited for. */
  opensAt(now: number): number | null {
    const { maintenance } = this.endpoint;
    const at = opensAt({ hours: null, maintenance }, Math.max(now, this.#restsUntil)) ?? now;
    return at > now ? at : null;
  }

  rest(until: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, until);
  }

  /** A failure that may pass: what is due once more waits for that moment. */
  noteAgainAt(at: number): void {
    this.#callsAgainAt = Math.max(this.#callsAgainAt, at);
  }

  /** Takes up what is due once more. */
  reopen(): void {
    this.rest(this.#callsAgainAt);
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
