import { PRIVILEGES_PATH } from '../shared/catalogue';
import type { Environment } from '../shared/domain/environment';
import { isJsonObject, type JsonValue } from '../shared/domain/json';
import type { RecordEvent } from '../shared/domain/journal';
import { errorOf, type Failure, interpretFailure } from '../shared/errors';
import type { PrivilegesAnswer } from './habilitations';
import { type HttpClient, type HttpResponse, parseJson } from './http';
import type { Secret } from './storage/secret';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

export interface PrivilegesReaderDeps {
  readonly http: HttpClient;
  readonly record: RecordEvent;
  readonly baseUrlOf: (environment: Environment) => string | null;
}

/**
 * Asks the service what a token opens: `/privileges` reaches no provider and needs no justification
 * (API Entreprise docs). The question is traced before it leaves, like any call.
 */
export function createPrivilegesReader({ http, record, baseUrlOf }: PrivilegesReaderDeps) {
  return async (environment: Environment, token: Secret): Promise<PrivilegesAnswer> => {
    const baseUrl = baseUrlOf(environment);
    if (baseUrl === null) return { ok: false, error: errorOf('network') };
    try {
      await record({ event: 'token.changed', outcome: 'success', agentId: null, agentName: null, environment, detail: 'Droits d’un jeton demandés au service.' });
    } catch {
      return { ok: false, error: errorOf('journal') };
    }
    try {
      const bounds = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal: AbortSignal.timeout(TIMEOUT_MS) };
      return read(await http.get({ url: new URL(`${baseUrl}${PRIVILEGES_PATH}`), authorization: { token, baseUrl }, ...bounds }));
    } catch {
      return { ok: false, error: errorOf('network') };
    }
  };
}

function read(response: HttpResponse): PrivilegesAnswer {
  if (response.status !== 200) return { ok: false, error: interpretFailure(failureOf(response)) };
  const body = parseJson(response.body);
  const privileges: JsonValue | undefined = isJsonObject(body) ? body['privileges'] : undefined;
  if (!Array.isArray(privileges)) return { ok: false, error: errorOf('unreadable') };
  return { ok: true, privileges: privileges.filter((scope): scope is string => typeof scope === 'string') };
}

function failureOf(response: HttpResponse): Failure {
  const seconds = Number(response.headers['retry-after']);
  return {
    status: response.status,
    body: response.body.toString('utf8'),
    contentType: response.headers['content-type'] ?? null,
    endpoint: null,
    requestId: response.headers['x-request-id'] ?? null,
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : null,
  };
}
