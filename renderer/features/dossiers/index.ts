export { DossierFormDrawer } from './dossier-form';
export { DossierRows } from './dossier-rows';
export { DossierScreen } from './dossier-screen';
export { DossiersScreen } from './dossiers-screen';
export { PieceListsCard } from './piece-lists-card';
