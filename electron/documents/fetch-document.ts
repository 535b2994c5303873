import { randomUUID } from 'node:crypto';

import type { DocumentSource } from '../../shared/catalogue/types';
import type { Answer } from '../../shared/domain/consultation';
import type { StoredDocument } from '../../shared/domain/document';
import { isJsonObject, type JsonValue } from '../../shared/domain/json';
import type { RecordEvent } from '../../shared/domain/journal';
import { authorise, type Call, type ClearanceDeps, companyNameOf, type Consult, formulate, type LinkRegistry, sourceOfPointer, traceRefusal } from '../consultation';
import { type AnswerStorePort, type CallingAgent, ConsultationError } from '../consultation/ports';
import type { Inspection, MediaType } from './content-check';
import { type DocumentRecord, type DocumentRecords, withoutFileId } from './document-records';
import { type Download, download, type DownloadDeps, type DownloadView } from './download';
import { documentFailure } from './failures';
import { documentFileName, frenchDay } from './file-name';

export interface FetchDeps extends DownloadDeps, ClearanceDeps {
  readonly consult: Consult;
  readonly answers: AnswerStorePort;
  readonly links: LinkRegistry;
  readonly records: DocumentRecords;
  readonly record: RecordEvent;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (step: 'queued' | 'running' | 'renewing', receivedBytes: number, totalBytes: number | null) => void;
}

/** Rejects with a {@link ConsultationError} when there is no document to show. */
export type FetchDocument = (
  wanted: { readonly consultationId: string; readonly pointer: string },
  agent: CallingAgent,
  options: FetchOptions,
) => Promise<StoredDocument>;

type FetchedFile = Extract<Download, { kind: 'file' }>;

/** Where the document was offered: the first answer, then the renewed one. */
interface Offer {
  readonly answer: Answer;
  readonly call: Call;
  readonly pointer: string;
  readonly source: DocumentSource;
}

