import { type Checked, invalid, valid } from './checked';

export type Siren = string & { readonly brand: 'Siren' };
export type Siret = string & { readonly brand: 'Siret' };
export type Rna = string & { readonly brand: 'Rna' };
export type Eori = string & { readonly brand: 'Eori' };

/** What can designate a company or an association in a call. */
export type IdentifierKind = 'siren' | 'siret' | 'rna' | 'eori';

/** La Poste's establishments do not follow Luhn (API Entreprise SDK specification, §4.1). */
const LA_POSTE_SIREN = '356000000';
const SEPARATORS = /[\s\u00a0\u202f.-]/g;

/** Luhn sum over the digits, doubling every second one from the right. */
export function isLuhnValid(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighted = index % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** Reads a SIREN in any usual form (spaces, dots); the message names what is wrong. */
export function parseSiren(text: string): Checked<Siren> {
  const digits = text.replace(SEPARATORS, '');
  const problem = digitsProblem(digits, 9, 'SIREN');
  if (problem) return invalid(problem);
  if (!isLuhnValid(digits)) {
    return invalid('Ce SIREN ne passe pas le contrôle de validité (clé de Luhn) : vérifiez les chiffres saisis.');
  }
  return valid(digits as Siren);
}

/** Reads a SIRET in any usual form; accepts La Poste's establishments, which do not follow Luhn. */
export function parseSiret(text: string): Checked<Siret> {
  const digits = text.replace(SEPARATORS, '');
  const problem = digitsProblem(digits, 14, 'SIRET');
  if (problem) return invalid(problem);
  if (!digits.startsWith(LA_POSTE_SIREN) && !isLuhnValid(digits)) {
    return invalid('Ce SIRET ne passe pas le contrôle de validité (clé de Luhn) : vérifiez les chiffres saisis.');
  }
  return valid(digits as Siret);
}

function digitsProblem(digits: string, length: number, name: string): string | undefined {
  if (digits === '') return `Saisissez un ${name} : ${length} chiffres.`;
  if (!/^\d+$/.test(digits)) return `Un ${name} ne contient que des chiffres (${length} chiffres, espaces permis).`;
  if (digits.length !== length) {
    return `Un ${name} compte ${length} chiffres ; vous en avez saisi ${digits.length}.`;
  }
  return undefined;
}

/** RNA number of an association: W and nine characters, the second of which may be a letter (2A, 2B). */
export function parseRna(text: string): Checked<Rna> {
  const compact = text.replace(SEPARATORS, '').toUpperCase();
  return /^W[0-9A-Z]\d{8}$/.test(compact)
    ? valid(compact as Rna)
    : invalid("Un numéro RNA s'écrit W suivi de neuf chiffres, par exemple W123456789.");
}

/** EORI number issued in France: FR and a SIRET (or a nine-to-fifteen character code). */
export function parseEori(text: string): Checked<Eori> {
  const compact = text.replace(SEPARATORS, '').toUpperCase();
  return /^[A-Z]{2}[0-9A-Z]{1,15}$/.test(compact)
    ? valid(compact as Eori)
    : invalid("Un numéro EORI s'écrit avec le code du pays puis au plus quinze caractères, par exemple FR suivi du SIRET.");
}

export function sirenOf(siret: Siret): Siren {
  return siret.slice(0, 9) as Siren;
}

/** French VAT number computed from the SIREN (key = (12 + 3 × (SIREN mod 97)) mod 97). */
export function vatNumberOf(siren: Siren): string {
  const key = (12 + 3 * (Number(siren) % 97)) % 97;
  return `FR${String(key).padStart(2, '0')}${siren}`;
}

/** 9 or 14 digits grouped as the French write them: 123 456 789 00012, with no-break spaces. */
export function formatIdentifier(value: string): string {
  const match = /^(\d{3})(\d{3})(\d{3})(\d{5})?$/.exec(value);
  if (!match) return value;
  return match.slice(1).filter(Boolean).join('\u00a0');
}
