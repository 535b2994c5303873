import type { Settlement } from '../item-store';

export interface SettlerDeps {
  /** Kept answers first: an item is never settled before what it names is on disk. */
  readonly flushAnswers: () => void;
  readonly settleAll: (settlements: readonly Settlement[]) => void;
  readonly onSettled: () => void;
  readonly logError: (place: string, error: unknown) => void;
}

const WRITE_TOGETHER_MS = 50;
const TRY_AGAIN_MS = 1_000;

/** Ends of calls written by groups, one commit each. What the disk refuses is written with the next group. */
export class Settler {
  #waiting: Settlement[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly deps: SettlerDeps) {}

  get isIdle(): boolean {
    return this.#waiting.length === 0;
  }

  add(settlement: Settlement): void {
    this.#waiting.push(settlement);
    this.#timer ??= setTimeout(() => this.flush(), WRITE_TOGETHER_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const group = this.#waiting;
    try {
      this.deps.flushAnswers();
      this.deps.settleAll(group);
      this.#waiting = [];
    } catch (error) {
      this.deps.logError('batch settlement', error);
      this.#timer = setTimeout(() => this.flush(), TRY_AGAIN_MS);
      return;
    }
    this.deps.onSettled();
  }
}
