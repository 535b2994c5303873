import { randomUUID } from 'node:crypto';

import type { Answer } from '../../shared/domain/consultation';
import type { StoredDocument } from '../../shared/domain/document';
import { type Call, clear, type ClearanceDeps, type Consult, formulate, type LinkRegistry, sourceOfPointer, traceRefusal } from '../consultation';
import { type AnswerStorePort, type CallingAgent, ConsultationError } from '../consultation/ports';
import { type Download, download, type DownloadDeps } from './download';
import { documentFailure } from './failures';
import type { DownloadView } from './file-exchange';
import { type KeepDeps, keepDocument } from './keep-document';
import type { Offer } from './offer';

export interface FetchDeps extends DownloadDeps, ClearanceDeps, KeepDeps {
  readonly consult: Consult;
  readonly answers: AnswerStorePort;
  readonly links: LinkRegistry;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (step: 'queued' | 'running' | 'renewing', receivedBytes: number, totalBytes: number | null) => void;
}

/** Names a document that an answer offered. */
interface WantedDocument {
  readonly consultationId: string;
  readonly pointer: string;
}

/** Rejects with a {@link ConsultationError} when there is no document to show. */
export type FetchDocument = (wanted: WantedDocument, agent: CallingAgent, options: FetchOptions) => Promise<StoredDocument>;

type FetchedFile = Extract<Download, { kind: 'file' }>;

/** Brings a document into the encrypted store; an expired link is renewed once. */
export function createFetchDocument(deps: FetchDeps): FetchDocument {
  return async (wanted, agent, options) => {
    const offer = await findOffer(deps, wanted, agent);
    const { file, answer } = await fetchRenewing(deps, offer, agent, options);
    return keepDocument(deps, { ...offer, answer }, file, agent);
  };
}

/** The offer, under the same rules of right and purpose as the call that brought it. */
async function findOffer(deps: FetchDeps, { consultationId, pointer }: WantedDocument, agent: CallingAgent): Promise<Offer> {
  const answer = deps.answers.find(consultationId);
  if (!answer) throw new ConsultationError(documentFailure('unknown_answer'));
  const wish = formulate(deps, answer, agent);
  const source = sourceOfPointer(wish.endpoint.documents, pointer);
  if (!source) throw new ConsultationError(documentFailure('no_such_document'));
  const cleared = clear(deps, wish);
  if ('call' in cleared) return { answer, pointer, source, call: cleared.call };
  await traceRefusal(deps.trace, wish, cleared.refusal);
  throw new ConsultationError(cleared.refusal);
}

async function fetchRenewing(deps: FetchDeps, offer: Offer, agent: CallingAgent, options: FetchOptions): Promise<{ file: FetchedFile; answer: Answer }> {
  const known = deps.links.find(offer.answer.consultationId, offer.pointer);
  const file = known && (await follow(deps, offer.call, known, options));
  if (file) return { file, answer: offer.answer };
  deps.links.forget(offer.answer.consultationId, offer.pointer);
  const { answer, link } = await renew(deps, offer, agent, options);
  const renewed = await follow(deps, offer.call, link, options);
  if (!renewed) throw new ConsultationError(documentFailure('link_dead'));
  return { file: renewed, answer };
}

/** The link, then the one that it may answer (INPI); undefined when a link has expired. */
async function follow(deps: FetchDeps, call: Call, link: URL, view: DownloadView): Promise<FetchedFile | undefined> {
  const first = await download(deps, call, link, view);
  const last = first.kind === 'next' ? await download(deps, call, first.url, view) : first;
  if (last.kind === 'next') throw new ConsultationError(documentFailure('not_a_document'));
  return last.kind === 'file' ? last : undefined;
}

const RENEWAL_REASON = 'Renouvellement du lien expiré d’un document proposé par une réponse déjà obtenue.';

/** Asks the endpoint again, past the service's cache, which would answer the same dead link. */
async function renew(deps: FetchDeps, offer: Offer, agent: CallingAgent, options: FetchOptions): Promise<{ answer: Answer; link: URL }> {
  options.onProgress('renewing', 0, null);
  const { dossierId, endpointId, identifier, parameters, object, writtenReason } = offer.answer;
  const request = {
    consultationId: randomUUID(),
    ...{ dossierId, endpointId, identifier, parameters, object },
    fresh: true,
    writtenReason: [writtenReason?.trim(), RENEWAL_REASON].filter(Boolean).join(' '),
  };
  const answer = await deps.consult(request, agent, { signal: options.signal, onState: () => undefined, priority: 'interactive' });
  const link = deps.links.find(answer.consultationId, offer.pointer);
  if (!link) throw new ConsultationError(documentFailure('no_such_document'));
  return { answer, link };
}
