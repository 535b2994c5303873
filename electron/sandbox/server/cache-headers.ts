import { DateTime } from 'luxon';

import type { ReplyHeaders } from './reply';
import type { CachePolicy } from './route';

/** `X-Response-Cached` and `X-Cache-Expires-in` (seconds, or nothing). */
export class AnswerCache {
  private readonly expiries = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  /** Tells whether the call was answered before within the policy's time; `bypass` is `no-cache`. */
  headers(key: string, policy: CachePolicy, bypass: boolean): ReplyHeaders {
    if (policy === null) return uncachedHeaders;
    const now = this.now();
    const known = this.expiries.get(key);
    const cached = !bypass && known !== undefined && known > now;
    const expiresAt = cached ? known : expiryOf(policy, now);
    this.expiries.set(key, expiresAt);
    return { 'X-Response-Cached': String(cached), 'X-Cache-Expires-in': String(Math.ceil((expiresAt - now) / 1_000)) };
  }
}

export const uncachedHeaders: ReplyHeaders = { 'X-Response-Cached': 'false', 'X-Cache-Expires-in': '' };

function expiryOf(policy: Exclude<CachePolicy, null>, nowMs: number): number {
  const now = DateTime.fromMillis(nowMs, { zone: 'Europe/Paris' });
  const tomorrow = now.plus({ days: 1 }).startOf('day');
  if (policy === 'hour') return now.plus({ hours: 1 }).toMillis();
  if (policy === 'end_of_day') return tomorrow.toMillis();
  return tomorrow.plus({ hours: policy === 'night' ? 3 : 8 }).toMillis();
}
