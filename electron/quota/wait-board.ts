import type { Pool } from './pool';
import type { Waiter } from './pool-queue';
import type { Scheduler } from './scheduler';

/** Places are told again at most this often; a newcomer is told at once. */
const REFRESH_MS = 250;
/** A forecast that moves less than this is the same. */
const SAME_START_MS = 500;

/** Tells each caller his position and the time left, when they change. */
export class WaitBoard {
  #refreshedAt = -Infinity;

  constructor(private readonly scheduler: Scheduler) {}

  update(pools: Iterable<Pool>, reasonOf: (pool: Pool) => string): void {
    const now = this.scheduler.now();
    const everybody = now - this.#refreshedAt >= REFRESH_MS;
    if (everybody) this.#refreshedAt = now;
    for (const pool of pools) {
      if (pool.queue.length === 0) continue;
      const reason = reasonOf(pool);
      let position = 0;
      for (const waiter of pool.queue.inOrder()) {
        position += 1;
        if (everybody || waiter.shown === null) show(waiter, position, pool.startsAt(position, now), reason, now);
      }
    }
  }
}

function show(waiter: Waiter, position: number, startsAt: number, reason: string, now: number): void {
  const { shown } = waiter;
  const same = shown && shown.position === position && shown.reason === reason && Math.abs((shown.startsAt ?? 0) - startsAt) < SAME_START_MS;
  if (same) return;
  waiter.shown = { position, startsAt, reason };
  waiter.onWait({ position, waitMs: Math.max(0, startsAt - now), reason });
}
