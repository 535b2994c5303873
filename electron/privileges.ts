import { PRIVILEGES_PATH } from '../shared/catalogue';
import type { Environment } from '../shared/domain/environment';
import { isJsonObject, type JsonValue } from '../shared/domain/json';
import type { RecordEvent, TracedEvent } from '../shared/domain/journal';
import { errorOf, type Failure, interpretFailure, transportFailure } from '../shared/errors';
import { stoppedCall } from './consultation';
import type { CallStopPort } from './consultation/ports';
import type { PrivilegesAnswer, PrivilegesQuestion } from './habilitations';
import { type HttpClient, type HttpResponse, parseJson, transportErrorOf } from './http';
import type { Secret } from './storage/secret';
import { by } from './trace';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

export interface PrivilegesReaderDeps {
  readonly http: HttpClient;
  readonly record: RecordEvent;
  readonly callStop: CallStopPort;
  readonly baseUrlOf: (environment: Environment) => string | null;
}

/**
 * Asks the service what a token opens: `/privileges` reaches no provider and needs no justification
 * (API Entreprise docs). As for any call, the question is on disk before it leaves and its outcome before it is used.
 */
export function createPrivilegesReader({ http, record, callStop, baseUrlOf }: PrivilegesReaderDeps) {
  return async (question: PrivilegesQuestion): Promise<PrivilegesAnswer> => {
    const baseUrl = baseUrlOf(question.habilitation.environment);
    if (baseUrl === null) return { ok: false, error: errorOf('network') };
    const stop = callStop();
    if (stop) return { ok: false, error: stoppedCall(stop) };
    try {
      await record(traceOf(question, { outcome: 'success', detail: 'Droits du jeton demandés au service.' }));
      const { answer, ...seen } = await ask(http, baseUrl, question.token);
      const detail = answer.ok ? `Droits du jeton reçus : ${answer.privileges.length}.` : `Droits du jeton non obtenus. ${answer.error.message}`;
      await record(traceOf(question, { outcome: answer.ok ? 'success' : 'failure', detail, ...seen }));
      return answer;
    } catch {
      return { ok: false, error: errorOf('journal') };
    }
  };
}

type Seen = Pick<TracedEvent, 'httpStatus' | 'requestId'>;

function traceOf({ author, habilitation }: PrivilegesQuestion, what: Pick<TracedEvent, 'outcome' | 'detail'> & Seen): TracedEvent {
  return { event: 'token.tested', ...by(author), habilitationId: habilitation.id, environment: habilitation.environment, ...what };
}

async function ask(http: HttpClient, baseUrl: string, token: Secret): Promise<{ readonly answer: PrivilegesAnswer } & Seen> {
  try {
    const bounds = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal: AbortSignal.timeout(TIMEOUT_MS) };
    const response = await http.get({ url: new URL(`${baseUrl}${PRIVILEGES_PATH}`), authorization: { token, baseUrl }, ...bounds });
    return { answer: read(response), httpStatus: response.status, requestId: response.headers['x-request-id'] ?? null };
  } catch (error) {
    const { problem, certificate } = transportErrorOf(error);
    return { answer: { ok: false, error: transportFailure(problem, certificate) } };
  }
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
