export { DeleteDossier } from './delete-dossier';
