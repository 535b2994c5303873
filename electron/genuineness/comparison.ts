import type { Session } from '../../shared/domain/agent';
import type { Answer } from '../../shared/domain/consultation';
import type { StoredDocument } from '../../shared/domain/document';
import type { Comparison } from '../../shared/domain/supplied-file';
import { keysOf, leavesOf } from '../../shared/reading/pointer';
import { IpcFailure } from '../ipc-failure';
import { compare, type ReadText, type SourceFacts } from './compare';
import type { ReadPdfText } from './pdf-text';
import { readFacts } from './piece-facts';
import { collected, type Pieces } from './pieces';

export interface ComparisonDeps {
  readonly pieces: Pieces;
  readonly readPdfText: ReadPdfText;
  /** A document fetched at its source that this agent may read. Throws an {@link IpcFailure} otherwise. */
  readonly documentOf: (session: Session, id: string) => SourceDocument;
  readonly answerOf: (consultationId: string) => Answer | undefined;
}

interface SourceDocument {
  readonly document: StoredDocument;
  readonly chunks: () => AsyncIterable<Buffer>;
}

/** Puts a supplied piece beside the document of the source; both must be of the same company of the same dossier. */
export async function comparePiece(deps: ComparisonDeps, session: Session, pieceId: string, documentId: string): Promise<Comparison> {
  const { agent } = session;
  const { record, dossier } = deps.pieces.open(agent, pieceId);
  const sourceDocument = deps.documentOf(session, documentId);
  const { document } = sourceDocument;
  if (document.dossierId !== record.dossierId || document.identifier.slice(0, 9) !== record.identifier.slice(0, 9)) {
    throw new IpcFailure('conflict', 'Ces deux documents ne sont pas de la même entreprise du même dossier : choisissez-en un autre.');
  }
  await deps.pieces.trace(agent, dossier, record, 'piece.compared', `Document fourni par la structure ${record.identifier} (empreinte ${record.sha256}) comparé à « ${document.label} » (empreinte ${document.sha256}).`);
  const supplied = await suppliedText(deps, record);
  const source = await sourceFacts(deps, sourceDocument);
  const company = dossier.companies.find(({ identifier }) => identifier === record.identifier);
  return compare(supplied, source, { identifier: record.identifier, name: company?.name ?? '' });
}

async function suppliedText({ pieces, readPdfText }: ComparisonDeps, record: Parameters<Pieces['bytesOf']>[0]): Promise<ReadText> {
  if (record.textState !== 'read') return { state: record.textState, text: '', facts: readFacts('') };
  const { state, text } = await readPdfText(await pieces.bytesOf(record));
  return { state, text, facts: readFacts(text) };
}

async function sourceFacts({ readPdfText, answerOf }: ComparisonDeps, { document, chunks }: SourceDocument): Promise<SourceFacts> {
  const text = document.mediaType === 'application/pdf' ? (await readPdfText(await collected(chunks()))).text : '';
  const data = answerOf(document.consultationId)?.data ?? null;
  const leaves = leavesOf(data).map(({ pointer, value }) => ({ key: keysOf(pointer).at(-1) ?? '', value }));
  const days = leaves.flatMap(({ key, value }) => (key.startsWith('date_') && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? [value] : []));
  const code = leaves.find(({ key }) => key === 'code_securite')?.value;
  return { facts: readFacts(text), days: [...new Set(days)], securityCode: typeof code === 'string' ? code : null };
}
