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

export interface CompanySearchPage {
  readonly matches: readonly CompanyMatch[];
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
}
