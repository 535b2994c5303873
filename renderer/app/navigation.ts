import { create } from 'zustand';

import type { Procedure } from '../../shared/domain/completeness';

/** Parts of « Historique ». */
export type HistoryTab = 'lines' | 'verify' | 'audit' | 'statistics' | 'retention';

/** Everything that the main area can show, with what each screen needs to show it. */
export type Screen =
  | { readonly name: 'home' }
  | { readonly name: 'dossiers' }
  /** `isCopy`: of another case, whose title and object are still in it. */
  | { readonly name: 'dossier'; readonly dossierId: string; readonly isCopy?: true }
  | { readonly name: 'company'; readonly dossierId: string; readonly identifier: string }
  | { readonly name: 'documents'; readonly dossierId: string }
  | { readonly name: 'comparison'; readonly dossierId: string; readonly pieceId: string }
  | { readonly name: 'retention' }
  /** `dossierId`: the dossier that the company is for, when one is current. */
  | { readonly name: 'search'; readonly dossierId?: string }
  /** Pieces that each procedure demands. */
  | { readonly name: 'piece-lists'; readonly procedure?: Procedure }
  /** `fromSeq`: the row from which it is to be verified. */
  | { readonly name: 'history'; readonly tab?: HistoryTab; readonly fromSeq?: number }
  | { readonly name: 'batches' }
  /** `dossierId`: the dossier that the batch is for, when one is chosen. */
  | { readonly name: 'new-batch'; readonly dossierId?: string }
  | { readonly name: 'batch'; readonly batchId: string }
  | { readonly name: 'quota' }
  | { readonly name: 'habilitations' }
  | { readonly name: 'habilitation'; readonly habilitationId: string }
  | { readonly name: 'agents' }
  | { readonly name: 'first-steps' }
  | { readonly name: 'account' }
  | { readonly name: 'problem-report' }
  | { readonly name: 'diagnostics' }
  | { readonly name: 'settings' };

export type ScreenName = Screen['name'];

interface Navigation {
  readonly screen: Screen;
  readonly past: readonly Screen[];
}

const HISTORY_DEPTH = 50;

export const useNavigation = create<Navigation>(() => ({ screen: { name: 'home' }, past: [] }));

export function navigate(screen: Screen): void {
  useNavigation.setState((state) => ({ screen, past: [...state.past, state.screen].slice(-HISTORY_DEPTH) }));
}

/** Returns to the screen before, or does nothing on the first. */
export function goBack(): void {
  useNavigation.setState((state) => {
    const previous = state.past.at(-1);
    return previous ? { screen: previous, past: state.past.slice(0, -1) } : state;
  });
}

/** What another agent looked at is not where the next one starts. */
export function resetNavigation(): void {
  useNavigation.setState({ screen: { name: 'home' }, past: [] });
}

/** Dossier in which the agent is working, when the screen belongs to one. */
export function currentDossierId(screen: Screen): string | null {
  return 'dossierId' in screen ? (screen.dossierId ?? null) : null;
}
