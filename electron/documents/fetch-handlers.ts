import type { Session } from '../../shared/domain/agent';
import { errorOf } from '../../shared/errors';
import { ConsultationError } from '../consultation/ports';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import { createGate } from './gate';
import type { FetchDocument } from './fetch-document';
import type { WantedDocuments } from './wanted-documents';

export interface FetchHandlerDeps {
  readonly fetchDocument: FetchDocument;
  readonly wanted: WantedDocuments;
  readonly onProgress: (progress: {
    readonly downloadId: string;
    readonly step: 'queued' | 'running' | 'renewing';
    readonly receivedBytes: number;
    readonly totalBytes: number | null;
  }) => void;
  /** Endpoints whose documents this agent may read in this dossier. Throws an {@link IpcFailure} when he may not open it. */
  readonly readableEndpoints: (session: Session, dossierId: string) => (endpointId: string) => boolean;
  readonly logError: (place: string, error: unknown) => void;
}

export type FetchChannels = 'documents.fetch' | 'documents.cancel' | 'documents.wanted' | 'documents.forget' | 'documents.wantAgain';

/** More at once would share the same line, and each would come nearer to its time bound. */
const AT_ONCE = 6;

export function fetchHandlers(deps: FetchHandlerDeps): Pick<Handlers, FetchChannels> {
  const running = new Map<string, { readonly agentId: string; readonly controller: AbortController }>();
  const gate = createGate(AT_ONCE);

  return {
    'documents.fetch': async ({ downloadId, consultationId, pointer }, { session }) => {
      if (running.has(downloadId)) throw new IpcFailure('conflict', 'Ce téléchargement est déjà en cours : attendez sa fin, ou annulez-le.');
      const controller = new AbortController();
      running.set(downloadId, { agentId: session.agent.id, controller });
      const agent = { id: session.agent.id, displayName: session.agent.displayName };
      const onProgress = (step: 'queued' | 'running' | 'renewing', receivedBytes: number, totalBytes: number | null): void =>
        deps.onProgress({ downloadId, step, receivedBytes, totalBytes });
      try {
        const document = await gate(controller.signal, () => deps.fetchDocument({ consultationId, pointer }, agent, { signal: controller.signal, onProgress }));
        return { step: 'stored', document };
      } catch (error) {
        if (!(error instanceof ConsultationError)) deps.logError('documents.fetch', error);
        return { step: 'failed', error: error instanceof ConsultationError ? error.apiError : errorOf('internal') };
      } finally {
        running.delete(downloadId);
      }
    },
    'documents.cancel': ({ downloadId }, { session }) => {
      const fetching = running.get(downloadId);
      if (fetching?.agentId === session.agent.id) fetching.controller.abort();
      return null;
    },
    'documents.wanted': ({ dossierId }, { session }) =>
      deps.wanted.list(session.agent.id, dossierId).filter((one) => isReadable(deps, session, one.dossierId, one.endpointId)),
    'documents.forget': (key, { session }) => {
      deps.wanted.giveUp(key, session.agent.id);
      return null;
    },
    'documents.wantAgain': (key, { session }) => {
      const wanted = deps.wanted.findGivenUp(key, session.agent.id);
      if (!wanted || !isReadable(deps, session, wanted.dossierId, wanted.endpointId)) throw new IpcFailure('not_found', 'Ce document n’est plus proposé, ou son dossier ne vous est plus ouvert : demandez-le depuis la fiche de l’entreprise.');
      deps.wanted.wantAgain(key, session.agent.id);
      return null;
    },
  };
}

/** A dossier that this agent may not open any more hides what he wanted in it. */
function isReadable({ readableEndpoints }: FetchHandlerDeps, session: Session, dossierId: string, endpointId: string): boolean {
  try {
    return readableEndpoints(session, dossierId)(endpointId);
  } catch (error) {
    if (error instanceof IpcFailure) return false;
    throw error;
  }
}
