import type { ApiError } from '../../../shared/domain/api-error';
import type { Batch } from '../../../shared/domain/batch';
import type { Answer } from '../../../shared/domain/consultation';
import { errorOf } from '../../../shared/errors';
import type { Consult } from '../../consultation';
import { type AnswerStorePort, type CallingAgent, ConsultationError } from '../../consultation/ports';
import type { FetchDocument } from '../../documents';
import type { RunItem } from '../item-store';

export interface CallItemDeps {
  readonly consult: Consult;
  readonly fetchDocument: FetchDocument;
  readonly answers: Pick<AnswerStorePort, 'find'>;
  /** Whether a document that an answer offers is already in the store. */
  readonly hasDocument: (answer: Answer, pointer: string) => boolean;
  readonly logError: (place: string, error: unknown) => void;
}

export type Called =
  | { readonly kind: 'answered'; readonly documentCount: number; readonly missingDocuments: number }
  /** Answered and kept, but a stop came before its documents. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly wasSent: boolean };

/** One call under way. */
export interface ItemCall {
  readonly ended: Promise<Called>;
  stop(): void;
}

type NamedItem = RunItem & { readonly consultationId: string };

interface CallFlight {
  readonly signal: AbortSignal;
  readonly isStopped: () => boolean;
  /** Whether the call is out of our hands. */
  readonly show: (isOnItsWay: boolean) => void;
}

/** One traced call through the pipeline, then its documents. Never rejects. */
export function callItem(deps: CallItemDeps, batch: Batch, item: NamedItem, agent: CallingAgent): ItemCall {
  const flight = createFlight();
  const run = async (): Promise<Called> => {
    try {
      // An answer kept under this name is the answer: the endpoint is never asked twice for it.
      const answer = deps.answers.find(item.consultationId) ?? (await consult(deps, batch, item, agent, flight));
      if (!batch.choice.withDocuments) return { kind: 'answered', documentCount: 0, missingDocuments: 0 };
      return await fetchDocuments(deps, answer, agent, flight);
    } catch (error) {
      if (!(error instanceof ConsultationError)) deps.logError('batch item', error);
      return { kind: 'failed', error: error instanceof ConsultationError ? error.apiError : errorOf('internal'), wasSent: flight.wasSent() };
    }
  };
  return { ended: run(), stop: flight.stop };
}

function consult(deps: CallItemDeps, batch: Batch, item: NamedItem, agent: CallingAgent, flight: CallFlight): Promise<Answer> {
  return deps.consult(requestOf(batch, item), agent, {
    signal: flight.signal,
    priority: 'batch',
    onState: ({ step }) => flight.show(step === 'running'),
  });
}

function requestOf({ dossierId, choice }: Batch, { consultationId, endpointId, identifier, object }: NamedItem) {
  return {
    ...{ consultationId, dossierId, endpointId, identifier },
    parameters: choice.parameters[endpointId] ?? {},
    object: object || undefined,
    writtenReason: choice.writtenReason ?? undefined,
  };
}

/** One after the other; those that a stop cuts off are fetched when the run goes on. */
async function fetchDocuments(deps: CallItemDeps, answer: Answer, agent: CallingAgent, flight: CallFlight): Promise<Called> {
  let missingDocuments = 0;
  for (const { pointer } of answer.documents) {
    if (deps.hasDocument(answer, pointer)) continue;
    if (flight.isStopped()) return { kind: 'cut' };
    try {
      await deps.fetchDocument({ consultationId: answer.consultationId, pointer }, agent, {
        signal: flight.signal,
        onProgress: (step) => flight.show(step !== 'queued'),
        priority: 'batch',
      });
    } catch (error) {
      if (!(error instanceof ConsultationError)) deps.logError('batch document', error);
      if (flight.isStopped()) return { kind: 'cut' };
      if (error instanceof ConsultationError && error.apiError.kind === 'blocked') throw error;
      missingDocuments += 1;
    }
  }
  return { kind: 'answered', documentCount: answer.documents.length - missingDocuments, missingDocuments };
}

/** Stopping takes back what has not left and lets end what has. */
function createFlight(): CallFlight & { readonly stop: () => void; readonly wasSent: () => boolean } {
  const controller = new AbortController();
  let isOnItsWay = false;
  let isStopped = false;
  const takeBack = (): void => {
    if (isStopped && !isOnItsWay) controller.abort();
  };
  return {
    signal: controller.signal,
    isStopped: () => isStopped,
    wasSent: () => isOnItsWay,
    show: (onItsWay) => {
      isOnItsWay = onItsWay;
      takeBack();
    },
    stop: () => {
      isStopped = true;
      takeBack();
    },
  };
}
