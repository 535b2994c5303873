import { useRef, useState } from 'react';

import { CHECK_IDS, type CheckId, type CheckResult } from '../../../shared/domain/diagnostics';
import { callMain, messageOf } from '../../app/bridge';
import { useLoaded } from '../../components/use-loaded';
import { spokenVerdict } from './spoken-verdict';

/** Counts as a call: only when asked for by name. */
const COSTS_A_CALL: ReadonlySet<CheckId> = new Set(['token']);

export interface Checks {
  readonly results: Readonly<Partial<Record<CheckId, CheckResult>>>;
  readonly running: CheckId | null;
  /** Checks done of those asked for; null when nothing runs. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly problem: string | null;
  /** Of what was checked here, once it is over; empty before. */
  readonly verdict: string;
  readonly run: (checkId: CheckId) => void;
  readonly runAll: () => void;
  readonly stop: () => void;
}

/** Checks, one after the other: each needs what the one before has shown. */
export function useChecks(): Checks {
  const { value: known } = useLoaded(() => callMain('diagnostics.results', undefined), '');
  const [fresh, setFresh] = useState<Checks['results']>({});
  const [running, setRunning] = useState<CheckId | null>(null);
  const [progress, setProgress] = useState<Checks['progress']>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const runId = useRef<string | null>(null);
  const isStopped = useRef(false);

  async function runEach(checkIds: readonly CheckId[]): Promise<void> {
    isStopped.current = false;
    setProblem(null);
    try {
      for (const [done, checkId] of checkIds.entries()) {
        setProgress({ done, total: checkIds.length });
        setRunning(checkId);
        runId.current = crypto.randomUUID();
        const result = await callMain('diagnostics.run', { runId: runId.current, checkId, habilitationId: null });
        setFresh((before) => ({ ...before, [checkId]: result }));
        if (isStopped.current) break;
      }
    } catch (error) {
      if (!isStopped.current) setProblem(messageOf(error));
    } finally {
      setRunning(null);
      setProgress(null);
    }
  }

  return {
    results: { ...Object.fromEntries((known ?? []).map((result) => [result.checkId, result])), ...fresh },
    ...{ running, progress, problem },
    verdict: running === null ? spokenVerdict(Object.values(fresh)) : '',
    run: (checkId) => void runEach([checkId]),
    runAll: () => void runEach(CHECK_IDS.filter((id) => !COSTS_A_CALL.has(id))),
    stop: () => {
      isStopped.current = true;
      // Nothing to stop any more is no trouble.
      if (runId.current !== null) void callMain('diagnostics.cancel', { runId: runId.current }).catch(() => undefined);
    },
  };
}
