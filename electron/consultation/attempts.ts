import type { HttpClient } from '../http';
import type { Clock } from '../storage/clock';
import type { Justification } from '../../shared/domain/justification';
import { errorOf } from '../../shared/errors';
import { type Call, callKey, claimOf } from './call';
import type { Flight } from './in-flight';
import { interpret, lessonsOf } from './interpret';
import {
  type AuthorisationPort,
  type CallPriority,
  type CataloguePort,
  ConsultationError,
  type IntentRef,
  type QuotaClaim,
  type QuotaPermit,
  type QuotaPort,
  type TracePort,
} from './ports';
import type { Exchange, Received } from './received';
import { type Delay, type GivenUpCalls, retryDelayMs, waitShown } from './retry';
import { observe, send, timeoutOf } from './send';
import { outcomeOf, traceIntent, traceOutcome, unsentOutcome } from './trace';
import { waitForTurn } from './turn';

export interface AttemptDeps {
  readonly catalogue: CataloguePort;
  readonly authorisation: AuthorisationPort;
  readonly trace: TracePort;
  readonly quota: QuotaPort;
  readonly http: HttpClient;
  readonly clock: Clock;
  /** The agent's setting: wait longer than the documentation advises. */
  readonly useLongTimeouts: () => boolean;
  readonly delay: Delay;
  readonly givenUp: GivenUpCalls;
}

/** What a call under way brings to everyone who waits for it. */
export interface Landing {
  readonly received: Received;
  /** What left with it. */
  readonly justification: Justification;
  /** Units of quota spent: every attempt costs one, whatever it answers. */
  readonly attempts: number;
}

type FlightView = Pick<Flight<Landing>, 'signal' | 'show'>;

/** Attempts, each traced, until there is an answer or nothing left to try without the agent. */
export async function callUntilSettled(deps: AttemptDeps, call: Call, priority: CallPriority, flight: FlightView): Promise<Landing> {
  const claim = claimOf(call, priority);
  let retriesDone = 0;
  for (let attempts = 1; ; attempts += 1) {
    const { received, verdict } = await attempt(deps, call, claim, attempts, flight);
    // A 429 queues again: the quota decides when, and it is not a failure of the call.
    if (verdict === 'requeue') continue;
    const waitMs = received.ok ? null : retryDelayMs(received.error, retriesDone);
    if (received.ok || waitMs === null) return { received, attempts, justification: call.justification };
    retriesDone += 1;
    await cancellable(waitShown(deps.delay, { ms: waitMs, reason: `${received.error.message} Nouvel essai automatique.` }, flight));
  }
}

/** Steps 4 to 9, one line a step. */
async function attempt(deps: AttemptDeps, call: Call, claim: QuotaClaim, number: number, flight: FlightView) {
  await waitForGivenUpCall(deps, call, flight);
  const intent = await traceIntent(deps.trace, call);
  const permit = await waitForTurn(deps, claim, intent, { signal: flight.signal, onWait: (wait) => flight.show({ step: 'queued', ...wait }) });
  const exchange = await sendOnce(deps, call, permit, intent, number, flight);
  const verdict = observe(permit, exchange, lessonsOf(exchange));
  const received = interpret(call, exchange);
  await traceOutcome(deps.trace, intent, outcomeOf(received));
  deps.givenUp.note(callKey(call), exchange);
  if (!received.ok && received.error.kind === 'token') {
    const { habilitationId, tokenKey } = call.grant;
    deps.authorisation.reportTokenRefused(habilitationId, received.error.code, tokenKey);
  }
  return { received, verdict };
}

/** After our own timeout the service may still be at work on this very call: sent now, it would meet a 409. */
async function waitForGivenUpCall({ delay, givenUp }: AttemptDeps, call: Call, flight: FlightView): Promise<void> {
  const ms = givenUp.remainingMs(callKey(call));
  if (ms > 0) await cancellable(waitShown(delay, { ms, reason: 'Le service termine l’appel précédent, interrompu ici.' }, flight));
}

async function sendOnce(deps: AttemptDeps, call: Call, permit: QuotaPermit, intent: IntentRef, number: number, flight: FlightView): Promise<Exchange> {
  flight.show({ step: 'running', startedAt: new Date(deps.clock.now()).toISOString(), attempt: number });
  const timeoutMs = timeoutOf(call.endpoint, deps.useLongTimeouts());
  try {
    return await send(deps, call, { timeoutMs, signal: flight.signal });
  } catch {
    permit.release();
    const apiError = errorOf('internal');
    await traceOutcome(deps.trace, intent, unsentOutcome(apiError));
    throw new ConsultationError(apiError);
  }
}

/** A wait that was cut short by its signal is a cancelled call. */
async function cancellable(wait: Promise<void>): Promise<void> {
  try {
    await wait;
  } catch {
    throw new ConsultationError(errorOf('cancelled'));
  }
}
