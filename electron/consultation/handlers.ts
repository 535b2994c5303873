import type { Session } from '../../shared/domain/agent';
import type { ConsultationState, FinalConsultationState } from '../../shared/domain/consultation';
import { errorOf } from '../../shared/errors';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import type { Consult } from './pipeline';
import type { Preview } from './preview';
import { type AnswerStorePort, ConsultationError, type ConsultationListener } from './ports';

export interface ConsultationHandlerDeps {
  readonly consult: Consult;
  readonly preview: Preview;
  readonly answers: AnswerStorePort;
  readonly clock: Clock;
  readonly onProgress: ConsultationListener;
  /** Throws an {@link IpcFailure} when this agent may not open this dossier. */
  readonly assertDossierReadable: (session: Session, dossierId: string) => void;
  /** Endpoints whose answers this agent may read in this dossier. Throws as above. */
  readonly readableEndpoints: (session: Session, dossierId: string) => (endpointId: string) => boolean;
  readonly logError: (place: string, error: unknown) => void;
}

type Channels = 'consultation.run' | 'consultation.preview' | 'consultation.cancel' | 'consultation.latest' | 'consultation.history';

export function consultationHandlers(deps: ConsultationHandlerDeps): Pick<Handlers, Channels> {
  const running = new Map<string, { readonly agentId: string; readonly controller: AbortController }>();

  return {
    'consultation.run': async (request, { session }) => {
      const { consultationId } = request;
      deps.assertDossierReadable(session, request.dossierId);
      // An identifier names one consultation for ever: its links, its answer and its documents hang on it.
      if (running.has(consultationId) || deps.answers.find(consultationId)) {
        throw new IpcFailure('conflict', 'Cet appel a déjà été lancé : attendez sa réponse.', 'consultationId');
      }
      const controller = new AbortController();
      running.set(consultationId, { agentId: session.agent.id, controller });
      const onState = (state: ConsultationState) => deps.onProgress(consultationId, state);
      try {
        const agent = { id: session.agent.id, displayName: session.agent.displayName };
        const answer = await deps.consult(request, agent, { signal: controller.signal, onState, priority: 'interactive' });
        return { step: 'answered', answer };
      } catch (error) {
        return failed(deps, error);
      } finally {
        running.delete(consultationId);
      }
    },
    'consultation.preview': (request, { session }) => {
      deps.assertDossierReadable(session, request.dossierId);
      try {
        return deps.preview(request, { id: session.agent.id, displayName: session.agent.displayName });
      } catch (error) {
        if (!(error instanceof ConsultationError)) throw error;
        throw new IpcFailure('refused', `${error.apiError.message} ${error.apiError.advice}`);
      }
    },
    'consultation.cancel': ({ consultationId }, { session }) => {
      const call = running.get(consultationId);
      if (call?.agentId === session.agent.id) call.controller.abort();
      return null;
    },
    'consultation.latest': ({ dossierId, identifier }, { session }) => {
      const isReadable = deps.readableEndpoints(session, dossierId);
      return deps.answers.latest(dossierId, identifier).filter(({ endpointId }) => isReadable(endpointId));
    },
    'consultation.history': ({ dossierId, identifier }, { session }) => {
      const isReadable = deps.readableEndpoints(session, dossierId);
      return deps.answers.history(dossierId, identifier).filter(({ endpointId }) => isReadable(endpointId));
    },
  };
}

function failed(deps: ConsultationHandlerDeps, error: unknown): FinalConsultationState {
  if (!(error instanceof ConsultationError)) deps.logError('consultation.run', error);
  const apiError = error instanceof ConsultationError ? error.apiError : errorOf('internal');
  return { step: 'failed', error: apiError, at: new Date(deps.clock.now()).toISOString() };
}
