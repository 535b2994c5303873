import { formatIdentifier } from '../../../shared/domain/identifiers';
import { checkRecipient } from '../../../shared/domain/justification';
import type { TypedSearch } from '../../../shared/domain/typed-search';
import type { CompanyChoice } from './company-choice';
import type { CompanyMatch } from './use-company-matches';

export interface Choice {
  readonly choice: CompanyChoice;
  readonly details: string;
  readonly ceased: boolean;
}

/** A right identifier can always be chosen, even when the directory is silent about it. */
export function choicesOf(reading: TypedSearch, matches: readonly CompanyMatch[] | null): readonly Choice[] {
  const typed = reading.kind === 'identifier' && reading.checked.ok ? reading.checked.value : null;
  const found = (matches ?? []).map((match) => ({
    choice: choiceOf(match, typed?.siret ?? null),
    details: [formatIdentifier(match.siren), match.address].filter(Boolean).join(' · '),
    ceased: !match.isActive,
  }));
  if (found.length > 0 || !typed || matches === null) return found;
  const name = formatIdentifier(typed.siret ?? typed.identifier);
  const { identifier, siret } = typed;
  return [{ choice: { identifier, siret, name }, details: 'Absente de l’annuaire ouvert : consulter quand même', ceased: false }];
}

/** The establishment that was typed, else the head office. */
export function choiceOf({ siren, headOfficeSiret, name }: Pick<CompanyMatch, 'siren' | 'headOfficeSiret' | 'name'>, typedSiret: CompanyChoice['siret']): CompanyChoice {
  const siret = typedSiret ?? headOfficeSiret;
  return { identifier: siren, siret, isHeadOffice: siret !== null && siret === headOfficeSiret, name };
}

/** Why the only company found cannot be consulted for this recipient, as a sentence. */
export function refusalOf(choices: readonly Choice[], recipient: string | undefined): string | null {
  const only = choices.length === 1 ? choices[0]?.choice.identifier : undefined;
  if (recipient === undefined || only === undefined) return null;
  const checked = checkRecipient(recipient, only);
  return checked.ok ? null : checked.message;
}

/** What was understood of a number, or what is wrong with it; null for a name. */
export function understoodOf(reading: TypedSearch): { readonly ok: boolean; readonly sentence: string } | null {
  if (reading.kind !== 'identifier') return null;
  return reading.checked.ok ? { ok: true, sentence: reading.checked.value.understood } : { ok: false, sentence: reading.checked.message };
}
