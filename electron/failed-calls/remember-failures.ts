import type { ApiError, ApiErrorKind } from '../../shared/domain/api-error';
import type { Consult } from '../consultation';
import { ConsultationError } from '../consultation/ports';
import type { Clock } from '../storage/clock';
import type { Failure, FailedCallStore } from './failed-call-store';

export interface RememberingOptions {
  readonly consult: Consult;
  readonly failedCalls: Pick<FailedCallStore, 'keep' | 'clear'>;
  readonly clock: Clock;
  readonly logError: (place: string, error: unknown) => void;
}

/** Of the company or of its provider: nobody was asked. What was known of the call before stays. */
const SAYS_NOTHING: ReadonlySet<ApiErrorKind> = new Set(['cancelled', 'blocked', 'journal', 'internal']);
/** Found wrong here, before anything left: what this one call carried, not what the dossier's would be answered. */
const OF_THIS_CALL: ReadonlySet<ApiErrorKind> = new Set(['justification', 'unjustified', 'parameter']);

function saysSomething({ kind, status }: ApiError): boolean {
  return !SAYS_NOTHING.has(kind) && (status !== null || !OF_THIS_CALL.has(kind));
}

/**
 * The pipeline, whose failures are remembered until the same call succeeds: a company outside a perimeter, a provider
 * that was down, a wait of hours are states of the dossier. Remembering never changes what the caller is told: a disk
 * that refuses it is logged, and the call's own answer or error goes on.
 */
export function rememberFailures({ consult, failedCalls, clock, logError }: RememberingOptions): Consult {
  const keepWith = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      logError('failed calls', error);
    }
  };
  return async (request, agent, options) => {
    try {
      const answer = await consult(request, agent, options);
      keepWith(() => failedCalls.clear(request));
      return answer;
    } catch (error) {
      if (error instanceof ConsultationError && saysSomething(error.apiError)) {
        const failure = failureOf(error.apiError, clock.now());
        keepWith(() => failedCalls.keep(request, failure));
      }
      throw error;
    }
  };
}

/** A wait that the service itself tells, and that nobody can spend in front of a screen, has a day; the wait of our own counters has none: it ends by itself. */
function failureOf({ kind, code, message, status, retry }: ApiError, now: number): Failure {
  const dueAt = retry.rule === 'remind' && status !== null ? new Date(now + retry.seconds * 1_000).toISOString() : null;
  return { kind, code, message, status, at: new Date(now).toISOString(), dueAt };
}
