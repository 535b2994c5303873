import { setImmediate as nextTurn } from 'node:timers/promises';

import { findEndpoint } from '../../../shared/catalogue';
import type { Batch, BatchItem, BatchLine } from '../../../shared/domain/batch';
import type { Answer } from '../../../shared/domain/consultation';
import { readCard } from '../../../shared/reading';
import type { AnswerStorePort } from '../../consultation/ports';
import type { ItemStore, RunItem } from '../item-store';
import type { ListStore } from '../list-store';
import { callOf } from '../plan/calls';

/** What outputs read of runs, for one agent: answers that he may not read are not there. */
export interface BatchReading {
  readonly items: Pick<ItemStore, 'inState' | 'findCall'>;
  readonly lists: Pick<ListStore, 'linesAfter'>;
  readonly answers: Pick<AnswerStorePort, 'find'>;
  readonly isReadable: (endpointId: string) => boolean;
}

/** Few: reading the answers of a line that asks for everything takes its time, and agents at the screen wait for main. */
const LINES_AT_ONCE = 20;
const ITEMS_AT_ONCE = 200;

/** Every line of a run in its order, page by page; other work of main goes between. */
export async function* linePagesOf({ lists }: BatchReading, { listId }: Batch, signal: AbortSignal): AsyncGenerator<readonly BatchLine[]> {
  for (let after = -1; ; ) {
    signal.throwIfAborted();
    const lines = lists.linesAfter(listId, after, LINES_AT_ONCE);
    if (lines.length === 0) return;
    yield lines;
    after = lines.at(-1)?.number ?? after;
    await nextTurn();
  }
}

/** Every item of a run in a state, page by page. */
export async function* itemPagesOf({ items }: BatchReading, batchId: string, state: BatchItem['state'], signal: AbortSignal): AsyncGenerator<readonly RunItem[]> {
  for (let afterId = 0; ; ) {
    signal.throwIfAborted();
    const page = items.inState(batchId, state, afterId, ITEMS_AT_ONCE);
    if (page.length === 0) return;
    yield page;
    afterId = page.at(-1)?.id ?? afterId;
    await nextTurn();
  }
}

/** The call that a line needs of an endpoint; null when the line lacks the identifier. */
export function itemOf({ items }: BatchReading, batch: Batch, line: BatchLine, endpointId: string): BatchItem | null {
  const endpoint = findEndpoint(endpointId);
  const call = endpoint ? callOf(endpoint, line) : null;
  return (call && items.findCall(batch.id, call.identifier, endpointId, call.object)) ?? null;
}

/** The kept answer of a call, when there is one that the agent may read. */
export function answerOf({ answers, isReadable }: BatchReading, { state, consultationId, endpointId }: BatchItem): Answer | null {
  return state === 'answered' && consultationId !== null && isReadable(endpointId) ? (answers.find(consultationId) ?? null) : null;
}

/** Values of an answer under the labels that the screens give them; tables are told by their number of rows. */
export function valuesOf(answer: Answer): ReadonlyMap<string, string> {
  const { outcome, facts, fields, tables } = readCard(answer, findEndpoint(answer.endpointId)?.path);
  const values = new Map<string, string>();
  if (outcome) values.set('Résultat', outcome.word);
  for (const { label, text } of [...facts, ...fields]) values.set(label, values.has(label) ? `${values.get(label) ?? ''} ; ${text}` : text);
  for (const { title, rows } of tables) values.set(`${title} (nombre)`, String(rows.length));
  return values;
}
