import type { Batch, BatchItem } from '../../../shared/domain/batch';
import type { BatchDifference } from '../../../shared/ipc/batch-outputs';
import { changeSentence, compareAnswers } from '../../../shared/reading';
import type { ItemStore } from '../item-store';
import { answerOf, type BatchReading } from './reading';

/** Calls compared in one slice. */
const SLICE = 100;
const MAX_CHANGES = 30;
const MAX_SENTENCE = 2_000;

export interface DifferenceSlice {
  readonly differences: BatchDifference[];
  readonly compared: number;
  readonly nextAfterId: number | null;
}

/** A slice of what a run says otherwise than the run before over the same list. */
export function differencesOf(reading: BatchReading, items: Pick<ItemStore, 'findCall' | 'after'>, batch: Batch, afterId: number, nameOf: (lineNumber: number) => string): DifferenceSlice {
  const { previousId } = batch;
  if (previousId === null) return { differences: [], compared: 0, nextAfterId: null };
  const slice = items.after(batch.id, afterId, SLICE);
  const differences = slice.flatMap((item) => {
    const former = items.findCall(previousId, item.identifier, item.endpointId, item.object);
    const changes = former ? changesBetween(reading, former, item) : [];
    if (!former || (former.state === item.state && changes.length === 0)) return [];
    const { id: itemId, lineNumber, identifier, endpointId } = item;
    const states = { before: { state: former.state, at: former.settledAt }, after: { state: item.state, at: item.settledAt } };
    return [{ itemId, lineNumber, identifier, endpointId, name: nameOf(lineNumber), ...states, changes }];
  });
  return { differences, compared: slice.length, nextAfterId: slice.length < SLICE ? null : (slice.at(-1)?.id ?? null) };
}

function changesBetween(reading: BatchReading, former: BatchItem, item: BatchItem): string[] {
  // Carried over without a call: the very same answer.
  if (former.consultationId === item.consultationId) return [];
  const [older, newer] = [answerOf(reading, former), answerOf(reading, item)];
  if (older === null || newer === null) return [];
  const sentences = compareAnswers(older, newer).map((change) => changeSentence(change).slice(0, MAX_SENTENCE));
  const more = sentences.length - MAX_CHANGES;
  return more > 0 ? [...sentences.slice(0, MAX_CHANGES), `Et ${more} autres différences.`] : sentences;
}
