export { ExportDossier } from './export-dossier';
