import { create } from 'zustand';

import { type Procedure, PROCEDURES } from '../../../shared/domain/completeness';
import { sessionStore } from '../../app/session-memory';
import type { PieceList } from './use-completeness';

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

export function forgetDraft(procedure: Procedure): void {
  usePieceDrafts.setState({ [procedure]: undefined });
}

/** In the order in which they are offered. */
export function draftedProcedures(drafts: Drafts): readonly Procedure[] {
  return PROCEDURES.filter((procedure) => drafts[procedure] !== undefined);
}
