/**
 * Every way a call can end without its data. The kind decides the screen; status and code refine it.
 * 404 alone means « hors périmètre ou inconnu »; nothing else may look like it.
 */
export const API_ERROR_KINDS = [
  'outside_perimeter', // 404: unknown or outside the endpoint's perimeter
  'unavailable_by_law', // 451
  'gone', // 410, XX007
  'refused', // 403, or a right of ours that is missing
  'token', // 401
  'justification', // 422 on context, object, recipient
  'parameter', // 422 on the rest, 400
  'version', // 404 00402
  'conflict', // 409
  'quota', // 429
  'provider_down', // 502, 503, 504
  'service_down', // 500, or API Entreprise itself unreachable
  'probable_ban', // silence on every route
  'network', // no route from here: DNS, proxy, TLS
  'timeout', // our own bound
  'unreadable', // not the JSON or the document expected
  'too_large',
  'blocked', // this workstation makes no call for now: nothing was sent
  'journal', // the trace could not be written: nothing was sent, or nothing is shown
  'cancelled',
  'unjustified', // this purpose does not justify this endpoint
  'internal',
] as const;
export type ApiErrorKind = (typeof API_ERROR_KINDS)[number];

/** What may be done next, and when. */
export type RetryRule =
  | { readonly rule: 'never' }
  | { readonly rule: 'after'; readonly seconds: number; readonly times: number }
  /** Too long to wait for: shown as a reminder on the dossier. */
  | { readonly rule: 'remind'; readonly seconds: number }
  | { readonly rule: 'by_hand' };

export interface ApiError {
  readonly kind: ApiErrorKind;
  /** A French sentence: what happened. */
  readonly message: string;
  /** A French sentence: what to do. */
  readonly advice: string;
  readonly status: number | null;
  /** Five digits as text; leading zeros matter. */
  readonly code: string | null;
  readonly provider: string | null;
  readonly requestId: string | null;
  readonly retry: RetryRule;
}

/** Colour and icon family of a card. */
export type ErrorTone = 'neutral' | 'waiting' | 'warning' | 'error';

export const toneOfError: Readonly<Record<ApiErrorKind, ErrorTone>> = {
  outside_perimeter: 'neutral',
  unavailable_by_law: 'neutral',
  gone: 'neutral',
  refused: 'error',
  token: 'error',
  justification: 'error',
  parameter: 'error',
  version: 'error',
  conflict: 'waiting',
  quota: 'waiting',
  provider_down: 'warning',
  service_down: 'warning',
  probable_ban: 'error',
  network: 'error',
  timeout: 'warning',
  unreadable: 'error',
  too_large: 'error',
  blocked: 'error',
  journal: 'error',
  cancelled: 'neutral',
  unjustified: 'neutral',
  internal: 'error',
};
