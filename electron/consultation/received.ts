import type { ApiError } from '../../shared/domain/api-error';
import type { JsonValue } from '../../shared/domain/json';
import type { HttpResponse, TransportError } from '../http';

/** One attempt, as the network left it. */
export type Exchange =
  | { readonly kind: 'response'; readonly response: HttpResponse; readonly durationMs: number; readonly receivedAt: number }
  | { readonly kind: 'broken'; readonly error: TransportError; readonly durationMs: number };

/** What an attempt brought: a body, or a failure in words. */
export type Received =
  | {
      readonly ok: true;
      readonly body: JsonValue;
      readonly response: HttpResponse;
      readonly durationMs: number;
      readonly receivedAt: number;
    }
  | { readonly ok: false; readonly error: ApiError; readonly exchange: Exchange };

export function requestIdOf(response: Pick<HttpResponse, 'headers'>): string | null {
  const value = response.headers['x-request-id'];
  return value && /^[\w-]{1,100}$/.test(value) ? value : null;
}
