import type { Endpoint } from '../../shared/catalogue/types';
import { type HttpClient, MAX_JSON_BYTES, TransportError } from '../http';
import type { Clock } from '../storage/clock';
import type { Call } from './call';
import type { AnswerObservation, CataloguePort, QuotaPermit } from './ports';
import type { Exchange } from './received';
import { addUserId, withToken } from './v2-request';

/** The service itself waits 10 s for a provider: the long setting outlives it, the short one does not. */
const LONG_TIMEOUT_MS = { data: 12_000, documents: 30_000 } as const;

/** Step 6. A transport failure is a result; anything else is a bug and is thrown. */
export async function send(
  deps: { readonly http: HttpClient; readonly clock: Clock; readonly catalogue: CataloguePort },
  call: Call,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Exchange> {
  const startedAt = deps.clock.monotonic();
  const elapsed = () => Math.round(deps.clock.monotonic() - startedAt);
  try {
    const response = await deps.http.get({
      ...withToken(callUrl(deps.catalogue, call), call),
      headers: call.request.fresh ? { 'cache-control': 'no-cache' } : {},
      timeoutMs: options.timeoutMs,
      maxBytes: MAX_JSON_BYTES,
      signal: options.signal,
    });
    return { kind: 'response', response, durationMs: elapsed(), receivedAt: deps.clock.now() };
  } catch (error) {
    if (error instanceof TransportError) return { kind: 'broken', error, durationMs: elapsed() };
    throw error;
  }
}

export function callUrl(catalogue: CataloguePort, call: Call): URL {
  const { grant, endpoint, request, justification } = call;
  const url = new URL(grant.baseUrl + catalogue.callPath(endpoint, request.identifier, request.parameters));
  for (const [name, value] of Object.entries<string>({ ...justification })) url.searchParams.set(name, value);
  addUserId(url, call);
  return url;
}

export function timeoutOf(endpoint: Endpoint, useLongTimeouts: boolean): number {
  if (!useLongTimeouts) return endpoint.timeoutMs;
  return Math.max(endpoint.timeoutMs, endpoint.documents.length > 0 ? LONG_TIMEOUT_MS.documents : LONG_TIMEOUT_MS.data);
}

/** Step 7: the quota learns from every attempt, and says whether a 429 must queue again. */
export function observe(
  permit: QuotaPermit,
  exchange: Exchange,
  lessons: Pick<AnswerObservation, 'errorCode' | 'retryInSeconds'>,
): 'deliver' | 'requeue' {
  if (exchange.kind === 'broken') {
    permit.fail(exchange.error.failure);
    return 'deliver';
  }
  const { status, headers } = exchange.response;
  return permit.settle({ status, headers, ...lessons });
}
