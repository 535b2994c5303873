import { setTimeout as sleep } from 'node:timers/promises';

import type { Answer, ConsultationRequest, ConsultationState } from '../../shared/domain/consultation';
import type { HttpClient } from '../http';
import type { Clock } from '../storage/clock';
import { type Call, callKey } from './call';
import { clear, type ClearanceDeps, formulate } from './clearance';
import { failureOf } from './failures';
import { handOver } from './hand-over';
import { InFlightCalls, LeftError, type WaitingState } from './in-flight';
import { interpret, lessonsOf } from './interpret';
import {
  type AnswerStorePort,
  type CallingAgent,
  type CallPriority,
  ConsultationError,
  type DocumentLinkPort,
  type IntentRef,
  type QuotaPermit,
  type QuotaPort,
  type TracePort,
} from './ports';
import type { Exchange, Received } from './received';
import { type Delay, GivenUpCalls, retryDelayMs, waitShown } from './retry';
import { observe, send, timeoutOf } from './send';
import { outcomeOf, traceIntent, traceOutcome, traceRefusal, unsentOutcome } from './trace';

export interface PipelineDeps extends ClearanceDeps {
  readonly trace: TracePort;
  readonly quota: QuotaPort;
  readonly links: DocumentLinkPort;
  readonly answers: AnswerStorePort;
  readonly http: HttpClient;
  readonly clock: Clock;
  /** The agent's setting: wait longer than the documentation advises. */
  readonly useLongTimeouts: () => boolean;
  readonly delay?: Delay;
}

export interface ConsultOptions {
  readonly signal: AbortSignal;
  readonly onState: (state: ConsultationState) => void;
  readonly priority: CallPriority;
}

/** Rejects with a {@link ConsultationError} when there is no answer to show. */
export type Consult = (request: ConsultationRequest, agent: CallingAgent, options: ConsultOptions) => Promise<Answer>;

/** What a call under way brings to everyone who waits for it. */
interface Landing {
  readonly received: Received;
  /** Units of quota spent: every attempt costs one, whatever it answers. */
  readonly attempts: number;
}

interface FlightView {
  readonly signal: AbortSignal;
  readonly show: (state: WaitingState) => void;
}

