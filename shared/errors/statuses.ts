import type { ApiErrorKind } from '../domain/api-error';

/**
 * Kinds that a status can mean; the first when its code says nothing more. The status is the primary
 * key: a code that contradicts it is not believed, so that only a 404 ever looks « hors périmètre ».
 */
const kindsOfStatus: Readonly<Record<number, readonly [ApiErrorKind, ...ApiErrorKind[]]>> = {
  400: ['parameter', 'justification'],
  401: ['token'],
  403: ['refused'],
  404: ['outside_perimeter', 'version', 'gone'],
  408: ['service_down'],
  409: ['conflict'],
  410: ['gone'],
  422: ['parameter', 'justification'],
  429: ['quota'],
  451: ['unavailable_by_law'],
  500: ['service_down'],
  501: ['service_down'],
  502: ['provider_down', 'service_down'],
  503: ['provider_down', 'service_down'],
  504: ['provider_down', 'service_down'],
};

export function kindOf(status: number, kindOfCode: ApiErrorKind | undefined): ApiErrorKind {
  const kinds = Object.hasOwn(kindsOfStatus, status) ? kindsOfStatus[status] : undefined;
  if (kinds) return kindOfCode && kinds.includes(kindOfCode) ? kindOfCode : kinds[0];
  if (status >= 500) return 'service_down';
  // A success, a redirection or a status that does not exist is no failure that the service documents.
  return status >= 400 ? 'parameter' : 'unreadable';
}
