import { type Batch, type BatchOutlook, type BatchProgress, type BatchWait, doneCount } from '../../shared/domain/batch';
import type { Host } from '../host';
import type { Clock } from '../storage/clock';
import type { EngineDeps } from './run/engine';

export interface ProgressDeps extends Pick<Host, 'showProgress' | 'notifyUser' | 'keepAwake'> {
  readonly clock: Clock;
  readonly notify: (progress: BatchProgress) => void;
  /** Whether the agent at the screen may know of the run. */
  readonly isShown: (batch: Batch) => boolean;
  readonly outlookOf: (batch: Batch, waits: readonly BatchWait[]) => BatchOutlook;
}

const AT_MOST_EVERY_MS = 500;

/** Tells the window, the task bar, the system; keeps the machine awake while something runs, and not otherwise. */
export function createProgress(deps: ProgressDeps): Pick<EngineDeps, 'onChange' | 'onActivity' | 'onEnd'> {
  const lastTold = new Map<string, { readonly at: number; readonly state: Batch['state']; readonly waits: string }>();
  return {
    onChange: (batch, waiting) => {
      const now = deps.clock.monotonic();
      const last = lastTold.get(batch.id);
      const waits = JSON.stringify(waiting);
      const isNews = last?.state !== batch.state || last.waits !== waits || batch.state !== 'running';
      if (!isNews && now - last.at < AT_MOST_EVERY_MS) return;
      lastTold.set(batch.id, { at: now, state: batch.state, waits });
      if (!deps.isShown(batch)) return;
      const { id: batchId, state, pauseReason, pauseMessage, counts } = batch;
      deps.notify({ batchId, state, pauseReason, pauseMessage, counts, ...deps.outlookOf(batch, waiting) });
    },
    onActivity: (running) => {
      deps.keepAwake(running.length > 0);
      const total = running.reduce((sum, { counts }) => sum + counts.total, 0);
      deps.showProgress(total === 0 ? null : running.reduce((sum, { counts }) => sum + doneCount(counts), 0) / total);
    },
    // On a locked screen anybody may read it: neither title nor company.
    onEnd: ({ counts }) => {
      lastTold.clear();
      const failures = counts.failed + counts.refused + counts.unknown;
      const rest = failures === 0 ? 'Tous les appels ont abouti.' : `${failures} appels n’ont pas abouti.`;
      deps.notifyUser({ title: 'Instruire : un lot est terminé', body: `${counts.total} appels. ${rest}` });
    },
  };
}
