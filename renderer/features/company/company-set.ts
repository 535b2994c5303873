import { identifierFor } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { Answer } from '../../../shared/domain/consultation';
import type { DossierCompany } from '../../../shared/domain/dossier';
import { resourceOf } from '../../../shared/reading';
import { HEAD_OFFICE, headOfficeOf } from './learned-identity';

/** Of the set of a purpose, what one company is asked, and why the rest is not. */
export interface CompanySet {
  readonly callable: readonly Endpoint[];
  /** Of a kind of identifier that the company lacks. */
  readonly withoutIdentifier: readonly Endpoint[];
  /** Another call of the set brings the same. */
  readonly repeated: readonly Endpoint[];
}

const ESTABLISHMENT = 'insee/sirene/etablissements';

type KnownAnswer = Pick<Answer, 'endpointId' | 'data'>;
type AskedCompany = Pick<DossierCompany, 'identifier' | 'siret' | 'isHeadOffice'>;

/**
 * The head office is asked by its SIREN and an establishment by its SIRET: two endpoints with one schema
 * (API Entreprise, OpenAPI). Where the dossier's establishment is the head office, the second would cost a
 * call for the same fields. The first is kept: it also tells when the head office has moved.
 */
export function companySet(wanted: readonly Endpoint[], company: AskedCompany, answers: readonly KnownAnswer[]): CompanySet {
  const withoutIdentifier = wanted.filter((endpoint) => identifierFor(endpoint, company) === null);
  const askable = wanted.filter((endpoint) => !withoutIdentifier.includes(endpoint));
  const asksHeadOffice = askable.some(({ path }) => resourceOf(path) === HEAD_OFFICE);
  const repeated = asksHeadOffice && isAtHeadOffice(company, answers) ? askable.filter(({ path }) => resourceOf(path) === ESTABLISHMENT) : [];
  return { callable: askable.filter((endpoint) => !repeated.includes(endpoint)), withoutIdentifier, repeated };
}

/** The register's answer, once there is one; until then, what the directory said. */
function isAtHeadOffice({ siret, isHeadOffice }: AskedCompany, answers: readonly KnownAnswer[]): boolean {
  const headOffice = headOfficeOf(answers);
  return headOffice === null ? isHeadOffice : headOffice === siret;
}
