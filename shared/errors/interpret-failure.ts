import type { Endpoint } from '../catalogue/types';
import type { ApiError, ApiErrorKind } from '../domain/api-error';
import type { CodeEntry } from './code-entry';
import { type FailureBody, readFailureBody } from './failure-body';
import { platformCodes } from './platform-codes';
import { providerCodes, suffixCodes } from './provider-codes';
import { providerOfPrefix } from './providers';
import { retryRule } from './retry-rules';
import { kindOf } from './statuses';
import { type Words, wordsOfKind } from './words';

export interface Failure {
  readonly status: number;
  /** Raw text, as received; undefined or empty when there was none. */
  readonly body: string | undefined;
  readonly contentType?: string | null | undefined;
  /** Null for a route that is not in the catalogue (`/privileges`, files). */
  readonly endpoint: Pick<Endpoint, 'providerLabel' | 'perimeter'> | null;
  readonly requestId: string | null;
  /** `Retry-After`, in seconds. */
  readonly retryAfterSeconds: number | null;
}

const UNNAMED_PROVIDER = 'Le fournisseur de la donnée';

/** Turns any failed answer into a typed error in French. Pure and total: it never throws. */
export function interpretFailure(failure: Failure): ApiError {
  const body = readFailureBody(failure.body);
  const code = body.code === null ? undefined : entryOf(body.code);
  const kind = kindOf(failure.status, code?.kind);
  const words: Words = code?.kind === kind ? code : wordsOfKind[kind];
  const provider = providerOf(body, kind, failure.endpoint);
  return {
    kind,
    message: withName(messageOf(words, kind, body, code, failure), provider),
    advice: withName(words.advice, provider),
    status: failure.status,
    code: body.code,
    provider,
    requestId: failure.requestId,
    retry: retryRule(words.retry, waitOf(body, failure.retryAfterSeconds)),
  };
}

/** Most precise first: the provider's own code, then the meaning shared by every provider. */
function entryOf(code: string): CodeEntry | undefined {
  if (code.startsWith('00')) return own(platformCodes, code);
  return own(providerCodes, code) ?? own(suffixCodes, code.slice(2));
}

/** `meta.provider` beats the prefix, which fixtures of the service get wrong. */
function providerOf(body: FailureBody, kind: ApiErrorKind, endpoint: Failure['endpoint']): string | null {
  if (body.provider !== null) return body.provider;
  const fromPrefix = body.code === null ? undefined : own(providerOfPrefix, body.code.slice(0, 2));
  if (fromPrefix !== undefined) return fromPrefix;
  return kind === 'provider_down' || kind === 'outside_perimeter' ? (endpoint?.providerLabel ?? null) : null;
}

function messageOf(words: Words, kind: ApiErrorKind, body: FailureBody, code: CodeEntry | undefined, failure: Failure): string {
  const isBusinessAnswer = words === code && words.message !== wordsOfKind.outside_perimeter.message;
  if (kind === 'outside_perimeter' && !isBusinessAnswer && failure.endpoint) {
    return `${words.message} Périmètre\u00a0: ${failure.endpoint.perimeter}`;
  }
  if (body.providerDetail !== null) return `${words.message} Précision du fournisseur\u00a0: ${body.providerDetail}`;
  // A code that we know has its sentence; otherwise the service's own words are better than none.
  return words === code || body.detail === null ? words.message : `${words.message} Précision reçue\u00a0: ${body.detail}`;
}

function waitOf(body: FailureBody, retryAfterSeconds: number | null): number | null {
  if (body.retryInSeconds !== null) return body.retryInSeconds;
  const isUsable = retryAfterSeconds !== null && Number.isFinite(retryAfterSeconds) && retryAfterSeconds > 0;
  return isUsable ? Math.ceil(retryAfterSeconds) : null;
}

function withName(sentence: string, provider: string | null): string {
  return sentence.split('{fournisseur}').join(provider ?? UNNAMED_PROVIDER);
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
