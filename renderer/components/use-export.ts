import { useEffect, useState } from 'react';

import type { ChannelName, EventName } from '../../shared/ipc';
import { callMain, onMain } from '../app/bridge';
import { showDone, showFailure } from './toasts';

/** How far an export is, in the unit of what it takes out: lines, files or bytes; `total` is 0 until it is known. */
export interface ExportProgress {
  readonly exportId: string;
  readonly written: number;
  readonly total: number;
}

/** What to say of a finished export. */
export interface ExportResult {
  readonly title: string;
  readonly message: string;
}

export interface Exporting {
  readonly progress: ExportProgress | null;
  /** `write` asks main for the file under this id; null when the agent closed the dialog or cancelled. */
  readonly start: (write: (exportId: string) => Promise<ExportResult | null>) => void;
  readonly cancel: () => void;
}

interface Channels {
  readonly progress: Extract<EventName, `${string}.exportProgress`>;
  readonly cancel: Extract<ChannelName, `${string}.cancelExport`>;
}

/** One export at a time, from the choice of a format to the path of its file. */
export function useExport({ progress: progressEvent, cancel: cancelChannel }: Channels): Exporting {
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  useEffect(
    () => onMain(progressEvent, (next) => setProgress((before) => (before?.exportId === next.exportId ? next : before))),
    [progressEvent],
  );
  const run = async (write: (exportId: string) => Promise<ExportResult | null>): Promise<void> => {
    const exportId = crypto.randomUUID();
    setProgress({ exportId, written: 0, total: 0 });
    try {
      const result = await write(exportId);
      if (result) showDone(result.title, result.message);
    } catch (error) {
      showFailure(error);
    } finally {
      setProgress(null);
    }
  };
  return {
    progress,
    start: (write) => void run(write),
    cancel: () => {
      if (progress) void callMain(cancelChannel, { exportId: progress.exportId }).catch(showFailure);
    },
  };
}

/** Where the file is, and the start of its digest, which the history holds in full. */
export function tracedFile({ path, sha256 }: { readonly path: string; readonly sha256: string }): string {
  return `${path} — empreinte ${sha256.slice(0, 12)}…, inscrite dans l’historique.`;
}
