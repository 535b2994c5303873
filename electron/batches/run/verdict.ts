import type { ApiError, ApiErrorKind } from '../../../shared/domain/api-error';
import type { ItemState, PauseReason } from '../../../shared/domain/batch';
import { wantsProxyAccount, wasCut } from '../../../shared/errors';

/** What becomes of a call that brought no answer. */
export type Verdict =
  | { readonly kind: 'settle'; readonly state: Extract<ItemState, 'absent' | 'refused'> }
  /** `againInSeconds`: its failure may pass, and it is worth one more call after that time; null: not by itself. */
  | { readonly kind: 'settle'; readonly state: 'failed'; readonly againInSeconds: number | null }
  /** Nothing was decided about this call: it goes back to its place. */
  | { readonly kind: 'back' }
  /** Sent, and nobody knows what came of it; the run itself may have to wait too. */
  | { readonly kind: 'unknown'; readonly pause: Pause | null }
  /** It goes back to its place, and its endpoint rests. */
  | { readonly kind: 'rest'; readonly seconds: number }
  /** It goes back to its place, and the whole run waits; null: for somebody. */
  | ({ readonly kind: 'pause' } & Pause);

interface Pause {
  readonly reason: PauseReason;
  readonly seconds: number | null;
}

const NETWORK_RETRY_SECONDS = 60;
const SHORTEST_REST_SECONDS = 5;
const JOURNAL_PAUSE: Pause = { reason: 'journal', seconds: null };

const settled: Readonly<Partial<Record<ApiErrorKind, Extract<ItemState, 'absent' | 'refused'>>>> = {
  outside_perimeter: 'absent',
  unavailable_by_law: 'absent',
  gone: 'absent',
  refused: 'refused',
  justification: 'refused',
  parameter: 'refused',
  version: 'refused',
  unjustified: 'refused',
};

/**
 * @param wasSent whether the call had left when it ended. What had not left may leave again; what had may have been
 *   answered, and what came of it is then a fact of the journal.
 */
export function verdictOf(error: ApiError, wasSent: boolean): Verdict {
  const { kind, retry } = error;
  const state = settled[kind];
  if (state) return { kind: 'settle', state };
  if (kind === 'cancelled') return wasSent ? { kind: 'unknown', pause: null } : { kind: 'back' };
  if (kind === 'token') return { kind: 'pause', reason: 'token', seconds: null };
  if (kind === 'network') return networkVerdict(error);
  if (kind === 'probable_ban') return { kind: 'pause', reason: 'ban', seconds: secondsOf(retry) ?? NETWORK_RETRY_SECONDS };
  if (kind === 'blocked') return { kind: 'pause', reason: 'blocked', seconds: null };
  if (kind === 'journal') return wasSent ? { kind: 'unknown', pause: JOURNAL_PAUSE } : { kind: 'pause', ...JOURNAL_PAUSE };
  if (wasSent) return { kind: 'settle', state: 'failed', againInSeconds: passingSeconds(error) };
  return { kind: 'rest', seconds: Math.max(SHORTEST_REST_SECONDS, secondsOf(retry) ?? NETWORK_RETRY_SECONDS) };
}

function networkVerdict(error: ApiError): Verdict {
  if (wantsProxyAccount(error)) return { kind: 'pause', reason: 'proxy', seconds: null };
  const pause = { reason: 'network', seconds: NETWORK_RETRY_SECONDS } as const;
  return wasCut(error) ? { kind: 'unknown', pause } : { kind: 'pause', ...pause };
}

/** Gateway and provider failures, and silence: what the table of retries takes for passing, it says for how long. */
function passingSeconds({ kind, status, retry }: ApiError): number | null {
  const isPassing = kind === 'timeout' || isPassingStatus(status);
  return isPassing && retry.rule === 'after' ? retry.seconds : null;
}

export function isPassingStatus(status: number | null): boolean {
  return status === 502 || status === 503 || status === 504;
}

function secondsOf(retry: ApiError['retry']): number | null {
  return 'seconds' in retry ? retry.seconds : null;
}
