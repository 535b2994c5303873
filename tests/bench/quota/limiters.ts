import Bottleneck from 'bottleneck';
import PQueue from 'p-queue';

import type { CallPriority, QuotaPermit } from '../../../electron/consultation/ports';
import { createQuotaService, systemScheduler } from '../../../electron/quota';
import { systemClock } from '../../../electron/storage/clock';
import type { MeasuredPool } from './service';

export type Reply = Parameters<QuotaPermit['settle']>[0];
export type Send = () => Promise<Reply>;

/** Lets calls through in its own way until each is accepted. */
export interface Limiter {
  run(priority: CallPriority, send: Send): Promise<void>;
}

export interface LimiterContext {
  readonly windowMs: number;
  readonly readServerDate: () => Promise<string | null>;
}

/**
 * Peers are told the true limit and length of the windows, and are made as a window opens: the best case
 * for those that count from their own start. They send a refused call again after `Retry-After`.
 */
export const limiters: Readonly<Record<string, (pool: MeasuredPool, context: LimiterContext) => Limiter>> = {
  ours,
  bottleneck: ({ limit }, { windowMs }) =>
    bottleneckLimiter(new Bottleneck({ reservoir: limit, reservoirRefreshAmount: limit, reservoirRefreshInterval: windowMs })),
  p_queue: ({ limit }, { windowMs }) => {
    const queue = new PQueue({ intervalCap: limit, interval: windowMs });
    return { run: (priority, send) => queue.add(() => untilAccepted(send), { priority: priority === 'interactive' ? 1 : 0 }) };
  },
  evenly_spaced: ({ limit }, { windowMs }) => bottleneckLimiter(new Bottleneck({ minTime: windowMs / limit })),
};

function ours({ pool }: MeasuredPool, { windowMs, readServerDate }: LimiterContext): Limiter {
  const scheduler = systemScheduler(systemClock);
  const quota = createQuotaService({ scheduler, windowMs, readServerDate, environment: () => 'sandbox', titleOf: () => '' });
  const options = { signal: new AbortController().signal, onWait: () => undefined };
  return {
    run: async (priority, send) => {
      const claim = { environment: 'sandbox', habilitationId: 'bench', tokenKey: 'bench', pool, provider: 'insee', priority } as const;
      for (;;) {
        const permit = await quota.acquire(claim, options);
        if (permit.settle(await send()) === 'deliver') return;
      }
    },
  };
}

function bottleneckLimiter(bottleneck: Bottleneck): Limiter {
  return { run: (priority, send) => bottleneck.schedule({ priority: priority === 'interactive' ? 0 : 5 }, () => untilAccepted(send)) };
}

async function untilAccepted(send: Send): Promise<void> {
  for (;;) {
    const { status, headers } = await send();
    if (status !== 429) return;
    await pause(Number(headers['retry-after'] ?? 1) * 1_000);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
