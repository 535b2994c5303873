import type { QuotaSnapshot, QuotaWindowView } from '../../shared/domain/quota';
import type { Pool } from './pool';
import type { QuotaEngine } from './quota-engine';
import { banned, tokenStopped } from './refusals';

/** State of every counter and breaker, and of the ban in the environment in use, for the quota panel. */
export function snapshot(engine: QuotaEngine, environment: string, titleOf: (habilitationId: string) => string, now: number): QuotaSnapshot {
  const ban = engine.bans.current(environment);
  return {
    windows: [...engine.pools].map((pool) => viewOf(engine, pool, titleOf, now)),
    breakers: engine.providers.views(),
    ban: ban
      ? { since: iso(ban.since), until: iso(ban.until), nextProbeAt: iso(ban.nextProbeAt), reason: banned(ban.until, now).message }
      : null,
  };
}

function viewOf(engine: QuotaEngine, pool: Pool, titleOf: (habilitationId: string) => string, now: number): QuotaWindowView {
  const { counter, claim } = pool;
  counter.advance(now);
  const stop = engine.tokenStoppedUntil(claim);
  const state = engine.bans.current(claim.environment)
    ? 'banned'
    : stop !== null || now < counter.stoppedUntil
      ? 'stopped'
      : counter.remaining() === 0
        ? 'spent'
        : 'open';
  return {
    environment: claim.environment,
    habilitationId: claim.habilitationId,
    habilitationTitle: titleOf(claim.habilitationId),
    pool: claim.pool,
    limit: counter.limit,
    used: Math.min(counter.limit, counter.used - counter.inFlight),
    inFlight: counter.inFlight,
    remaining: counter.remaining(),
    resetsAt: iso(stop ?? counter.opensAt(now)),
    queued: pool.queue.length,
    history: counter.history,
    state,
    reason: stop !== null ? tokenStopped(stop, now).message : null,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
