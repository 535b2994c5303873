export { createGather } from './gather';
export { dossierExportHandlers } from './handlers';
