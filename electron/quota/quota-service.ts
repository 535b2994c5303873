import type { QuotaEstimate, QuotaSnapshot } from '../../shared/domain/quota';
import type { CallPriority, QuotaPort } from '../consultation/ports';
import { estimate, type PlannedCalls } from './estimate';
import { documentedLimit } from './pools';
import { QuotaEngine, type QuotaEngineOptions } from './quota-engine';
import type { Timer } from './scheduler';
import { snapshot } from './snapshot';

const CHANGES_AT_MOST_EVERY_MS = 250;

export interface QuotaServiceOptions extends QuotaEngineOptions {
  /** Where the application works now. */
  readonly environment: () => string;
  readonly titleOf: (habilitationId: string) => string;
}

/** Everything the rest of the application knows of quotas. */
export interface QuotaService extends QuotaPort {
  estimate(habilitationId: string, plan: readonly PlannedCalls[], priority: CallPriority): QuotaEstimate;
  /** Calls that the pool allows in a window: as its answers tell, else as documented. */
  limitOf(habilitationId: string, pool: string): number;
  readonly windowMs: number;
  snapshot(): QuotaSnapshot;
  /** At most four times a second; returns what stops it. */
  onChange(listener: (snapshot: QuotaSnapshot) => void): () => void;
  /** For good: nobody is let go, told or asked anything any more, and nothing is written. */
  close(): void;
}

export function createQuotaService(options: QuotaServiceOptions): QuotaService {
  const { environment, titleOf } = options;
  const engine = new QuotaEngine(options);
  const { scheduler } = engine;
  const snapshotNow = (): QuotaSnapshot => snapshot(engine, environment(), titleOf, scheduler.now());
  return {
    acquire: (claim, acquireOptions) => engine.acquire(claim, acquireOptions),
    estimate: (habilitationId, plan, priority) =>
      estimate(engine, { environment: environment(), habilitationId }, plan, priority, scheduler.now()),
    limitOf: (habilitationId, pool) =>
      engine.pools.find({ environment: environment(), habilitationId }, pool)?.counter.limit ?? documentedLimit(pool),
    windowMs: engine.windowMs,
    snapshot: snapshotNow,
    onChange: (listener) => {
      let pending: Timer | null = null;
      const stop = engine.onChange(() => {
        pending ??= scheduler.setTimer(scheduler.now() + CHANGES_AT_MOST_EVERY_MS, () => {
          pending = null;
          listener(snapshotNow());
        });
      });
      return () => {
        stop();
        if (pending !== null) scheduler.clearTimer(pending);
      };
    },
    close: () => engine.close(),
  };
}
