import type { ApiErrorKind } from '../../../shared/domain/api-error';
import type { TracedCall } from '../../journal';
import type { Settlement } from '../item-store';
import { isPassingStatus } from './verdict';

export interface InterruptedItem {
  readonly id: number;
  readonly repeats: number;
}

type SettledFromJournal = Omit<Settlement, 'id' | 'settledAt'>;

/** How often a call of unknown outcome is repeated without being asked: reads are idempotent for the provider, but cost quota and a trace. */
const AUTOMATIC_REPEATS = 1;

/**
 * What a stop in the middle of a call has left, settled from the journal alone. `calls`: its intents since it was
 * claimed, oldest first. No intent: nothing left, it goes back to its place. A known failure stands. An intent without
 * outcome, or an answer that the stop lost before it was kept: repeated once, and said so.
 */
export function settleInterrupted({ repeats }: InterruptedItem, calls: readonly TracedCall[]): SettledFromJournal {
  const open = calls.find(({ outcome }) => outcome === null);
  if (open) return repeated(repeats, `Un arrêt a laissé inconnue l’issue de l’appel (ligne ${open.seq} de l’historique)`);
  const success = calls.find(({ outcome }) => outcome?.isSuccess);
  if (success) return repeated(repeats, `Un arrêt a perdu la réponse avant qu’elle soit gardée (ligne ${success.seq} de l’historique)`);
  const last = calls.at(-1);
  if (!last?.outcome) return { state: 'waiting' };
  const { httpStatus, code, durationMs, detail } = last.outcome;
  const wasSent = httpStatus !== null || durationMs > 0;
  if (!wasSent || httpStatus === 429 || httpStatus === 401) return { state: 'waiting' };
  const isAbsent = httpStatus === 404 || httpStatus === 410 || httpStatus === 451;
  const error = { kind: kindOf(httpStatus), message: detail ?? 'L’appel a échoué.', advice: 'Relancez les échecs si cette donnée vous est nécessaire.', status: httpStatus, code };
  return { state: isAbsent ? 'absent' : 'failed', error, isDueAgain: isPassingStatus(httpStatus), note: `Issue lue dans l’historique après un arrêt (ligne ${last.seq}).` };
}

/** Also for a call whose trace could not be closed while the run went on. */
export function repeated(repeats: number, why: string): SettledFromJournal {
  if (repeats < AUTOMATIC_REPEATS) return { state: 'waiting', repeats: repeats + 1, note: `${why} : il est répété une fois.` };
  return { state: 'unknown', note: `${why}, la répétition aussi : à vous de décider de le relancer.` };
}

function kindOf(status: number | null): ApiErrorKind {
  if (status === 404) return 'outside_perimeter';
  if (status === 410) return 'gone';
  if (status === 451) return 'unavailable_by_law';
  if (status === 403) return 'refused';
  if (status === null) return 'timeout';
  return status >= 500 ? 'provider_down' : 'internal';
}
