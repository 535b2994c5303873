import type { Siret } from '../../../shared/domain/identifiers';

/** The company that an agent designated. */
export interface CompanyChoice {
  /** SIREN, or RNA number of an association without one. */
  readonly identifier: string;
  readonly siret: Siret | null;
  /** What the directory says of `siret`; undefined when it says nothing. */
  readonly isHeadOffice?: boolean;
  readonly name: string;
}