/** Brings a document into the encrypted store; an expired link is renewed once. */
export function createFetchDocument(deps: FetchDeps): FetchDocument {
  return async (wanted, agent, options) => {
    const offer = await findOffer(wanted, agent);
    const { file, answer } = await fetchRenewing(offer, agent, options);
    return keep({ ...offer, answer }, file, agent);
  };

  async function findOffer({ consultationId, pointer }: { consultationId: string; pointer: string }, agent: CallingAgent): Promise<Offer> {
    const answer = deps.answers.find(consultationId);
    if (!answer) throw new ConsultationError(documentFailure('unknown_answer'));
    const wish = formulate(deps, answer, agent);
    const source = sourceOfPointer(wish.endpoint.documents, pointer);
    if (!source) throw new ConsultationError(documentFailure('no_such_document'));
    const authorised = authorise(deps.authorisation, wish);
    if ('refusal' in authorised) {
      await traceRefusal(deps.trace, wish, authorised.refusal);
      throw new ConsultationError(authorised.refusal);
    }
    return { answer, pointer, source, call: { ...wish, grant: authorised.grant } };
  }

  async function fetchRenewing(offer: Offer, agent: CallingAgent, options: FetchOptions): Promise<{ file: FetchedFile; answer: Answer }> {
    const known = deps.links.find(offer.answer.consultationId, offer.pointer);
    const file = known && (await follow(offer.call, known, options));
    if (file) return { file, answer: offer.answer };
    deps.links.forget(offer.answer.consultationId, offer.pointer);
    const { answer, link } = await renew(offer, agent, options);
    const renewed = await follow(offer.call, link, options);
    if (!renewed) throw new ConsultationError(documentFailure('link_dead'));
    return { file: renewed, answer };
  }

  /** The link, then the one that it may answer (INPI); undefined when a link has expired. */
  async function follow(call: Call, link: URL, view: DownloadView): Promise<FetchedFile | undefined> {
    const first = await download(deps, call, link, view);
    const last = first.kind === 'next' ? await download(deps, call, first.url, view) : first;
    if (last.kind === 'next') throw new ConsultationError(documentFailure('not_a_document'));
    return last.kind === 'file' ? last : undefined;
  }

  /** Asks the endpoint again, past the service's cache, which would answer the same dead link. */
  async function renew(offer: Offer, agent: CallingAgent, options: FetchOptions): Promise<{ answer: Answer; link: URL }> {
    options.onProgress('renewing', 0, null);
    const { dossierId, endpointId, identifier, parameters } = offer.answer;
    const request = {
      consultationId: randomUUID(),
      dossierId,
      endpointId,
      identifier,
      parameters,
      fresh: true,
      writtenReason: 'Renouvellement du lien expiré d’un document proposé par une réponse déjà obtenue.',
    };
    const answer = await deps.consult(request, agent, { signal: options.signal, onState: () => undefined, priority: 'interactive' });
    const link = deps.links.find(answer.consultationId, offer.pointer);
    if (!link) throw new ConsultationError(documentFailure('no_such_document'));
    return { answer, link };
  }

  /** Traced, then made permanent, then named by a record: a crash in between leaves an orphan, swept at start. */
  async function keep(offer: Offer, { file, requestId }: FetchedFile, agent: CallingAgent): Promise<StoredDocument> {
    try {
      await deps.record({
        event: 'document.fetched',
        outcome: 'success',
        agentId: agent.id,
        agentName: agent.displayName,
        habilitationId: offer.call.grant.habilitationId,
        environment: offer.call.grant.environment,
        dossierId: offer.call.dossier.id,
        dossierTitle: offer.call.dossier.title,
        detail: `${offer.source.label} (${offer.answer.identifier}), empreinte ${file.sha256}, appel ${requestId ?? 'sans référence'}.`,
      });
    } catch {
      await file.discard();
      throw new ConsultationError({ ...documentFailure('disk'), kind: 'journal', message: 'La trace du document n’a pas pu être écrite : il n’est pas conservé.' });
    }
    const document = describe(offer, file, requestId);
    const same = deps.records.findSame(document);
    if (same) {
      await file.discard();
      return withoutFileId(same);
    }
    const twin = deps.records.findByContent(file.sha256);
    const shared = twin && deps.store.has(twin.fileId) ? twin.fileId : undefined;
    if (shared) await file.discard();
    const record: DocumentRecord = { ...document, fileId: shared ?? (await file.keep()) };
    deps.records.add(record);
    return withoutFileId(record);
  }

  function describe({ answer, call, pointer, source }: Offer, file: Inspection, requestId: string | null): StoredDocument {
    const offered = answer.documents.find((document) => document.pointer === pointer);
    const documentDate = offered?.documentDate ?? null;
    const fetchedAt = deps.clock.now();
    const mediaType = mediaTypeOf(file);
    return {
      id: randomUUID(),
      dossierId: answer.dossierId,
      identifier: answer.identifier,
      endpointId: answer.endpointId,
      consultationId: answer.consultationId,
      pointer,
      label: source.label,
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
    };
  }
}

function mediaTypeOf(file: Inspection): MediaType {
  if ('problem' in file.verdict) throw new ConsultationError(documentFailure(file.verdict.problem));
  return file.verdict.mediaType;
}

/** `date_fin_validite` beside the link: attestations that end on a day say so there. */
function lastValidDay(data: JsonValue, pointer: string): string | null {
  // Pointers start at the body's root; `data` is its first step in the v3 envelope.
  const parts = pointer.replace(/^\/data(?=\/)/, '').split('/').slice(1, -1);
  let parent: JsonValue | undefined = data;
  for (const part of parts) {
    if (Array.isArray(parent)) parent = (parent as readonly JsonValue[])[Number(part)];
    else parent = isJsonObject(parent) ? parent[part] : undefined;
  }
  const day = isJsonObject(parent) ? parent['date_fin_validite'] : undefined;
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}/.test(day) ? day.slice(0, 10) : null;
}
