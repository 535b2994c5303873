import { IP_LIMIT_PER_MINUTE, quotaPools } from '../../../shared/catalogue/pools';
import type { PoolId } from './route';

export interface ThrottleOptions {
  readonly now: () => number;
  /** Length of a clock-aligned window. */
  readonly windowMs: number;
  readonly limits: Readonly<Partial<Record<PoolId, number>>>;
  readonly ipLimit?: number;
  /** Refused calls of one address that bring its ban. */
  readonly refusalsBeforeBan: number;
  readonly banMs: number;
}

/** State of a window, after the call was counted. */
export interface WindowState {
  readonly limit: number;
  readonly remaining: number;
  readonly endsAtMs: number;
  readonly refused: boolean;
}

/** Counters per token and pool, and per address, in clock-aligned windows. */
export class Throttle {
  private readonly counts = new Map<string, { startsAtMs: number; used: number }>();
  private readonly refusals = new Map<string, number>();
  private readonly bannedUntil = new Map<string, number>();
  private readonly limits: Map<string, number>;

  constructor(private readonly options: ThrottleOptions) {
    this.limits = new Map(quotaPools.map(({ id, limitPerMinute }) => [id, options.limits[id] ?? limitPerMinute]));
  }

  /** Counts one call, refused ones included. */
  count(tokenKey: string, pool: PoolId, address: string): WindowState {
    const limit = this.limits.get(pool) ?? 0;
    const used = this.consume(tokenKey, pool, 1);
    const refused = used > limit;
    if (refused) this.countRefusal(address);
    if (this.add(`ip ${address}`, 1) > (this.options.ipLimit ?? IP_LIMIT_PER_MINUTE)) this.ban(address);
    return { limit, remaining: Math.max(0, limit - used), endsAtMs: this.windowStart() + this.options.windowMs, refused };
  }

  /** Spends units as a colleague who shares the token would. Returns what is used in the window. */
  consume(tokenKey: string, pool: PoolId, units: number): number {
    return this.add(`${tokenKey} ${pool}`, units);
  }

  setLimit(pool: PoolId, limit: number): void {
    this.limits.set(pool, limit);
  }

  isBanned(address: string): boolean {
    return (this.bannedUntil.get(address) ?? 0) > this.options.now();
  }

  ban(address: string): void {
    this.bannedUntil.set(address, this.options.now() + this.options.banMs);
  }

  liftBans(): void {
    this.bannedUntil.clear();
    this.refusals.clear();
  }

  reset(): void {
    this.counts.clear();
    this.refusals.clear();
  }

  private countRefusal(address: string): void {
    const refusals = (this.refusals.get(address) ?? 0) + 1;
    this.refusals.set(address, refusals);
    if (refusals >= this.options.refusalsBeforeBan) this.ban(address);
  }

  private add(key: string, units: number): number {
    const startsAtMs = this.windowStart();
    const current = this.counts.get(key);
    const used = (current?.startsAtMs === startsAtMs ? current.used : 0) + units;
    this.counts.set(key, { startsAtMs, used });
    return used;
  }

  private windowStart(): number {
    const { now, windowMs } = this.options;
    return Math.floor(now() / windowMs) * windowMs;
  }
}
