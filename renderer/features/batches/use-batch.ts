import { useCallback, useEffect, useState } from 'react';

import type { Batch, BatchOutlook } from '../../../shared/domain/batch';
import { callMain, messageOf, onMain } from '../../app/bridge';

interface ShownBatch {
  readonly batch: Batch | null;
  readonly outlook: BatchOutlook | null;
  readonly problem: string | null;
  readonly replace: (batch: Batch) => void;
}

/** A run as it goes on: counts come with each news of main, the rest is read again when its state changes. */
export function useBatch(batchId: string): ShownBatch {
  const [batch, setBatch] = useState<Batch | null>(null);
  const [outlook, setOutlook] = useState<BatchOutlook | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback((): void => {
    callMain('batches.get', { id: batchId }).then((now) => {
      setBatch(now);
      setOutlook(now);
    }, (error: unknown) => setProblem(messageOf(error)));
  }, [batchId]);
  useEffect(read, [read]);
  useEffect(
    () =>
      onMain('batches.progress', (progress) => {
        if (progress.batchId !== batchId) return;
        const { state, counts, pauseReason, pauseMessage } = progress;
        setOutlook(progress);
        setBatch((before) => {
          if (before !== null && before.state !== state) read();
          return before && { ...before, state, counts, pauseReason, pauseMessage };
        });
      }),
    [batchId, read],
  );
  return { batch, outlook, problem, replace: setBatch };
}
