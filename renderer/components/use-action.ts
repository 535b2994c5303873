import { useState } from 'react';

import { CallError, messageOf } from '../app/bridge';

export interface ActionProblem {
  readonly message: string;
  /** Field of the form concerned, when main names one. */
  readonly field: string | null;
}

export interface Action {
  readonly busy: boolean;
  readonly problem: ActionProblem | null;
  /** Runs one act at a time; a refusal becomes a problem to show beside the button. */
  readonly run: (act: () => Promise<void>) => void;
  readonly forget: () => void;
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ActionProblem | null>(null);
  const perform = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem({ message: messageOf(error), field: error instanceof CallError ? error.data.field : null });
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    problem,
    run: (act) => {
      if (!busy) void perform(act);
    },
    forget: () => setProblem(null),
  };
}
