import type { Siren, Siret } from './identifiers';

/** A line of the open search (API Recherche d'entreprises): free, without quota and without trace. */
export interface CompanyMatch {
  readonly siren: Siren;
  readonly name: string;
  readonly headOfficeSiret: Siret | null;
  readonly address: string;
  readonly town: string | null;
  readonly postcode: string | null;
  /** Main activity in NAF 2008: `43.32A`. */
  readonly activity: string | null;
  readonly legalForm: string | null;
  /** Code of the headcount band (Insee); null when it is not told. */
  readonly headcountBand: string | null;
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
  /** Letter of the NAF section, `F` for construction. */
  readonly section?: string | undefined;
  readonly state?: 'active' | 'ceased' | undefined;
  readonly associationsOnly?: boolean | undefined;
  readonly soleTradersOnly?: boolean | undefined;
  readonly directorName?: string | undefined;
  readonly directorFirstName?: string | undefined;
}

export interface CompanySearchPage {
  readonly matches: readonly CompanyMatch[];
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
}

/** A company that an agent looked at, in a dossier that is still open to him. */
export interface RecentCompany {
  readonly dossierId: string;
  readonly dossierTitle: string;
  readonly identifier: string;
  readonly siret: Siret | null;
  readonly name: string;
  /** ISO 8601 UTC. */
  readonly openedAt: string;
}
