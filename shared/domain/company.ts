import type { Siren, Siret } from './identifiers';

/** A line of the open search (API Recherche d'entreprises): free, without quota and without trace. */
export interface CompanyMatch {
  readonly siren: Siren;
  readonly name: string;
  readonly headOfficeSiret: Siret | null;
  readonly address: string;
  readonly activity: string | null;
  readonly legalForm: string | null;
  readonly isActive: boolean;
  readonly isAssociation: boolean;
  readonly createdOn: string | null;
}

/** Bounds of a search; all of them hold at once. */
export interface CompanySearchFilters {
  readonly postcode?: string | undefined;
  /** Two characters (`35`, `2A`), three overseas (`974`). */
  readonly department?: string | undefined;
  /** Main activity in NAF, with its dot: `43.32A`. */
  readonly activity?: string | undefined;
  readonly state?: 'active' | 'ceased' | undefined;
  readonly associationsOnly?: boolean | undefined;
}

export interface CompanySearchPage {
  readonly matches: readonly CompanyMatch[];
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
}
