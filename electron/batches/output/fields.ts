import type { Batch } from '../../../shared/domain/batch';
import type { BatchField } from '../../../shared/ipc/batch-outputs';
import type { ItemStore } from '../item-store';
import { answerOf, type BatchReading, valuesOf } from './reading';

/** Answers of an endpoint that are looked at. */
const SAMPLE_ANSWERS = 25;
const MAX_FIELDS = 60;
const MAX_LABEL = 200;

/** Labels of the values that the first answers of each endpoint hold, in their order. */
export function fieldsOf(reading: BatchReading, items: Pick<ItemStore, 'page'>, batch: Batch): BatchField[] {
  return batch.choice.endpointIds.flatMap((endpointId) => {
    const { items: sample } = items.page(batch, { states: ['answered'], endpointId }, 0, SAMPLE_ANSWERS);
    const labels = new Set<string>();
    for (const item of sample) {
      const answer = answerOf(reading, item);
      for (const label of answer ? valuesOf(answer).keys() : []) if (label !== '') labels.add(label.slice(0, MAX_LABEL));
    }
    return [...labels].slice(0, MAX_FIELDS).map((label) => ({ endpointId, label }));
  });
}
