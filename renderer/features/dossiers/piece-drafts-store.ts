import { create } from 'zustand';

import { type Procedure, PROCEDURES } from '../../../shared/domain/completeness';
import type { ChannelOutput } from '../../../shared/ipc';
import { sessionStore } from '../../app/session-memory';

type PieceList = ChannelOutput<'completeness.lists'>[number]['list'];

/** What of a list is changed here. */
export type PieceDraft = Pick<PieceList, 'pieces' | 'soonDays'>;

type Drafts = Readonly<Partial<Record<Procedure, PieceDraft>>>;

/** What each procedure's list would become: kept while the agent looks elsewhere, until it is saved or given up. */
export const usePieceDrafts = sessionStore(create<Drafts>(() => ({})));

/** Keeps what was changed of a list; what is as the list in use is no draft. */
export function keepDraft({ procedure, pieces, soonDays }: PieceList, draft: PieceDraft): void {
  const isChanged = draft.soonDays !== soonDays || JSON.stringify(draft.pieces) !== JSON.stringify(pieces);
  usePieceDrafts.setState({ [procedure]: isChanged ? draft : undefined });
}

/** Once `sent` is saved: what was typed since stays, as a draft of the list as it now is. */
export function keepTypedSince(sent: PieceDraft, before: PieceDraft, saved: PieceList): void {
  const typed = usePieceDrafts.getState()[saved.procedure] ?? before;
  keepDraft(saved, typed === sent ? saved : typed);
}

export function forgetDraft(procedure: Procedure): void {
  usePieceDrafts.setState({ [procedure]: undefined });
}

/** In the order in which they are offered. */
export function draftedProcedures(drafts: Drafts): readonly Procedure[] {
  return PROCEDURES.filter((procedure) => drafts[procedure] !== undefined);
}
