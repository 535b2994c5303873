import { randomUUID } from 'node:crypto';

import { parisDay } from '../../shared/domain/days';
import type { StoredDocument } from '../../shared/domain/document';
import type { JsonValue } from '../../shared/domain/json';
import type { RecordEvent } from '../../shared/domain/journal';
import { companyNameOf } from '../consultation';
import { type CallingAgent, ConsultationError, type DossierPort } from '../consultation/ports';
import { ReaderError } from '../http';
import type { Clock } from '../storage/clock';
import type { Inspection } from './content-check';
import { type DocumentRecord, type DocumentRecords, withoutFileId } from './document-records';
import type { Download } from './download';
import { documentFailure } from './failures';
import { documentFileName } from './file-name';
import type { FileStore, ReceivedFile } from './file-store';
import type { Offer } from './offer';
import { documentLabel } from './label';
import { besideLink } from './same-item';

export interface KeepDeps {
  readonly records: DocumentRecords;
  readonly record: RecordEvent;
  readonly store: FileStore;
  readonly dossiers: DossierPort;
  readonly clock: Clock;
}

/**
 * Made permanent, then traced, then named by a record: a crash in between leaves an orphan, swept at start,
 * and a line that the start answers (`cut-receipts.ts`).
 * The journal never says « reçu » of bytes that the disk refused; what fails after that line is told by a second one.
 */
export async function keepDocument(
  deps: KeepDeps,
  offer: Offer,
  fetched: Extract<Download, { kind: 'file' }>,
  agent: CallingAgent,
): Promise<StoredDocument> {
  const { file, requestId } = fetched;
  const trace: Trace = { record: deps.record, offer, file, requestId, agent };
  const document = describe(offer, fetched, deps.clock.now());
  try {
    return withoutFileId(await keepTraced(deps, document, trace));
  } catch (error) {
    await traceNotKept(trace, error);
    throw error;
  } finally {
    await file.discard();
  }
}

async function keepTraced(deps: KeepDeps, document: StoredDocument, trace: Trace): Promise<DocumentRecord> {
  if (!twinOf(deps, document)) {
    const fileId = await keepFile(trace.file);
    await traceFetched(trace).catch((error: unknown) => {
      deps.store.remove(fileId);
      throw error;
    });
    return nameNew(deps, document, fileId);
  }
  await traceFetched(trace);
  const named = await deps.records.together(() => nameAsTwin(deps, document));
  return named ?? nameNew(deps, document, await keepFile(trace.file));
}

async function keepFile(file: ReceivedFile): Promise<string> {
  try {
    return await file.keep();
  } catch (error) {
    throw error instanceof ReaderError ? new ConsultationError(documentFailure('disk')) : error;
  }
}

/** Equal contents share one file. */
function twinOf({ records, store }: KeepDeps, document: StoredDocument): DocumentRecord | undefined {
  const twin = records.findSame(document) ?? records.findByContent(document.sha256);
  return twin && store.has(twin.fileId) ? twin : undefined;
}

/** Undefined when no other document has these bytes (any more). */
function nameAsTwin(deps: KeepDeps, document: StoredDocument): DocumentRecord | undefined {
  const twin = twinOf(deps, document);
  if (!twin) return undefined;
  assertDossier(deps, document);
  const isSame = deps.records.findSame(document)?.id === twin.id;
  return isSame ? deps.records.fetchAgain(twin.id, document) : added(deps, { ...document, fileId: twin.fileId });
}

/** The same bytes may have been named meanwhile, for another dossier: the new file then goes. */
async function nameNew(deps: KeepDeps, document: StoredDocument, fileId: string): Promise<DocumentRecord> {
  let named: DocumentRecord | undefined;
  try {
    named = await deps.records.together(() => {
      assertDossier(deps, document);
      return nameAsTwin(deps, document) ?? added(deps, { ...document, fileId });
    });
    return named;
  } finally {
    if (named?.fileId !== fileId) deps.store.remove(fileId);
  }
}

function added({ records }: KeepDeps, record: DocumentRecord): DocumentRecord {
  records.add(record);
  return record;
}

/** @throws {ConsultationError} when the dossier was deleted while the document was on its way: nothing of it is kept. */
function assertDossier({ dossiers }: KeepDeps, { dossierId }: StoredDocument): void {
  if (!dossiers.find(dossierId)) throw new ConsultationError(documentFailure('dossier_gone'));
}

/** What a line of the journal says of a file that came. */
interface Trace {
  readonly record: RecordEvent;
  readonly offer: Offer;
  readonly file: ReceivedFile;
  readonly requestId: string | null;
  readonly agent: CallingAgent;
}

async function traceFetched(trace: Trace): Promise<void> {
  try {
    await recordFetched(trace, 'success', null);
  } catch {
    throw new ConsultationError(documentFailure('untraced'));
  }
}

/** Best effort: a disk that refuses the document may refuse this line too, and the agent is told of the first refusal. */
async function traceNotKept(trace: Trace, error: unknown): Promise<void> {
  const reason = error instanceof ConsultationError ? error.apiError.message : documentFailure('disk').message;
  await recordFetched(trace, 'failure', reason).catch(() => undefined);
}

function recordFetched({ record, offer, file, requestId, agent }: Trace, outcome: 'success' | 'failure', reason: string | null): Promise<void> {
  const { call, source, answer } = offer;
  const fact = `${source.label} (${answer.identifier}), empreinte ${file.sha256}, appel ${requestId ?? 'sans référence'}.`;
  return record({
    event: 'document.fetched',
    outcome,
    agentId: agent.id,
    agentName: agent.displayName,
    habilitationId: call.grant.habilitationId,
    environment: call.grant.environment,
    dossierId: call.dossier.id,
    dossierTitle: call.dossier.title,
    identifier: answer.identifier,
    documentSha256: file.sha256,
    detail: reason === null ? fact : `Non conservé. ${reason} ${fact}`,
  });
}

function describe({ answer, call, pointer, source }: Offer, { file, requestId, journalSeq }: Extract<Download, { kind: 'file' }>, fetchedAt: number): StoredDocument {
  const offered = answer.documents.find((document) => document.pointer === pointer);
  const documentDate = offered?.documentDate ?? null;
  const { mediaType, warnings } = acceptedVerdict(file);
  return {
    id: randomUUID(),
    dossierId: answer.dossierId,
    identifier: answer.identifier,
    endpointId: answer.endpointId,
    consultationId: answer.consultationId,
    pointer,
    label: documentLabel(answer, source, pointer),
    provider: answer.provider,
    fileName: documentFileName({
      identifier: answer.identifier,
      companyName: companyNameOf(call),
      fileLabel: source.fileLabel,
      day: documentDate ?? parisDay(fetchedAt),
      mediaType,
    }),
    mediaType,
    byteLength: file.byteLength,
    sha256: file.sha256,
    fetchedAt: new Date(fetchedAt).toISOString(),
    documentDate,
    validUntil: lastValidDay(answer.data, pointer),
    requestId,
    journalSeq,
    warnings,
  };
}

function acceptedVerdict({ verdict }: Inspection): Exclude<Inspection['verdict'], { problem: unknown }> {
  if ('problem' in verdict) throw new ConsultationError(documentFailure(verdict.problem));
  return verdict;
}

/** `date_fin_validite` beside the link: attestations that end on a day say so there. */
function lastValidDay(data: JsonValue, pointer: string): string | null {
  const day = besideLink(data, pointer)?.['date_fin_validite'];
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}/.test(day) ? day.slice(0, 10) : null;
}
