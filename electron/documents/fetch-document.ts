import type { Answer } from '../../shared/domain/consultation';
import type { StoredDocument, WantedDocument } from '../../shared/domain/document';
import { type Call, clear, type ClearanceDeps, type Consult, formulate, type LinkRegistry, sourceOfPointer, traceRefusal } from '../consultation';
import { type AnswerStorePort, type CallingAgent, type CallPriority, ConsultationError } from '../consultation/ports';
import { type Download, download, type DownloadDeps } from './download';
import { documentFailure } from './failures';
import type { DownloadView } from './file-exchange';
import { type KeepDeps, keepDocument } from './keep-document';
import type { Offer } from './offer';
import { createRenewals, type Renewals } from './renewal';
import { samePlace } from './same-item';

export interface FetchDeps extends DownloadDeps, ClearanceDeps, KeepDeps {
  readonly consult: Consult;
  readonly answers: AnswerStorePort;
  readonly links: LinkRegistry;
}

export interface FetchOptions {
  /** `interactive` unless told. */
  readonly priority?: CallPriority;
  readonly signal: AbortSignal;
  readonly onProgress: (step: 'queued' | 'running' | 'renewing', receivedBytes: number, totalBytes: number | null) => void;
}

/** Names a document that an answer offered. */
type OfferedDocument = Pick<WantedDocument, 'consultationId' | 'pointer'>;

/** Rejects with a {@link ConsultationError} when there is no document to show. */
export type FetchDocument = (wanted: OfferedDocument, agent: CallingAgent, options: FetchOptions) => Promise<StoredDocument>;

type FetchedFile = Extract<Download, { kind: 'file' }>;

/** A file, and the offer whose link gave it. */
interface Fetched {
  readonly file: FetchedFile;
  readonly offer: Offer;
}

/** Brings a document into the encrypted store; an expired link is renewed once. */
export function createFetchDocument(deps: FetchDeps): FetchDocument {
  const renewals = createRenewals(deps);
  return async (wanted, agent, options) => {
    if (!deps.store.canReceive()) throw new ConsultationError(documentFailure('key'));
    const offer = await findOffer(deps, wanted, agent);
    const { file, offer: kept } = await fetchRenewing({ ...deps, renewals }, offer, agent, options);
    return keepDocument(deps, kept, file, agent);
  };
}

/** The offer, under the same rules of right and purpose as the call that brought it. */
async function findOffer(deps: FetchDeps, { consultationId, pointer }: OfferedDocument, agent: CallingAgent): Promise<Offer> {
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

async function fetchRenewing(deps: FetchDeps & { readonly renewals: Renewals }, offer: Offer, agent: CallingAgent, options: FetchOptions): Promise<Fetched> {
  const renewedBefore = deps.answers.find(deps.renewals.latest(offer.answer.consultationId) ?? '');
  for (const place of [offer, offerIn(renewedBefore, offer)]) {
    const fetched = place && (await fetchFrom(deps, place, options));
    if (fetched) return fetched;
  }
  options.onProgress('renewing', 0, null);
  const renewed = offerIn(await deps.renewals.renew(offer.answer, agent, options), offer);
  if (!renewed) throw new ConsultationError(documentFailure('no_such_document'));
  const fetched = await fetchFrom(deps, renewed, options);
  if (!fetched) throw new ConsultationError(documentFailure('link_dead'));
  return fetched;
}

/** The same document in a later answer. */
function offerIn(answer: Answer | undefined, offer: Offer): Offer | undefined {
  if (!answer) return undefined;
  const pointer = samePlace(offer.answer, answer, offer.pointer);
  return pointer === undefined ? undefined : { ...offer, answer, pointer };
}

/** Undefined when the link is unknown or has expired. */
async function fetchFrom(deps: FetchDeps, offer: Offer, options: FetchOptions): Promise<Fetched | undefined> {
  const { answer, pointer, call } = offer;
  const link = deps.links.find(answer.consultationId, pointer);
  const file = link && (await follow(deps, call, link, options));
  if (file) return { file, offer };
  deps.links.forget(answer.consultationId, pointer);
  return undefined;
}

/** The link, then the one that it may answer (INPI); undefined when a link has expired. */
async function follow(deps: FetchDeps, call: Call, link: URL, view: DownloadView): Promise<FetchedFile | undefined> {
  const first = await download(deps, call, link, view);
  const last = first.kind === 'next' ? await download(deps, call, first.url, view) : first;
  if (last.kind === 'next') throw new ConsultationError(documentFailure('not_a_document'));
  return last.kind === 'file' ? last : undefined;
}
