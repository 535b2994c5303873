import { randomUUID } from 'node:crypto';

import type { Answer } from '../../shared/domain/consultation';
import { errorOf } from '../../shared/errors';
import type { Consult } from '../consultation';
import { type CallingAgent, type CallPriority, ConsultationError } from '../consultation/ports';

interface RenewalOptions {
  readonly signal: AbortSignal;
  /** `interactive` unless told; that of the first who asks counts. */
  readonly priority?: CallPriority;
}

/** Asks again the endpoint whose links have expired. Documents of one answer share one call. */
export interface Renewals {
  renew(answer: Answer, agent: CallingAgent, options: RenewalOptions): Promise<Answer>;
  /** Consultation that last renewed the links of this one. */
  latest(consultationId: string): string | undefined;
}

const REASON = 'Renouvellement du lien expiré d’un document proposé par une réponse déjà obtenue.';

interface Renewal {
  readonly answered: Promise<Answer>;
  readonly controller: AbortController;
  waiting: number;
}

export function createRenewals({ consult }: { readonly consult: Consult }): Renewals {
  const underWay = new Map<string, Renewal>();
  const latest = new Map<string, string>();

  const start = (answer: Answer, agent: CallingAgent, priority: CallPriority): Renewal => {
    const controller = new AbortController();
    const answered = askAgain(consult, answer, agent, { signal: controller.signal, priority }).finally(() => underWay.delete(answer.consultationId));
    const renewal = { answered, controller, waiting: 0 };
    underWay.set(answer.consultationId, renewal);
    return renewal;
  };

  return {
    latest: (consultationId) => latest.get(consultationId),
    async renew(answer, agent, { signal, priority = 'interactive' }) {
      const renewal = underWay.get(answer.consultationId) ?? start(answer, agent, priority);
      renewal.waiting += 1;
      try {
        const renewed = await unlessAborted(renewal.answered, signal);
        latest.set(answer.consultationId, renewed.consultationId);
        return renewed;
      } finally {
        renewal.waiting -= 1;
        // Nobody waits for it any more: the call is not worth its unit of quota.
        if (renewal.waiting === 0) renewal.controller.abort();
      }
    },
  };
}

/** Past the service's cache, which would answer the same dead link. */
function askAgain(consult: Consult, answer: Answer, agent: CallingAgent, options: Required<RenewalOptions>): Promise<Answer> {
  const { dossierId, endpointId, identifier, parameters, context, recipient, object, writtenReason } = answer;
  const request = {
    consultationId: randomUUID(),
    ...{ dossierId, endpointId, identifier, parameters, context, recipient, object },
    fresh: true,
    writtenReason: [writtenReason?.trim(), REASON].filter(Boolean).join(' '),
  };
  return consult(request, agent, { ...options, onState: () => undefined });
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(new ConsultationError(errorOf('cancelled')));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
