import type { QuotaClaim, QuotaPermit, QuotaWait } from '../../../electron/consultation/ports';
import { createQuotaService, type QuotaService, type QuotaServiceOptions } from '../../../electron/quota';
import { claimOf, okAnswer, SimulatedScheduler } from './simulation';

export const START = Date.UTC(2027, 2, 1, 9, 0, 0);

export function build(options: Partial<QuotaServiceOptions> = {}): { quota: QuotaService; scheduler: SimulatedScheduler } {
  const scheduler = (options.scheduler as SimulatedScheduler | undefined) ?? new SimulatedScheduler(START);
  return { scheduler, quota: createQuotaService({ titleOf: () => 'Habilitation', environment: () => 'sandbox', ...options, scheduler }) };
}

export interface Asked {
  permit: QuotaPermit | null;
  kind: string | null;
  readonly waits: QuotaWait[];
  readonly cancel: () => void;
}

export function ask(quota: QuotaService, claim: QuotaClaim): Asked {
  const controller = new AbortController();
  const asked: Asked = { permit: null, kind: null, waits: [], cancel: () => controller.abort() };
  quota.acquire(claim, { signal: controller.signal, onWait: (wait) => asked.waits.push(wait) }).then(
    (permit) => (asked.permit = permit),
    (error: { apiError?: { kind: string } }) => (asked.kind = error.apiError?.kind ?? 'unknown'),
  );
  return asked;
}

export function headersAt(now: number, limit: number, remaining: number): Record<string, string> {
  const reset = (Math.floor(now / 60_000) + 1) * 60;
  const date = new Date(Math.floor(now / 1_000) * 1_000).toUTCString();
  return { date, 'ratelimit-limit': String(limit), 'ratelimit-remaining': String(remaining), 'ratelimit-reset': String(reset) };
}

/** A first call, answered at that moment: the service tells the limit and what is left. */
export async function scout(
  { quota, scheduler }: { readonly quota: QuotaService; readonly scheduler: SimulatedScheduler },
  at: number,
  { limit, remaining }: { readonly limit: number; readonly remaining: number },
  pool: Parameters<typeof claimOf>[1] = {},
): Promise<void> {
  const call = ask(quota, claimOf('interactive', pool));
  await scheduler.runUntil(at);
  call.permit?.settle(okAnswer(headersAt(scheduler.now(), limit, remaining)));
}

export function refusal(now: number): Parameters<QuotaPermit['settle']>[0] {
  return { status: 429, headers: { ...headersAt(now, 250, 0), 'retry-after': String(60 - Math.floor((now / 1_000) % 60)) }, errorCode: '00429', retryInSeconds: null };
}
