import type { Procedure } from './completeness/lists';
import type { Siret } from './identifiers';
import type { UseCase } from './use-case';

export type DossierState = 'open' | 'closed' | 'archived';

/** What a company is in the dossier. */
export const COMPANY_ROLES = ['candidat', 'mandataire', 'membre', 'sous_traitant', 'beneficiaire'] as const;
export type CompanyRole = (typeof COMPANY_ROLES)[number];

export const companyRoleLabels: Readonly<Record<CompanyRole, string>> = {
  candidat: 'Candidat',
  mandataire: 'Mandataire du groupement',
  membre: 'Membre du groupement',
  sous_traitant: 'Sous-traitant',
  beneficiaire: 'Bénéficiaire',
};

/** What a company added to a dossier is, until the agent says otherwise. */
export function usualRole(useCase: UseCase): CompanyRole {
  return useCase === 'aides_publiques' || useCase === 'subventions_associations' ? 'beneficiaire' : 'candidat';
}

export interface DossierCompany {
  /** SIREN, or RNA number for an association without SIREN. */
  readonly identifier: string;
  /** Head office or the establishment chosen, when known. */
  readonly siret: Siret | null;
  /** The directory said so of `siret` when the company was added; false when nothing is known. */
  readonly isHeadOffice: boolean;
  readonly name: string;
  readonly role: CompanyRole;
  readonly addedAt: string;
}

/** A case file: its justification is entered once and goes with every call. */
export interface Dossier {
  readonly id: string;
  readonly title: string;
  readonly habilitationId: string;
  readonly useCase: UseCase;
  /** Which list of pieces applies; null: none. */
  readonly procedure: Procedure | null;
  readonly context: string;
  readonly recipient: Siret;
  readonly object: string;
  readonly notes: string;
  readonly tags: readonly string[];
  /** ISO date (day), or null. */
  readonly deadline: string | null;
  readonly state: DossierState;
  readonly companies: readonly DossierCompany[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const DOSSIER_SORTS = ['urgency', 'recent', 'title'] as const;
/** Nearest deadline first, last changed first, or by title. */
export type DossierSort = (typeof DOSSIER_SORTS)[number];
