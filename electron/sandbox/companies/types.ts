/** Day as written by most providers: YYYY-MM-DD. */
export type IsoDay = string;

export interface CodeAndLabel {
  readonly code: string;
  readonly label: string;
}

export interface Address {
  readonly number: string;
  /** In capitals, as Insee writes it: RUE, AVENUE… */
  readonly wayType: string;
  readonly wayName: string;
  readonly postcode: string;
  readonly communeCode: string;
  readonly commune: string;
}

export interface Establishment {
  readonly siret: string;
  readonly isHeadOffice: boolean;
  readonly sign: string | null;
  readonly address: Address;
  readonly openedOn: IsoDay;
  readonly closedOn: IsoDay | null;
}

export interface Director {
  readonly firstName: string;
  readonly lastName: string;
  readonly sex: 'M' | 'F';
  readonly bornOn: IsoDay;
  readonly birthplace: string;
  readonly role: string;
}

/** One closed financial year, euros. */
export interface FinancialYear {
  readonly closedOn: IsoDay;
  readonly turnover: number;
  readonly netIncome: number;
  readonly equity: number;
  readonly debts: number;
}

export type CompanyKind = 'company' | 'association' | 'natural_person';

/** What sets a company apart from an ordinary one. */
export type Trait =
  | 'partial_diffusion'
  | 'ceased'
  | 'outside_fiscal_perimeter'
  | 'vigilance_refused'
  | 'insolvency'
  | 'duplicate'
  | 'legally_unavailable'
  | 'building'
  | 'public_works'
  | 'agricultural'
  | 'manual_urssaf_analysis'
  | 'subsidiary'
  | 'holding'
  | 'craft'
  | 'training'
  | 'engineering'
  | 'trader'
  | 'no_siren'
  | 'alsace_moselle'
  | 'subsidised';

export interface Sector {
  readonly nafRev2: CodeAndLabel;
  readonly naf2025: CodeAndLabel;
  readonly agreement: { readonly idcc: number; readonly title: string };
}

export interface SandboxCompany {
  /** Null for the association known to the RNA alone. */
  readonly siren: string | null;
  readonly rna: string | null;
  readonly kind: CompanyKind;
  readonly name: string;
  readonly acronym: string | null;
  readonly legalForm: CodeAndLabel;
  readonly sector: Sector;
  readonly createdOn: IsoDay;
  readonly ceasedOn: IsoDay | null;
  readonly category: 'PME' | 'ETI' | null;
  readonly headcount: number;
  readonly capital: number;
  readonly establishments: readonly Establishment[];
  readonly directors: readonly Director[];
  /** Most recent first; empty for an entity that files no accounts. */
  readonly years: readonly FinancialYear[];
  readonly traits: readonly Trait[];
  /** SIREN that Insee replaced by this company's. */
  readonly duplicateSiren: string | null;
  /** One line in French for the demonstration. */
  readonly description: string;
}
