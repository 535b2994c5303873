import type { ScreenName } from './navigation';

/** What the window is called while each screen is shown: read aloud first, and seen in the task bar, so nothing of a dossier is in it. */
export const screenTitles: Readonly<Record<ScreenName, string>> = {
  home: 'Accueil',
  dossiers: 'Dossiers',
  dossier: 'Dossier',
  company: 'Fiche d’une entreprise',
  documents: 'Documents d’un dossier',
  comparison: 'Comparaison à la source',
  retention: 'Fin de conservation',
  search: 'Rechercher',
  'piece-lists': 'Listes de pièces',
  history: 'Historique',
  batches: 'Lots',
  'new-batch': 'Nouveau lot',
  batch: 'Lot',
  quota: 'Quota',
  habilitations: 'Habilitations',
  habilitation: 'Habilitation',
  agents: 'Agents',
  'first-steps': 'Premiers pas',
  account: 'Mon compte',
  'problem-report': 'Signaler un problème',
  diagnostics: 'Diagnostic',
  settings: 'Réglages',
};

export function windowTitle(screen: ScreenName): string {
  return `${screenTitles[screen]} – Instruire`;
}
