import { formatIdentifier } from '../../shared/domain/identifiers';
import type { Justification } from '../../shared/domain/justification';
import { errorOf } from '../../shared/errors';
import type { Landing } from './attempts';
import { type Call, callKey } from './call';
import { type Flight, InFlightCalls, LeftError, type Waiter } from './in-flight';
import { ConsultationError, type TracePort } from './ports';
import { outcomeOf, traceIntent, traceOutcome, unsentOutcome } from './trace';

type Start = (flight: Pick<Flight<Landing>, 'signal' | 'show'>) => Promise<Landing>;

export interface SharedLanding {
  readonly landing: Landing;
  /** Units that this wish cost; a joined call costs none. */
  readonly quotaCost: number;
}

/** Step 3: alone, a wish becomes a call; beside the same call under way, it waits for its answer. */
export class SharedCalls {
  readonly #inFlight = new InFlightCalls<Landing>();

  constructor(private readonly trace: TracePort) {}

  async run(call: Call, waiter: Waiter, start: Start): Promise<SharedLanding> {
    const key = callKey(call);
    try {
      if (this.#inFlight.has(key)) return { landing: await this.#join(call, key, waiter, start), quotaCost: 0 };
      const landing = await this.#inFlight.join(key, waiter, start);
      return { landing, quotaCost: landing.attempts };
    } catch (error) {
      throw error instanceof LeftError ? new ConsultationError(errorOf('cancelled')) : error;
    }
  }

  /** A joined wish sends nothing, but the answer it gets is traced under its own agent and dossier. */
  async #join(call: Call, key: string, waiter: Waiter, start: Start): Promise<Landing> {
    const untraced = new AbortController();
    const flying = this.#inFlight.join(key, { ...waiter, signal: AbortSignal.any([waiter.signal, untraced.signal]) }, start);
    flying.catch(() => undefined);
    const intent = await traceIntent(this.trace, call).catch((error: unknown) => {
      untraced.abort();
      throw error;
    });
    try {
      const landing = await flying;
      await traceOutcome(this.trace, intent, outcomeOf(landing.received, sharedDetail(call.justification, landing.justification)));
      return landing;
    } catch (error) {
      if (error instanceof LeftError) await traceOutcome(this.trace, intent, unsentOutcome(errorOf('cancelled')));
      else if (isUnsent(error)) await traceOutcome(this.trace, intent, unsentOutcome(error.apiError));
      throw error;
    }
  }
}

/** A wish that was joined sent nothing of its own: where the call under way left under another justification, that one is told. */
function sharedDetail(own: Justification, sent: Justification): string {
  const joined = 'Réponse partagée : le même appel était déjà en cours';
  if (own.context === sent.context && own.recipient === sent.recipient && own.object === sent.object) return `${joined}.`;
  return `${joined}, envoyé avec le contexte « ${sent.context} », le destinataire ${formatIdentifier(sent.recipient)} et l’objet « ${sent.object} ».`;
}

function isUnsent(error: unknown): error is ConsultationError {
  return error instanceof ConsultationError && error.apiError.kind !== 'journal';
}
