import { type Checked, invalid, valid } from './checked';

export type Siren = string & { readonly brand: 'Siren' };
export type Siret = string & { readonly brand: 'Siret' };
export type Rna = string & { readonly brand: 'Rna' };
export type Eori = string & { readonly brand: 'Eori' };

/** What can designate a company or an association in a call. */
export type IdentifierKind = 'siren' | 'siret' | 'rna' | 'eori';

/** La Poste's establishments do not follow Luhn (API Entreprise SDK specification, §4.1). */
const LA_POSTE_SIREN = '356000000';
/** Spaces of every kind, dots, dashes, slashes: what people and word processors put between groups. */
const SEPARATORS = /[\s\u00a0\u202f\u200b\ufeff.\u2010-\u2015\u2212/_-]/g;

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

/** An identifier without what separates its groups. */
export function compacted(text: string): string {
  return text.replace(SEPARATORS, '');
}

/** Reads a SIREN in any usual form (spaces, dots); the message names what is wrong. */
export function parseSiren(text: string): Checked<Siren> {
  const digits = compacted(text);
  const problem = digitsProblem(digits, 9, 'SIREN');
  if (problem) return invalid(problem);
  if (!isLuhnValid(digits)) {
    return invalid('Ce SIREN ne passe pas le contrôle de validité (clé de Luhn) : vérifiez les chiffres saisis.');
  }
  return valid(digits as Siren);
}

/** Reads a SIRET in any usual form; accepts La Poste's establishments, which do not follow Luhn. */
export function parseSiret(text: string): Checked<Siret> {
  const digits = compacted(text);
  const problem = digitsProblem(digits, 14, 'SIRET');
  if (problem) return invalid(problem);
  if (!digits.startsWith(LA_POSTE_SIREN) && !isLuhnValid(digits)) {
    return invalid('Ce SIRET ne passe pas le contrôle de validité (clé de Luhn) : vérifiez les chiffres saisis.');
  }
  return valid(digits as Siret);
}

function digitsProblem(digits: string, length: number, name: string): string | undefined {
  if (digits === '') return `Saisissez un ${name} : ${length} chiffres.`;
  if (!/^\d+$/.test(digits)) return `Un ${name} ne contient que des chiffres (${length} chiffres, espaces permis).`;
  if (digits.length !== length) {
    return `Un ${name} compte ${length} chiffres ; vous en avez saisi ${digits.length}.`;
  }
  return undefined;
}

/** RNA number of an association: W and nine characters, the second of which may be a letter (2A, 2B). */
export function parseRna(text: string): Checked<Rna> {
  const compact = compacted(text).toUpperCase();
  return /^W[0-9A-Z]\d{8}$/.test(compact)
    ? valid(compact as Rna)
    : invalid('Un numéro RNA s’écrit W suivi de neuf chiffres, par exemple W123456789.');
}

/** EORI number issued in France: FR and a SIRET (or a nine-to-fifteen character code). */
export function parseEori(text: string): Checked<Eori> {
  const compact = compacted(text).toUpperCase();
  return /^[A-Z]{2}[0-9A-Z]{1,15}$/.test(compact)
    ? valid(compact as Eori)
    : invalid('Un numéro EORI s’écrit avec le code du pays puis au plus quinze caractères, par exemple FR suivi du SIRET.');
}

export function sirenOf(siret: Siret): Siren {
  return siret.slice(0, 9) as Siren;
}

/** French VAT number computed from the SIREN (key = (12 + 3 × (SIREN mod 97)) mod 97). */
export function vatNumberOf(siren: Siren): string {
  return `FR${String(vatKeyOf(siren)).padStart(2, '0')}${siren}`;
}

function vatKeyOf(siren: string): number {
  return (12 + 3 * (Number(siren) % 97)) % 97;
}

/** Signs of a key with letters, in the order that gives their worth: O and I look like figures and are left out. */
const VAT_KEY_SIGNS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * Whether a key of two signs, one of them a letter, is that of this SIREN. Rule that the European
 * Commission publishes for French numbers of the newer kind.
 */
function isLetteredVatKey(key: string, siren: string): boolean {
  const [first = 0, second = 0] = [...key].map((sign) => VAT_KEY_SIGNS.indexOf(sign));
  const worth = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
  return (Number(siren) + 1 + Math.floor(worth / 11)) % 11 === worth % 11;
}

/** SIREN of a French VAT number, with or without its FR, once its key, of figures or with letters, is checked against it. */
export function parseVatNumber(text: string): Checked<Siren> {
  const parts = /^(?:FR)?([0-9A-HJ-NP-Z]{2})(\d{9})$/.exec(compacted(text).toUpperCase());
  const key = parts?.[1];
  if (!parts?.[2] || key === undefined) return invalid('Un numéro de TVA français s’écrit FR, une clé de deux signes, puis les neuf chiffres du SIREN.');
  const siren = parseSiren(parts[2]);
  if (!siren.ok) return invalid('Les neuf derniers chiffres de ce numéro de TVA ne forment pas un SIREN valide\u00a0: vérifiez la saisie.');
  const isRight = /^\d{2}$/.test(key) ? Number(key) === vatKeyOf(siren.value) : isLetteredVatKey(key, siren.value);
  if (!isRight) {
    return invalid(`La clé ${key} de ce numéro de TVA ne correspond pas au SIREN ${formatIdentifier(siren.value)}\u00a0: vérifiez la saisie.`);
  }
  return siren;
}

/** 9 or 14 digits grouped as the French write them: 123 456 789 00012, with no-break spaces. */
export function formatIdentifier(value: string): string {
  const match = /^(\d{3})(\d{3})(\d{3})(\d{5})?$/.exec(value);
  if (!match) return value;
  return match.slice(1).filter(Boolean).join('\u00a0');
}
