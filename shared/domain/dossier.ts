import type { Siret } from './identifiers';
import type { UseCase } from './use-case';

export type DossierState = 'open' | 'closed' | 'archived';

export interface DossierCompany {
  /** SIREN, or RNA number for an association without SIREN. */
  readonly identifier: string;
  /** Head office or the establishment chosen, when known. */
  readonly siret: Siret | null;
  readonly name: string;
  readonly addedAt: string;
}

/** A case file: its justification is entered once and goes with every call. */
export interface Dossier {
  readonly id: string;
  readonly title: string;
  readonly habilitationId: string;
  readonly useCase: UseCase;
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
