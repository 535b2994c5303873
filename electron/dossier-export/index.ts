export { traceCutExports } from './export-dossier';
export { createGather } from './gather';
export { dossierExportHandlers } from './handlers';
export { createPendingExports, exportsSchema, type PendingExports } from './pending-exports';
