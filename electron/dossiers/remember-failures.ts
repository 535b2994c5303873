import type { Consult } from '../consultation';
import { ConsultationError } from '../consultation/ports';
import type { Clock } from '../storage/clock';
import type { PieceStore } from './piece-store';

/**
 * The pipeline, whose failures the dossier remembers until the same call succeeds: a company outside a perimeter,
 * or a provider that was down, is a state of the dossier. The journal stays the proof.
 */
export function rememberFailures(consult: Consult, pieces: Pick<PieceStore, 'saveFailure' | 'forgetFailure'>, clock: Clock): Consult {
  return async (request, agent, options) => {
    const { dossierId, identifier, endpointId } = request;
    try {
      const answer = await consult(request, agent, options);
      pieces.forgetFailure(dossierId, identifier, endpointId);
      return answer;
    } catch (error) {
      if (error instanceof ConsultationError && error.apiError.kind !== 'cancelled') {
        const { kind, code, message } = error.apiError;
        pieces.saveFailure({ dossierId, identifier, failure: { endpointId, kind, code, message, at: new Date(clock.now()).toISOString() } });
      }
      throw error;
    }
  };
}
