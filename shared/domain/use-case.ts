/** Cas d'usage of API Entreprise: the legal frame of a procedure (API Entreprise, pages « cas d'usage »). */
export const USE_CASES = [
  'marches_publics',
  'aides_publiques',
  'subventions_associations',
  'fraude',
  'socle_de_base',
] as const;

export type UseCase = (typeof USE_CASES)[number];

/** How a purpose justifies an endpoint; an unjustified one is not offered. */
export type Relevance = 'indispensable' | 'utile' | 'injustifie';

export const useCaseLabels: Readonly<Record<UseCase, string>> = {
  marches_publics: 'Marchés publics',
  aides_publiques: 'Aides publiques',
  subventions_associations: 'Subventions des associations',
  fraude: 'Lutte contre la fraude',
  socle_de_base: 'Dites-le-nous une fois (socle de base)',
};

/** Context proposed for a purpose; the agent or the habilitation may set another. */
export const useCaseContexts: Readonly<Record<UseCase, string>> = {
  marches_publics: 'Marchés publics',
  aides_publiques: 'Aides publiques',
  subventions_associations: 'Subventions des associations',
  fraude: 'Détection de la fraude',
  socle_de_base: 'Simplification des démarches',
};
