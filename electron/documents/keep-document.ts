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
 * Made permanent, then traced, then named by a record: the trace says « received » of what is on disk for good, and a
 * crash in between leaves an orphan, swept at start.
 */
export async function keepDocument(
  deps: KeepDeps,
  offer: Offer,
  fetched: Extract<Download, { kind: 'file' }>,
  agent: CallingAgent,
): Promise<StoredDocument> {
  const { file, requestId } = fetched;
  const trace = (outcome: 'success' | 'failure', detail: string) => traceFetched(deps.record, offer, { file, requestId, agent }, outcome, detail);
  const keep = () => keepFile(file, (reason) => trace('failure', reason));
  try {
    const document = describe(offer, fetched, deps.clock.now());
    const fileId = twinOf(deps, document) ? null : await keep();
    await orRemove(deps, fileId, () => trace('success', ''));
    const named = fileId === null ? await deps.records.together(() => nameAsTwin(deps, document)) : undefined;
    return withoutFileId(named ?? (await nameNew(deps, document, fileId ?? (await keep()))));
  } finally {
    await file.discard();
  }
}

/** A file whose trace was refused goes. */
async function orRemove({ store }: KeepDeps, fileId: string | null, trace: () => Promise<void>): Promise<void> {
  try {
    await trace();
  } catch (error) {
    if (fileId !== null) store.remove(fileId);
    throw error;
  }
}

async function keepFile(file: ReceivedFile, traceFailure: (reason: string) => Promise<void>): Promise<string> {
  try {
    return await file.keep();
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
    const failure = documentFailure('disk');
    await traceFailure(` ${failure.message}`);
    throw new ConsultationError(failure);
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

/** Who received what from which call. */
interface Received {
  readonly file: ReceivedFile;
  readonly requestId: string | null;
  readonly agent: CallingAgent;
}

/** @throws {ConsultationError} when the journal refuses: the document is then not to be kept. */
async function traceFetched(
  recordEvent: RecordEvent,
  { call, source, answer }: Offer,
  { file, requestId, agent }: Received,
  outcome: 'success' | 'failure',
  detail: string,
): Promise<void> {
  try {
    await recordEvent({
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
      detail: `${source.label} (${answer.identifier}), empreinte ${file.sha256}, appel ${requestId ?? 'sans référence'}.${detail}`,
    });
  } catch {
    throw new ConsultationError(documentFailure('untraced'));
  }
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
