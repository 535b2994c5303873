import type { Batch } from '../../../shared/domain/batch';
import type { AnswerStorePort } from '../../consultation/ports';
import type { TracedCall } from '../../journal';
import type { ItemStore, RunItem, Settlement } from '../item-store';
import { repeated, settleInterrupted } from './interrupted';

export interface RecoverDeps {
  readonly items: ItemStore;
  readonly answers: Pick<AnswerStorePort, 'find'>;
  /** Intents of the journal after a row, oldest first, with their outcomes. */
  readonly callsAfter: (seq: number) => readonly TracedCall[];
  /** Whether the journal has this row: it does not when an older copy took its place. `hash` null: not known. */
  readonly journalHolds: (seq: number, hash: string | null) => boolean;
  readonly now: () => string;
}

/** Settles what a stop left in the middle of its call: from the kept answers first, else from the journal. */
export function recoverBatch(deps: RecoverDeps, batch: Batch): void {
  const interrupted = deps.items.inState(batch.id, 'running');
  if (interrupted.length === 0) return;
  const firstSeq = Math.min(...interrupted.map(({ claimedSeq }) => claimedSeq ?? 0));
  const byCall = groupByCall(deps.callsAfter(firstSeq), batch);
  deps.items.settleAll(interrupted.map((item) => settlementOf(deps, batch, item, byCall.get(callKey(item)) ?? [])));
}

function settlementOf(deps: RecoverDeps, batch: Batch, item: RunItem, calls: readonly TracedCall[]): Settlement {
  const { id, consultationId, claimedSeq, claimedHash, repeats } = item;
  const answer = consultationId === null ? undefined : deps.answers.find(consultationId);
  // Its documents, if any, are fetched when it comes up again: its endpoint is not asked twice.
  if (answer && batch.choice.withDocuments && answer.documents.length > 0) return { id, state: 'waiting', settledAt: null };
  if (answer) return { id, state: 'answered', settledAt: answer.receivedAt };
  const isTold = claimedSeq === null || deps.journalHolds(claimedSeq, claimedHash);
  const settled = isTold
    ? settleInterrupted(item, calls.filter(({ seq }) => seq > (claimedSeq ?? 0)))
    : // Its intent may be among the rows that are not there: silence is not « nothing left ».
      repeated(repeats, 'Une copie plus ancienne de l’historique a pris la place de celle qui disait l’issue de l’appel');
  return { ...settled, id, settledAt: settled.state === 'waiting' ? null : deps.now() };
}

/** What the journal tells of a call names it as the item does; only this run's agent and dossier count. */
function groupByCall(calls: readonly TracedCall[], { agentId, dossierId }: Batch): ReadonlyMap<string, TracedCall[]> {
  const byCall = new Map<string, TracedCall[]>();
  for (const call of calls) {
    if (call.agentId !== agentId || call.dossierId !== dossierId) continue;
    const key = callKey({ endpointId: call.endpointId ?? '', identifier: call.identifier ?? '' });
    byCall.set(key, [...(byCall.get(key) ?? []), call]);
  }
  return byCall;
}

function callKey({ endpointId, identifier }: { readonly endpointId: string; readonly identifier: string }): string {
  return `${endpointId} ${identifier}`;
}
