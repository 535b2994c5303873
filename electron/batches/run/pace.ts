/** Starts of the last window, by pool: holds a run to its share of the quota. The quota engine still has the last word. */
export class Pace {
  readonly #starts = new Map<string, number[]>();

  constructor(private readonly windowMs: number) {}

  /** How many may start now. */
  room(pool: string, limit: number, sharePercent: number, now: number): number {
    if (sharePercent >= 100) return Infinity;
    return Math.max(0, allowed(limit, sharePercent) - this.#recent(pool, now).length);
  }

  /** When the next may start; null when one may now. */
  opensAt(pool: string, limit: number, sharePercent: number, now: number): number | null {
    if (this.room(pool, limit, sharePercent, now) > 0) return null;
    const starts = this.#recent(pool, now);
    const oldestThatCounts = starts[starts.length - allowed(limit, sharePercent)] ?? now;
    return oldestThatCounts + this.windowMs;
  }

  note(pool: string, count: number, now: number): void {
    const starts = this.#recent(pool, now);
    for (let index = 0; index < count; index += 1) starts.push(now);
  }

  #recent(pool: string, now: number): number[] {
    const starts = (this.#starts.get(pool) ?? []).filter((at) => at > now - this.windowMs);
    this.#starts.set(pool, starts);
    return starts;
  }
}

function allowed(limit: number, sharePercent: number): number {
  return Math.max(1, Math.floor((limit * sharePercent) / 100));
}
