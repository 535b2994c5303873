import type { Handlers } from '../dispatch';
import { createRunningExports } from '../files/running-exports';
import { exportDossier, type ExportDossierDeps } from './export-dossier';

interface DossierExportHandlerDeps extends ExportDossierDeps {
  readonly onProgress: (exportId: string, written: number, total: number) => void;
}

export function dossierExportHandlers(deps: DossierExportHandlerDeps): Pick<Handlers, 'dossiers.export' | 'dossiers.cancelExport'> {
  const running = createRunningExports();
  return {
    'dossiers.export': (request, { session }) =>
      running.run(request.exportId, session.agent.id, (signal) => {
        const onProgress = (written: number, total: number) => deps.onProgress(request.exportId, written, total);
        return exportDossier(deps, session, request, { signal, onProgress });
      }),
    'dossiers.cancelExport': ({ exportId }, { session }) => {
      running.cancel(exportId, session.agent.id);
      return null;
    },
  };
}
