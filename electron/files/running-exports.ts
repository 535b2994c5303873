import { IpcFailure } from '../ipc-failure';

export interface RunningExports {
  /**
   * Runs one export under its id; null once cancelled.
   * @throws {IpcFailure} when this id is already at work.
   */
  run<T>(exportId: string, agentId: string, write: (signal: AbortSignal) => Promise<T>): Promise<T | null>;
  /** Does nothing when the export is over, or another agent's. */
  cancel(exportId: string, agentId: string): void;
}

/** Exports under way, by the id that the window gave them. */
export function createRunningExports(): RunningExports {
  const running = new Map<string, { readonly agentId: string; readonly controller: AbortController }>();
  return {
    async run(exportId, agentId, write) {
      if (running.has(exportId)) throw new IpcFailure('conflict', 'Cet export est déjà en cours : attendez sa fin, ou annulez-le.');
      const controller = new AbortController();
      running.set(exportId, { agentId, controller });
      try {
        return await write(controller.signal);
      } catch (error) {
        if (controller.signal.aborted) return null;
        throw error;
      } finally {
        running.delete(exportId);
      }
    },
    cancel(exportId, agentId) {
      const own = running.get(exportId);
      if (own?.agentId === agentId) own.controller.abort();
    },
  };
}
