import type { ApiError, ApiErrorKind } from '../domain/api-error';
import { retryRule } from './retry-rules';
import { wordsOfKind } from './words';

/** A failure decided on this side: no answer came, or none was asked for. */
export function errorOf(kind: ApiErrorKind, overrides: Partial<Omit<ApiError, 'kind'>> = {}): ApiError {
  const { message, advice, retry } = wordsOfKind[kind];
  const subject = overrides.provider ?? 'Le fournisseur de la donnée';
  return {
    kind,
    message: message.split('{fournisseur}').join(subject),
    advice,
    status: null,
    code: null,
    provider: null,
    requestId: null,
    retry: retryRule(retry, null),
    ...overrides,
  };
}
