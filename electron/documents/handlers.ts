import type { Session } from '../../shared/domain/agent';
import type { JournalEvent, RecordEvent } from '../../shared/domain/journal';
import { errorOf } from '../../shared/errors';
import { ConsultationError } from '../consultation/ports';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import { type DocumentRecord, type DocumentRecords } from './document-records';
import type { FetchDocument } from './fetch-document';
import type { FileStore } from './file-store';
import { type OutsideCopies, saveAtomically } from './outside-copies';

export interface DocumentHandlerDeps {
  readonly fetchDocument: FetchDocument;
  readonly records: DocumentRecords;
  readonly store: FileStore;
  readonly copies: OutsideCopies;
  readonly record: RecordEvent;
  readonly onProgress: (progress: {
    readonly downloadId: string;
    readonly step: 'queued' | 'running' | 'renewing';
    readonly receivedBytes: number;
    readonly totalBytes: number | null;
  }) => void;
  /** Null when the agent closed the dialog. */
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  /** Opens a file with the program of the agent's choice; throws when there is none. */
  readonly openPath: (path: string) => Promise<void>;
  /** Endpoints whose documents this agent may read in this dossier. Throws an {@link IpcFailure} when he may not open it. */
  readonly readableEndpoints: (session: Session, dossierId: string) => (endpointId: string) => boolean;
  readonly logError: (place: string, error: unknown) => void;
}

type FetchChannels = 'documents.fetch' | 'documents.cancel';
type ReadingChannels = 'documents.list' | 'documents.read' | 'documents.openOutside' | 'documents.saveAs';

export function documentHandlers(deps: DocumentHandlerDeps): Pick<Handlers, FetchChannels | ReadingChannels> {
  return { ...fetchHandlers(deps), ...readingHandlers(deps) };
}

function fetchHandlers(deps: DocumentHandlerDeps): Pick<Handlers, FetchChannels> {
  const running = new Map<string, { readonly agentId: string; readonly controller: AbortController }>();

  return {
    'documents.fetch': async ({ downloadId, consultationId, pointer }, { session }) => {
      if (running.has(downloadId)) throw new IpcFailure('conflict', 'Ce téléchargement est déjà en cours.');
      const controller = new AbortController();
      running.set(downloadId, { agentId: session.agent.id, controller });
      const agent = { id: session.agent.id, displayName: session.agent.displayName };
      try {
        const document = await deps.fetchDocument({ consultationId, pointer }, agent, {
          signal: controller.signal,
          onProgress: (step, receivedBytes, totalBytes) => deps.onProgress({ downloadId, step, receivedBytes, totalBytes }),
        });
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
  };
}

function readingHandlers(deps: DocumentHandlerDeps): Pick<Handlers, ReadingChannels> {
  return {
    'documents.list': ({ dossierId, identifier }, { session }) => {
      const isReadable = deps.readableEndpoints(session, dossierId);
      return deps.records.list(dossierId, identifier).filter(({ endpointId }) => isReadable(endpointId));
    },
    'documents.read': async ({ id }, { session }) => {
      const document = await openTraced(deps, id, session, 'document.opened', 'Document lu');
      const chunks: Buffer[] = [];
      for await (const chunk of deps.store.read(document.fileId)) chunks.push(chunk);
      return { bytes: new Uint8Array(Buffer.concat(chunks)) };
    },
    'documents.openOutside': async ({ id }, { session }) => {
      const document = await openTraced(deps, id, session, 'document.opened', 'Document ouvert dans un autre programme');
      await deps.openPath(await deps.copies.lend(document.fileName, deps.store.read(document.fileId)));
      return null;
    },
    'documents.saveAs': async ({ id }, { session }) => {
      const name = readableDocument(deps, id, session).fileName;
      const path = await deps.askSavePath(name);
      if (path === null) return null;
      const document = await openTraced(deps, id, session, 'document.exported', 'Document enregistré hors de l’application');
      try {
        await saveAtomically(path, deps.store.read(document.fileId));
      } catch {
        throw new IpcFailure('unavailable', 'Le document n’a pas pu être enregistré à cet endroit : vérifiez vos droits et l’espace libre.');
      }
      return { path };
    },
  };
}

/** @throws {IpcFailure} when this agent may not read this document. */
export function readableDocument(deps: Pick<DocumentHandlerDeps, 'records' | 'readableEndpoints'>, id: string, session: Session): DocumentRecord {
  const document = deps.records.find(id);
  if (!document) throw new IpcFailure('not_found', 'Ce document n’est plus sur ce poste.');
  const isReadable = deps.readableEndpoints(session, document.dossierId);
  if (!isReadable(document.endpointId)) throw new IpcFailure('forbidden', 'Vos droits sur cette habilitation ne comprennent pas ce document : adressez-vous au responsable.');
  return document;
}

/** The document, once its use is durably traced. */
async function openTraced(
  deps: DocumentHandlerDeps,
  id: string,
  session: Session,
  event: Extract<JournalEvent, 'document.opened' | 'document.exported'>,
  act: string,
): Promise<DocumentRecord> {
  const document = readableDocument(deps, id, session);
  if (!deps.store.has(document.fileId)) throw new IpcFailure('not_found', 'Le fichier de ce document a disparu du poste : téléchargez-le à nouveau.');
  const { id: agentId, displayName: agentName } = session.agent;
  const detail = `${act} : ${document.label} (${document.identifier}), empreinte ${document.sha256}.`;
  try {
    await deps.record({ event, outcome: 'success', agentId, agentName, dossierId: document.dossierId, detail });
  } catch {
    throw new IpcFailure('unavailable', 'L’historique ne peut pas être écrit : le document reste fermé. Vérifiez l’espace libre du disque.');
  }
  return document;
}
