import type { Batch } from '../../../shared/domain/batch';
import type { StoredDocument } from '../../../shared/domain/document';
import type { AnswerStorePort } from '../../consultation/ports';
import type { DocumentRecords } from '../../documents';
import type { KeptAnswer } from '../batches';
import type { ItemStore } from '../item-store';
import { daysLater } from './calendar';

/** Without a stated end, a piece is taken for good so long: the usual age limit of an attestation in a public procedure. */
const USUAL_VALIDITY_DAYS = 182;

export interface RenewalDeps {
  readonly items: Pick<ItemStore, 'findCall'>;
  readonly answers: Pick<AnswerStorePort, 'find'>;
  readonly documents: Pick<DocumentRecords, 'list'>;
  readonly now: number;
}

/** What the next run of a batch need not ask again: what was obtained and stays valid past the days chosen. */
export function keptAnswers(former: Batch, { items, answers, documents, now }: RenewalDeps): KeptAnswer {
  const days = former.schedule.recurrence?.renewWithinDays ?? null;
  if (days === null) return () => undefined;
  const horizon = daysLater(now, days);
  return ({ identifier, endpointId, object }) => {
    const item = items.findCall(former.id, identifier, endpointId, object);
    if (item?.state !== 'answered' || item.consultationId === null || item.missingDocuments > 0) return undefined;
    const answer = answers.find(item.consultationId);
    if (!answer) return undefined;
    const pieces = documents.list(former.dossierId, identifier).filter(({ consultationId }) => consultationId === answer.consultationId);
    if (endOfValidity(Date.parse(answer.receivedAt), pieces) <= horizon) return undefined;
    const { consultationId, settledAt } = item;
    return { consultationId, settledAt, note: 'Encore valable : gardé du passage précédent.' };
  };
}

/** The first of its pieces to end counts; an answer without any lasts as long as is usual. */
export function endOfValidity(receivedAt: number, pieces: readonly Pick<StoredDocument, 'validUntil'>[]): number {
  const stated = pieces.flatMap(({ validUntil }) => (validUntil === null ? [] : [Date.parse(validUntil)]));
  return stated.length > 0 ? Math.min(...stated) : daysLater(receivedAt, USUAL_VALIDITY_DAYS);
}
