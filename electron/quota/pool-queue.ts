import type { QuotaClaim, QuotaPermit, QuotaWait } from '../consultation/ports';

/** One call that waits for its turn. */
export interface Waiter {
  readonly claim: QuotaClaim;
  readonly seq: number;
  readonly enqueuedAt: number;
  readonly onWait: (wait: QuotaWait) => void;
  readonly resolve: (permit: QuotaPermit) => void;
  readonly reject: (error: Error) => void;
  shown: { readonly position: number; readonly startsAt: number | null; readonly reason: string } | null;
}

/** When the screen keeps a pool busy, one call in so many still goes to the oldest batch. */
const BATCH_TURN_EVERY = 5;

/** Who goes next in one pool: the screen before batches, first come first served among equals, nobody starves. */
export class PoolQueue {
  #interactive: Waiter[] = [];
  #batch: Waiter[] = [];
  #sinceBatch = 0;

  get length(): number {
    return this.#interactive.length + this.#batch.length;
  }

  get interactiveLength(): number {
    return this.#interactive.length;
  }

  add(waiter: Waiter): void {
    const line = this.#lineOf(waiter);
    const place = line.findIndex((other) => other.seq > waiter.seq);
    line.splice(place === -1 ? line.length : place, 0, waiter);
  }

  remove(waiter: Waiter): boolean {
    const line = this.#lineOf(waiter);
    const place = line.indexOf(waiter);
    if (place !== -1) line.splice(place, 1);
    return place !== -1;
  }

  /** In the order in which they will go. */
  *inOrder(): Generator<Waiter> {
    yield* this.#interactive;
    yield* this.#batch;
  }

  /**
   * The next that may go, or undefined.
   * @param agedBefore batches that came before this time are owed their turn.
   */
  next(mayGo: (waiter: Waiter, owed: boolean) => boolean, agedBefore: number): Waiter | undefined {
    const owed = this.#sinceBatch + 1 >= BATCH_TURN_EVERY ? this.#batch[0] : undefined;
    if (owed && owed.enqueuedAt <= agedBefore && mayGo(owed, true)) return owed;
    return this.#interactive.find((waiter) => mayGo(waiter, false)) ?? this.#batch.find((waiter) => mayGo(waiter, false));
  }

  take(waiter: Waiter): void {
    this.remove(waiter);
    this.#sinceBatch = waiter.claim.priority === 'batch' ? 0 : this.#sinceBatch + 1;
  }

  #lineOf(waiter: Waiter): Waiter[] {
    return waiter.claim.priority === 'interactive' ? this.#interactive : this.#batch;
  }
}
