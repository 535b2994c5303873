import { setTimeout as sleep } from 'node:timers/promises';

import type { Answer, ConsultationRequest, ConsultationState } from '../../shared/domain/consultation';
import { type AttemptDeps, callUntilSettled } from './attempts';
import { clear, type ClearanceDeps, formulate } from './clearance';
import { handOver } from './hand-over';
import { type AnswerStorePort, type CallingAgent, type CallPriority, ConsultationError, type DocumentLinkPort } from './ports';
import { type Delay, GivenUpCalls } from './retry';
import { SharedCalls } from './sharing';
import { traceRefusal } from './trace';

export interface PipelineDeps extends ClearanceDeps, Omit<AttemptDeps, 'delay' | 'givenUp'> {
  readonly links: DocumentLinkPort;
  readonly answers: AnswerStorePort;
  readonly delay?: Delay;
}

export interface ConsultOptions {
  readonly signal: AbortSignal;
  readonly onState: (state: ConsultationState) => void;
  readonly priority: CallPriority;
}

/** Rejects with a {@link ConsultationError} when there is no answer to show. */
export type Consult = (request: ConsultationRequest, agent: CallingAgent, options: ConsultOptions) => Promise<Answer>;

/** THE pipeline: one call, from the agent's wish to a journalled answer. */
export function createConsult(given: PipelineDeps): Consult {
  const deps = { delay: defaultDelay, givenUp: new GivenUpCalls(given.clock), ...given };
  const shared = new SharedCalls(deps.trace);

  return async (request, agent, { signal, onState, priority }) => {
    onState({ step: 'preparing' });
    const wish = formulate(deps, request, agent);
    const cleared = clear(deps, wish);
    if ('refusal' in cleared) {
      await traceRefusal(deps.trace, wish, cleared.refusal);
      throw new ConsultationError(cleared.refusal);
    }
    const { call } = cleared;
    const { landing, quotaCost } = await shared.run(call, { signal, onState }, (flight) => callUntilSettled(deps, call, priority, flight));
    if (!landing.received.ok) throw new ConsultationError(landing.received.error);
    return handOver(deps, call, landing.received, quotaCost);
  };
}

const defaultDelay: Delay = async (ms, signal) => {
  await sleep(ms, undefined, { signal });
};
