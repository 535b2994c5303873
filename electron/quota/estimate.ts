import type { QuotaEstimate } from '../../shared/domain/quota';
import type { CallPriority } from '../consultation/ports';
import { documentedLimit, type Habilitated } from './pools';
import type { QuotaEngine } from './quota-engine';

export interface PlannedCalls {
  readonly pool: string;
  readonly calls: number;
}

/** What a plan costs and how long it takes if nobody else draws on the token; pools run side by side. */
export function estimate(
  engine: QuotaEngine,
  habilitation: Habilitated,
  plan: readonly PlannedCalls[],
  priority: CallPriority,
  now: number,
): QuotaEstimate {
  let startsAt = Infinity;
  let endsAt = now;
  for (const { pool, calls } of plan) {
    if (calls <= 0) continue;
    const known = engine.pools.find(habilitation, pool);
    known?.counter.advance(now);
    const ahead = priority === 'batch' ? (known?.queue.length ?? 0) : (known?.queue.interactiveLength ?? 0);
    const placeStartsAt = (place: number): number => {
      if (known) return known.startsAt(place, now);
      return now + Math.floor((place - 1) / documentedLimit(pool)) * engine.windowMs;
    };
    startsAt = Math.min(startsAt, placeStartsAt(ahead + 1));
    endsAt = Math.max(endsAt, placeStartsAt(ahead + calls));
  }
  const firstAt = startsAt === Infinity ? now : startsAt;
  const calls = plan.reduce((sum, part) => sum + Math.max(0, part.calls), 0);
  return { calls, startsAt: new Date(firstAt).toISOString(), durationMs: endsAt - now };
}
