import { randomUUID } from 'node:crypto';

import type { StoredDocument } from '../../shared/domain/document';
import type { JsonValue } from '../../shared/domain/json';
import type { RecordEvent } from '../../shared/domain/journal';
import { companyNameOf } from '../consultation';
import { type CallingAgent, ConsultationError } from '../consultation/ports';
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
  if (same) {
    await file.discard();
    return withoutFileId(same);
  }
  const record: DocumentRecord = { ...document, fileId: await keepOnce(deps, file) };
  deps.records.add(record);
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
      detail: `${source.label} (${answer.identifier}), empreinte ${file.sha256}, appel ${requestId ?? 'sans référence'}.`,
    });
  } catch {
    await file.discard();
    throw new ConsultationError(documentFailure('untraced'));
  }
}

/** Equal contents share one file. */
async function keepOnce({ records, store }: KeepDeps, file: ReceivedFile): Promise<string> {
  const twin = records.findByContent(file.sha256);
  if (!twin || !store.has(twin.fileId)) return file.keep();
  await file.discard();
  return twin.fileId;
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
