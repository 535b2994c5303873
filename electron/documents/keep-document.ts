import { randomUUID } from 'node:crypto';

import type { StoredDocument } from '../../shared/domain/document';
import type { JsonValue } from '../../shared/domain/json';
import type { RecordEvent } from '../../shared/domain/journal';
import { companyNameOf } from '../consultation';
import { type CallingAgent, ConsultationError, type DossierPort } from '../consultation/ports';
import type { Clock } from '../storage/clock';
import type { Inspection } from './content-check';
import { type DocumentRecord, type DocumentRecords, withoutFileId } from './document-records';
import type { Download } from './download';
import { documentFailure } from './failures';
import { documentFileName, frenchDay } from './file-name';
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

/** Traced, then made permanent, then named by a record: a crash in between leaves an orphan, swept at start. */
export async function keepDocument(
  deps: KeepDeps,
  offer: Offer,
  fetched: Extract<Download, { kind: 'file' }>,
  agent: CallingAgent,
): Promise<StoredDocument> {
  const { file, requestId } = fetched;
  await traceFetched(deps.record, offer, file, requestId, agent);
  const document = describe(offer, fetched, deps.clock.now());
  const same = deps.records.findSame(document);
  const twin = same ?? deps.records.findByContent(file.sha256);
  // Equal contents share one file. It is named before the new one goes: no deletion comes in between.
  if (twin && deps.store.has(twin.fileId)) {
    try {
      return named(deps, document, twin.fileId, same);
    } finally {
      await file.discard();
    }
  }
  const fileId = await file.keep();
  try {
    return named(deps, document, fileId, same);
  } catch (error) {
    deps.store.remove(fileId);
    throw error;
  }
}

/** @throws {ConsultationError} when the dossier was deleted while the document was on its way: nothing of it is kept. */
function named({ records, dossiers }: KeepDeps, document: StoredDocument, fileId: string, same: DocumentRecord | undefined): StoredDocument {
  if (!dossiers.find(document.dossierId)) throw new ConsultationError(documentFailure('dossier_gone'));
  if (same?.fileId === fileId) return withoutFileId(records.fetchAgain(same.id, document));
  const record: DocumentRecord = { ...document, fileId };
  records.add(record);
  return withoutFileId(record);
}

async function traceFetched(recordEvent: RecordEvent, { call, source, answer }: Offer, file: ReceivedFile, requestId: string | null, agent: CallingAgent) {
  try {
    await recordEvent({
      event: 'document.fetched',
      outcome: 'success',
      agentId: agent.id,
      agentName: agent.displayName,
      habilitationId: call.grant.habilitationId,
      environment: call.grant.environment,
      dossierId: call.dossier.id,
      dossierTitle: call.dossier.title,
      identifier: answer.identifier,
      documentSha256: file.sha256,
      detail: `${source.label} (${answer.identifier}), empreinte ${file.sha256}, appel ${requestId ?? 'sans référence'}.`,
    });
  } catch {
    await file.discard();
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
      day: documentDate ?? frenchDay(fetchedAt),
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
