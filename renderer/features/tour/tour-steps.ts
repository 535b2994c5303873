import type { Screen } from '../../app/navigation';

/** The made-up company of the sandbox that the tour looks at. */
export const tourCompany = { identifier: '299028209', siret: null, name: 'ATELIERS DU VALLON BLEU' } as const;
export const tourDossier = { title: 'Visite guidée', object: 'Découverte de l’application', procedure: 'marches_attribution' } as const;

/** What a step points at: the first element of that selector whose text begins so. */
export interface TourTarget {
  readonly selector: string;
  readonly text?: string;
}

interface TourStep {
  readonly title: string;
  readonly text: string;
  /** The screen on which the step takes place, once the dossier of the tour is there. */
  readonly screen: (dossierId: string) => Screen;
  readonly target?: TourTarget;
}

const dossier = (dossierId: string): Screen => ({ name: 'dossier', dossierId });
const company = (dossierId: string): Screen => ({ name: 'company', dossierId, identifier: tourCompany.identifier });

/** From the dossier to the history, on the real screens: nothing here is a picture. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'Le dossier porte la justification',
    text: 'Un dossier d’exemple vient d’être créé dans le bac à sable, avec une entreprise inventée. Son contexte, son destinataire et son objet, saisis une fois, accompagnent chaque consultation.',
    screen: dossier,
    target: { selector: 'h1' },
  },
  {
    title: 'Les entreprises du dossier',
    text: 'Ajoutez une entreprise par son nom, son SIREN ou son SIRET : la recherche est ouverte et ne coûte aucun appel. Ouvrir la ligne d’une entreprise affiche sa fiche.',
    screen: dossier,
    target: { selector: '[aria-label="Entreprises du dossier"]' },
  },
  {
    title: 'La fiche d’une entreprise',
    text: 'Activez « Tout consulter » : Instruire demande chaque donnée que l’objet du dossier justifie, sans jamais dépasser le quota. Au-delà de dix appels, leur coût est montré avant le départ.',
    screen: company,
    target: { selector: 'button', text: 'Tout consulter' },
  },
  {
    title: 'Une attestation',
    text: 'Chaque carte dit d’où vient la réponse et de quand elle date. Une fois la réponse arrivée, « Télécharger » reçoit le document, « Voir » l’ouvre ici ; il reste chiffré sur ce poste.',
    screen: company,
    target: { selector: 'section[aria-busy]', text: 'Attestation fiscale' },
  },
  {
    title: 'Ce qui manque au dossier',
    text: 'La grille confronte les pièces demandées à celles que le dossier a reçues. Chaque case s’ouvre : elle dit pourquoi, et jusqu’à quand la pièce est valable. Le courrier à la structure est prêt.',
    screen: dossier,
    target: { selector: '[aria-label="Pièces par entreprise"]' },
  },
  {
    title: 'Les documents reçus',
    text: 'Tout ce qui a été téléchargé pour le dossier, le plus récent d’abord. Vous y déposez aussi les pièces que la structure a fournies, pour les comparer à la source.',
    screen: (dossierId) => ({ name: 'documents', dossierId }),
    target: { selector: 'h1' },
  },
  {
    title: 'Emporter le dossier',
    text: '« Exporter » écrit une archive des pièces, une grille pour tableur ou les données brutes. L’empreinte de ce qui sort reste dans l’historique.',
    screen: dossier,
    target: { selector: 'button', text: 'Exporter' },
  },
  {
    title: 'L’historique fait foi',
    text: 'Aucun appel ne part sans y être écrit d’abord : qui, quoi, quand, pour quel dossier. Chaque ligne est scellée à la précédente ; l’onglet « Vérifier » le prouve.',
    screen: () => ({ name: 'history' }),
    target: { selector: '[role="tablist"]' },
  },
  {
    title: 'Le quota, sans y penser',
    text: 'Les appels sont comptés par minute et par jeton. Au-delà, ils attendent leur tour ici au lieu d’être refusés là-bas.',
    screen: () => ({ name: 'quota' }),
    target: { selector: 'h1' },
  },
  {
    title: 'À vous',
    text: 'La touche ? montre les raccourcis et rouvre cette visite. Pour passer aux vraies données, « Premiers pas » mène de la demande d’habilitation au premier appel.',
    screen: () => ({ name: 'home' }),
  },
];
