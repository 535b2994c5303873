import type { Handlers } from '../dispatch';
import { IpcFailure } from '../ipc-failure';
import { exportDossier, type ExportDossierDeps } from './export-dossier';

export interface DossierExportHandlerDeps extends ExportDossierDeps {
  readonly onProgress: (exportId: string, written: number, total: number) => void;
}

export function dossierExportHandlers(deps: DossierExportHandlerDeps): Pick<Handlers, 'dossiers.export' | 'dossiers.cancelExport'> {
  const running = new Map<string, { readonly agentId: string; readonly controller: AbortController }>();

  return {
    'dossiers.export': async (request, { session }) => {
      if (running.has(request.exportId)) throw new IpcFailure('conflict', 'Cet export est déjà en cours.');
      const controller = new AbortController();
      running.set(request.exportId, { agentId: session.agent.id, controller });
      try {
        const onProgress = (written: number, total: number) => deps.onProgress(request.exportId, written, total);
        return await exportDossier(deps, session, request, { signal: controller.signal, onProgress });
      } catch (error) {
        if (controller.signal.aborted) return null;
        throw error;
      } finally {
        running.delete(request.exportId);
      }
    },
    'dossiers.cancelExport': ({ exportId }, { session }) => {
      const own = running.get(exportId);
      if (own?.agentId === session.agent.id) own.controller.abort();
      return null;
    },
  };
}
