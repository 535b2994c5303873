import type { QuotaStore } from './quota-store';
import type { Scheduler, Timer } from './scheduler';

/** What the engine reaches outside itself, until it closes: from then on no alarm rings and nothing is written. */
export interface Lifetime {
  readonly scheduler: Scheduler;
  readonly store: QuotaStore;
  readonly isOver: boolean;
  end(): void;
}

export function lifetimeOf(scheduler: Scheduler, store: QuotaStore): Lifetime {
  const timers = new Set<Timer>();
  let isOver = false;
  return {
    scheduler: {
      now: () => scheduler.now(),
      setTimer: (at, run) => {
        if (isOver) return {};
        const timer = scheduler.setTimer(at, () => {
          timers.delete(timer);
          run();
        });
        timers.add(timer);
        return timer;
      },
      clearTimer: (timer) => {
        if (timers.delete(timer)) scheduler.clearTimer(timer);
      },
    },
    store: {
      load: (kind, key) => store.load(kind, key),
      keys: (kind) => store.keys(kind),
      // Uses are written before a call leaves: what an answer that comes later teaches may be forgotten.
      save: (kind, key, state) => {
        if (!isOver) store.save(kind, key, state);
      },
    },
    get isOver() {
      return isOver;
    },
    end() {
      isOver = true;
      for (const timer of timers) scheduler.clearTimer(timer);
      timers.clear();
    },
  };
}