/** THE pipeline: one call, from the agent's wish to a journalled answer. */
export function createConsult(given: PipelineDeps): Consult {
  const deps = { delay: defaultDelay, ...given };
  const inFlight = new InFlightCalls<Landing>();
  const givenUp = new GivenUpCalls(deps.clock);

  async function consult(request: ConsultationRequest, agent: CallingAgent, options: ConsultOptions): Promise<Answer> {
    options.onState({ step: 'preparing' });
    const wish = formulate(deps, request, agent);
    const cleared = clear(deps, wish);
    if ('refusal' in cleared) {
      await traceRefusal(deps.trace, wish, cleared.refusal);
      throw new ConsultationError(cleared.refusal);
    }
    const { landing, quotaCost } = await share(cleared.call, options);
    if (!landing.received.ok) throw new ConsultationError(landing.received.error);
    return handOver(deps, cleared.call, landing.received, quotaCost);
  }

  /** Step 3: alone, the wish becomes a call; beside the same call under way, it waits for its answer. */
  async function share(call: Call, options: ConsultOptions): Promise<{ readonly landing: Landing; readonly quotaCost: number }> {
    const key = callKey(call);
    const fly = (signal: AbortSignal) =>
      inFlight.join(key, { signal, onState: options.onState }, (flight) => callUntilSettled(call, key, options, flight));
    const isShared = inFlight.has(key);
    try {
      const landing = await (isShared ? joinTraced(call, options.signal, fly) : fly(options.signal));
      return { landing, quotaCost: isShared ? 0 : landing.attempts };
    } catch (error) {
      throw error instanceof LeftError ? new ConsultationError(failureOf('cancelled')) : error;
    }
  }

  /** A joined wish sends nothing, but the answer it gets is traced under its own agent and dossier. */
  async function joinTraced(call: Call, signal: AbortSignal, fly: (signal: AbortSignal) => Promise<Landing>): Promise<Landing> {
    const untraced = new AbortController();
    const landing = fly(AbortSignal.any([signal, untraced.signal]));
    landing.catch(() => undefined);
    const intent = await traceIntent(deps.trace, call).catch((error: unknown) => {
      untraced.abort();
      throw error;
    });
    try {
      const landed = await landing;
      await traceOutcome(deps.trace, intent, outcomeOf(landed.received, 'Réponse partagée : le même appel était déjà en cours.'));
      return landed;
    } catch (error) {
      if (error instanceof LeftError) await traceOutcome(deps.trace, intent, unsentOutcome(failureOf('cancelled')));
      else if (isUnsent(error)) await traceOutcome(deps.trace, intent, unsentOutcome(error.apiError));
      throw error;
    }
  }

  /** Attempts, each traced, until there is an answer or nothing left to try without the agent. */
  async function callUntilSettled(call: Call, key: string, options: ConsultOptions, flight: FlightView): Promise<Landing> {
    let retriesDone = 0;
    for (let attempts = 1; ; attempts += 1) {
      const { received, verdict } = await attempt(call, key, attempts, options, flight);
      // A 429 queues again: the quota decides when, and it is not a failure of the call.
      if (verdict === 'requeue') continue;
      const waitMs = received.ok ? null : retryDelayMs(received.error, retriesDone);
      if (received.ok || waitMs === null) return { received, attempts };
      retriesDone += 1;
      await cancellable(waitShown(deps.delay, { ms: waitMs, reason: `${received.error.message} Nouvel essai automatique.` }, flight));
    }
  }

  /** Steps 4 to 9, one line a step. */
  async function attempt(call: Call, key: string, number: number, options: ConsultOptions, flight: FlightView) {
    await waitForGivenUpCall(key, flight);
    const intent = await traceIntent(deps.trace, call);
    const permit = await waitForQuota(call, intent, options.priority, flight);
    const exchange = await sendOnce(call, permit, intent, number, flight);
    const verdict = observe(permit, exchange, lessonsOf(exchange));
    const received = interpret(call, exchange);
    await traceOutcome(deps.trace, intent, outcomeOf(received));
    givenUp.note(key, exchange);
    if (!received.ok && received.error.kind === 'token') {
      deps.authorisation.reportTokenRefused(call.grant.habilitationId, received.error.code);
    }
    return { received, verdict };
  }

  /** After our own timeout the service may still be at work on this very call: sent now, it would meet a 409. */
  async function waitForGivenUpCall(key: string, flight: FlightView): Promise<void> {
    const ms = givenUp.remainingMs(key);
    if (ms > 0) await cancellable(waitShown(deps.delay, { ms, reason: 'Le service termine l’appel précédent, interrompu ici.' }, flight));
  }

  async function waitForQuota(call: Call, intent: IntentRef, priority: CallPriority, flight: FlightView): Promise<QuotaPermit> {
    const { habilitationId, environment, tokenKey } = call.grant;
    const claim = { environment, habilitationId, tokenKey, pool: call.endpoint.pool, provider: call.endpoint.provider, priority };
    try {
      return await deps.quota.acquire(claim, {
        signal: flight.signal,
        onWait: (wait) => flight.show({ step: 'queued', ...wait }),
      });
    } catch (error) {
      const apiError = error instanceof ConsultationError ? error.apiError : failureOf(flight.signal.aborted ? 'cancelled' : 'internal');
      await traceOutcome(deps.trace, intent, unsentOutcome(apiError));
      throw new ConsultationError(apiError);
    }
  }

  async function sendOnce(call: Call, permit: QuotaPermit, intent: IntentRef, number: number, flight: FlightView): Promise<Exchange> {
    flight.show({ step: 'running', startedAt: new Date(deps.clock.now()).toISOString(), attempt: number });
    const timeoutMs = timeoutOf(call.endpoint, deps.useLongTimeouts());
    try {
      return await send(deps, call, { timeoutMs, signal: flight.signal });
    } catch {
      permit.release();
      const apiError = failureOf('internal');
      await traceOutcome(deps.trace, intent, unsentOutcome(apiError));
      throw new ConsultationError(apiError);
    }
  }

  return consult;
}

function isUnsent(error: unknown): error is ConsultationError {
  return error instanceof ConsultationError && error.apiError.kind !== 'journal';
}

/** A wait that was cut short by its signal is a cancelled call. */
async function cancellable(wait: Promise<void>): Promise<void> {
  try {
    await wait;
  } catch {
    throw new ConsultationError(failureOf('cancelled'));
  }
}

const defaultDelay: Delay = async (ms, signal) => {
  await sleep(ms, undefined, { signal });
};
