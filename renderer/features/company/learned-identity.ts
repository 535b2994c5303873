import { findEndpoint } from '../../../shared/catalogue';
import type { Answer } from '../../../shared/domain/consultation';
import type { DossierCompany } from '../../../shared/domain/dossier';
import { compacted, parseSiret, type Siret, sirenOf } from '../../../shared/domain/identifiers';
import { isJsonObject } from '../../../shared/domain/json';
import { resourceOf } from '../../../shared/reading';

/** Resource that tells the head office of a SIREN. */
export const HEAD_OFFICE = 'insee/sirene/unites_legales/siege_social';

type KnownAnswer = Pick<Answer, 'endpointId' | 'data'>;

/** SIRET of the head office as the register tells it; null while it does not. */
export function headOfficeOf(answers: readonly KnownAnswer[]): string | null {
  const told = answers.find(({ endpointId }) => resourceOf(findEndpoint(endpointId)?.path ?? '') === HEAD_OFFICE)?.data;
  const siret = told !== undefined && isJsonObject(told) ? told['siret'] : undefined;
  return typeof siret === 'string' ? siret : null;
}

/** The name that a call told of a company that has only its number for a name; null when there is nothing to take. */
export function learnedName({ identifier, siret, name }: Pick<DossierCompany, 'identifier' | 'siret' | 'name'>, told: string | null): string | null {
  const isNumber = [identifier, siret].includes(compacted(name));
  return isNumber && told !== null && told.trim() !== '' ? told.trim() : null;
}

/** The head office of a company that was added without any establishment: SIRET calls can then be made. */
export function offeredHeadOffice({ identifier, siret }: Pick<DossierCompany, 'identifier' | 'siret'>, answers: readonly KnownAnswer[]): Siret | null {
  const told = parseSiret(headOfficeOf(answers) ?? '');
  return siret === null && told.ok && sirenOf(told.value) === identifier ? told.value : null;
}
