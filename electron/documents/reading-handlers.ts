import type { Session } from '../../shared/domain/agent';
import type { Answer } from '../../shared/domain/consultation';
import type { DocumentLine, ListedDocument } from '../../shared/domain/listed-document';
import type { JournalEvent, RecordEvent } from '../../shared/domain/journal';
import { arePages, printedPagesText } from '../../shared/domain/printed-pages';
import { type Moment, validityOfDocument } from '../../shared/domain/validity';
import type { Handlers } from '../ipc';
import { saveChunks } from '../files/atomic-file';
import { orToldMissed } from '../files/file-failure';
import type { PendingFiles } from '../files/pending-files';
import { IpcFailure } from '../ipc-failure';
import { by } from '../trace';
import type { DocumentRecord, DocumentRecords } from './document-records';
import type { FileStore } from './file-store';
import type { OutsideCopies } from './outside-copies';

export interface ReadingHandlerDeps {
  readonly records: DocumentRecords;
  readonly store: FileStore;
  readonly copies: OutsideCopies;
  readonly record: RecordEvent;
  readonly pending: PendingFiles;
  /** Null when the agent closed the dialog. */
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  /** Opens a file with the program of the agent's choice; throws when there is none. */
  readonly openPath: (path: string) => Promise<void>;
  /** Hands a file over to the drag under way. */
  readonly startDrag: (path: string) => void;
  /** Prints what the window shows for printing; false when the agent gave up. */
  readonly print: () => Promise<boolean>;
  /** Endpoints whose documents this agent may read in this dossier. Throws an {@link IpcFailure} when he may not open it. */
  readonly readableEndpoints: (session: Session, dossierId: string) => (endpointId: string) => boolean;
  /** When the pieces of this dossier are judged. Throws as above. */
  readonly momentOf: (session: Session, dossierId: string) => Moment;
  readonly journal: {
    /** Whether the call of this row brought the document of this SHA-256. */
    documentLine(seq: number, sha256: string): DocumentLine;
  };
  /** The answer that offered a document, when it is still kept. */
  readonly answerOf: (consultationId: string) => Answer | undefined;
}

export type ReadingChannels =
  | 'documents.list'
  | 'documents.read'
  | 'documents.openOutside'
  | 'documents.dragOut'
  | 'documents.print'
  | 'documents.saveAs';

export function readingHandlers(deps: ReadingHandlerDeps): Pick<Handlers, ReadingChannels> {
  return {
    'documents.list': ({ dossierId, identifier }, { session }) => {
      const isReadable = deps.readableEndpoints(session, dossierId);
      const documents = deps.records.list(dossierId, identifier).filter(({ endpointId }) => isReadable(endpointId));
      const earlier = deps.records.earlierFetches(dossierId);
      const moment = deps.momentOf(session, dossierId);
      return documents.map((record) => ({ ...listed(deps, record, moment), earlierFetches: earlier.get(record.id) ?? [] }));
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
    'documents.dragOut': async ({ id }, { session }) => {
      const document = await openTraced(deps, id, session, 'document.exported', 'Document glissé vers un autre programme');
      deps.startDrag(await deps.copies.lend(document.fileName, deps.store.read(document.fileId)));
      return null;
    },
    'documents.print': async ({ id, pages }, { session }) => {
      if (!arePages(pages)) throw new IpcFailure('invalid_input', 'Ces pages ne sont pas dans le document : choisissez-les de nouveau.');
      await openTraced(deps, id, session, 'document.printed', `Impression demandée, ${printedPagesText(pages)}`);
      return { isPrinted: await deps.print() };
    },
    'documents.saveAs': async ({ id }, { session }) => {
      const name = readableDocument(deps, id, session).fileName;
      const path = await deps.askSavePath(name);
      if (path === null) return null;
      const document = await openTraced(deps, id, session, 'document.exported', 'Document enregistré hors de l’application');
      const file = { path, event: 'document.exported', what: 'document enregistré hors de l’application' } as const;
      await orToldMissed(
        file.what,
        () => saveChunks(deps.pending, file, deps.store.read(document.fileId)),
        (detail) => deps.record({ ...about(document, session), event: file.event, outcome: 'failure', detail }),
      );
      return { path };
    },
  };
}

/** @throws {IpcFailure} when this agent may not read this document. */
export function readableDocument(deps: Pick<ReadingHandlerDeps, 'records' | 'readableEndpoints'>, id: string, session: Session): DocumentRecord {
  const document = deps.records.find(id);
  if (!document) throw new IpcFailure('not_found', 'Ce document n’est plus sur ce poste : téléchargez-le à nouveau depuis la fiche de l’entreprise.');
  const isReadable = deps.readableEndpoints(session, document.dossierId);
  if (!isReadable(document.endpointId)) throw new IpcFailure('forbidden', 'Vos droits sur cette habilitation ne comprennent pas ce document : adressez-vous au responsable.');
  return document;
}

/** The document, once its use is durably traced. */
async function openTraced(
  deps: ReadingHandlerDeps,
  id: string,
  session: Session,
  event: Extract<JournalEvent, 'document.opened' | 'document.exported' | 'document.printed'>,
  act: string,
): Promise<DocumentRecord> {
  const document = readableDocument(deps, id, session);
  if (!deps.store.has(document.fileId)) throw new IpcFailure('not_found', 'Le fichier de ce document a disparu du poste : téléchargez-le à nouveau.');
  // Nothing is traced as read that cannot be.
  deps.store.assertOpenable(document.fileId);
  const detail = `${act} : ${document.label} (${document.identifier}), empreinte ${document.sha256}.`;
  try {
    await deps.record({ ...about(document, session), event, outcome: 'success', detail });
  } catch {
    throw new IpcFailure('unavailable', 'L’historique ne peut pas être écrit : le document reste fermé. Vérifiez l’espace libre du disque.');
  }
  return document;
}

function about({ dossierId, identifier, sha256 }: DocumentRecord, { agent }: Session) {
  return { ...by(agent), dossierId, identifier, documentSha256: sha256 };
}

function listed({ store, answerOf, journal }: ReadingHandlerDeps, { fileId, ...document }: DocumentRecord, moment: Moment): Omit<ListedDocument, 'earlierFetches'> {
  const isClosed = !store.isOpenable(fileId);
  // Without its key the answer that offered it does not open either: what the list holds is judged alone.
  const answer = isClosed ? undefined : answerOf(document.consultationId);
  const { journalSeq, sha256 } = document;
  const journalLine = journalSeq === null ? 'unnoted' : journal.documentLine(journalSeq, sha256);
  return { ...document, isClosed, journalLine, validity: validityOfDocument(document, answer, moment) };
}
