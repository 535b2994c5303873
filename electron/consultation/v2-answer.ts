import type { ApiError } from '../../shared/domain/api-error';
import type { Answer } from '../../shared/domain/consultation';
import type { JsonValue } from '../../shared/domain/json';
import { errorOf } from '../../shared/errors';
import type { HttpResponse } from '../http';
import { requestIdOf } from './received';

const PARTIAL_CONTENT = 206;
const MOVED = 301;

/** Version 2 has no envelope; 206 says that one of the merged providers gave nothing. */
export function v2DataAndMeta(body: JsonValue, status: number): Pick<Answer, 'data' | 'meta'> {
  const isPartial = status === PARTIAL_CONTENT;
  return { data: body, meta: isPartial ? { reponse_partielle: 'Un fournisseur n’a pas répondu : certaines données manquent.' } : {} };
}

/** A duplicate SIREN answered 301 towards the right one, where version 3 follows and says so. */
export function v2Moved(response: HttpResponse): ApiError | undefined {
  const identifier = response.status === MOVED ? /\/(\d{9}|\d{14})(?=[/?#]|$)/.exec(response.headers['location'] ?? '')?.[1] : undefined;
  if (identifier === undefined) return undefined;
  return errorOf('gone', {
    message: `Ce numéro fait double emploi : l’entreprise est connue sous le numéro ${identifier}.`,
    advice: `Relancez la consultation avec ${identifier}.`,
    status: MOVED,
    requestId: requestIdOf(response),
  });
}
