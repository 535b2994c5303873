import { isJsonObject, type JsonObject } from '../../../shared/domain/json';
import type { Failure } from '../server/failure';
import type { Answer } from '../server/route';

export function isV2(path: string): boolean {
  return path.startsWith('/v2/');
}

/** Sentences, where later versions write objects; `gateway_error` says that the fault is a provider's. */
export function v2FailureBody({ code, detail }: Failure): JsonObject {
  return { errors: [detail], gateway_error: !code.startsWith('00') };
}

/** 206: one of the merged providers did not answer. */
export function v2Status(answer: Answer): 200 | 206 {
  return isJsonObject(answer) && answer['gateway_error'] === true ? 206 : 200;
}
