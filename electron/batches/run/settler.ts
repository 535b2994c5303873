import type { Settlement } from '../item-store';

export interface SettlerDeps {
  /** Kept answers first: an item is never settled before what it names is on disk. */
  readonly flushAnswers: () => void;
  readonly settleAll: (settlements: readonly Settlement[]) => void;
  readonly onSettled: () => void;
  readonly logError: (place: string, error: unknown) => void;
}

const TRY_AGAIN_MS = 1_000;

/**
 * Ends of calls written by groups, one commit each: those whose traces one flush of the journal has closed. At once,
 * because an answer that a stop loses has to be asked for again. What the disk refuses is written with the next group.
 */
export class Settler {
  #waiting: Settlement[] = [];
  #isPlanned = false;

  constructor(private readonly deps: SettlerDeps) {}

  get isIdle(): boolean {
    return this.#waiting.length === 0;
  }

  add(settlement: Settlement): void {
    this.#waiting.push(settlement);
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setImmediate(() => this.flush());
  }

  flush(): void {
    this.#isPlanned = false;
    if (this.#waiting.length === 0) return;
    const group = this.#waiting;
    try {
      this.deps.flushAnswers();
      this.deps.settleAll(group);
      this.#waiting = [];
    } catch (error) {
      this.deps.logError('batch settlement', error);
      this.#isPlanned = true;
      setTimeout(() => this.flush(), TRY_AGAIN_MS);
      return;
    }
    this.deps.onSettled();
  }
}
