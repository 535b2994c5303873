import type { ApiError } from '../../shared/domain/api-error';
import { isJsonObject, type JsonValue } from '../../shared/domain/json';
import { errorOf, interpretFailure, readFailureBody, transportFailure } from '../../shared/errors';
import { parseJson } from '../http';
import type { Call } from './call';
import type { AnswerObservation } from './ports';
import { type Exchange, type Received, requestIdOf } from './received';
import { v2Moved } from './v2-answer';

/** Step 8: an answer, or a typed failure. Unknown fields and values are kept. */
export function interpret(call: Call, exchange: Exchange): Received {
  const body = readAnswer(call, exchange);
  if (exchange.kind === 'response' && body !== undefined) {
    const { response, durationMs, receivedAt } = exchange;
    return { ok: true, body, response, durationMs, receivedAt };
  }
  return { ok: false, error: interpretFailedExchange(call, exchange), exchange };
}

/** Why an exchange gave nothing to show. */
export function interpretFailedExchange({ endpoint }: Call, exchange: Exchange): ApiError {
  if (exchange.kind === 'broken') {
    const { problem, certificate } = exchange.error;
    return transportFailure(problem, certificate);
  }
  const { status, headers, body } = exchange.response;
  const requestId = requestIdOf(exchange.response);
  if (status < 400) return (endpoint.version === 2 && v2Moved(exchange.response)) || errorOf('unreadable', { status, requestId });
  const retryAfter = Number.parseInt(headers['retry-after'] ?? '', 10);
  return interpretFailure({
    status,
    body: body.toString('utf8'),
    contentType: headers['content-type'] ?? null,
    endpoint,
    requestId,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  });
}

/** What the first error of a refusal teaches the quota besides its status. */
export function lessonsOf(exchange: Exchange): Pick<AnswerObservation, 'errorCode' | 'retryInSeconds'> {
  const isRefusal = exchange.kind === 'response' && exchange.response.status >= 400;
  const { code, retryInSeconds } = readFailureBody(isRefusal ? exchange.response.body.toString('utf8') : undefined);
  return { errorCode: code, retryInSeconds };
}

/** The v3 envelope, or any object for v2; undefined is unreadable. */
function readAnswer(call: Call, exchange: Exchange): JsonValue | undefined {
  if (exchange.kind !== 'response' || exchange.response.status < 200 || exchange.response.status > 299) return undefined;
  const body = parseJson(exchange.response.body);
  if (!isJsonObject(body)) return undefined;
  return call.endpoint.version === 2 || Object.hasOwn(body, 'data') ? body : undefined;
}
