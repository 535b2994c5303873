import { type Checked, invalid, valid } from './checked';
import { compacted, formatIdentifier, parseEori, parseRna, parseSiren, parseSiret, parseVatNumber, type Siret, sirenOf } from './identifiers';

/** The company that a pasted number designates. */
export interface TypedIdentifier {
  /** SIREN, or RNA number of an association. */
  readonly identifier: string;
  readonly siret: Siret | null;
  /** What was understood, as a sentence for the agent. */
  readonly understood: string;
}

/** What the typed text is: a name to search, or an identifier, right or wrong. */
export type TypedSearch =
  | { readonly kind: 'too_short' }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'identifier'; readonly checked: Checked<TypedIdentifier> };

const NAME_MIN_LENGTH = 3;
/** More digits than a name holds: a number, even with a slip in it. */
const FEWEST_DIGITS = 7;
const MOST_SLIPS = 2;

/** Words that are pasted along with a number: « SIREN : », « N° TVA intracommunautaire », « RCS Dijon B ». */
const LABEL = /^(?:n°|nº|num[ée]ro)?\s*(?:de\s+|d['’]\s*)?(?:siren|siret|rna|eori|tva(?:\s+intra(?:com(?:munautaire|\.)?|\.)?)?|r\.?c\.?s\.?(?:\s+[\p{L}'’ -]+?)?(?:\s+[a-d])?)\s*(?:n°|nº)?\s*[:=]?\s*(?=(?:FR|W)?[\s\d])/iu;

/** Town of the register, which letterheads write after the number: « 299 028 209 RCS Dijon ». */
const REGISTER_AFTER = /(?<=\d{3})\s+r\.?c\.?s\.?(?:\s+[\p{L}'’ -]+)?$/iu;
/** What a selection takes along from the sentence or the table around a number. */
const AROUND = /^[\s([«"']+|(?<![\s)\]»"',;:.])[\s)\]»"',;:.]+$/gu;

/** Reads what an agent types or pastes, in any usual form. Pure and total. */
export function readTypedSearch(text: string): TypedSearch {
  // One space between words: the label’s own spaces are then read in one way only.
  const trimmed = text.trim().replace(/\s+/g, ' ');
  const number = compacted(trimmed.replace(AROUND, '').replace(REGISTER_AFTER, '').replace(LABEL, '')).toUpperCase();
  const reader = readers.find(({ shape }) => shape.test(number));
  if (reader) return { kind: 'identifier', checked: reader.read(number) };
  if (compacted(trimmed).length < NAME_MIN_LENGTH) return { kind: 'too_short' };
  // A few letters among many digits are a slip in an identifier, not a name.
  const letters = number.replace(/\d/g, '').length;
  if (letters === 0 || (number.length - letters >= FEWEST_DIGITS && letters <= MOST_SLIPS)) return { kind: 'identifier', checked: readDigits(number) };
  return { kind: 'name', text: trimmed };
}

interface Reader {
  readonly shape: RegExp;
  readonly read: (number: string) => Checked<TypedIdentifier>;
}

const readers: readonly Reader[] = [
  { shape: /^W[\dA-Z]\d{4,}$/, read: readRna },
  { shape: /^FR[\dA-Z]{2}\d{9}$/, read: readVatNumber },
  { shape: /^FR\d{9}(\d{5})?$/, read: (number) => (number.length === 11 ? readDigits(number.slice(2)) : readFrenchEori(number)) },
  { shape: /^FR[\dA-Z]?\d{6,}[\dA-Z]*$/, read: misshapenFrench },
  // Letters around the figures, as some countries write them (AT, ES, IE); never so few figures that a name and a postcode are taken for one.
  { shape: /^[A-Z]{2}(?:[A-Z]|EOS)?\d{7,15}[A-Z]{0,2}$/, read: readForeign },
];

function readRna(number: string): Checked<TypedIdentifier> {
  const rna = parseRna(number);
  return rna.ok ? valid({ identifier: rna.value, siret: null, understood: `Association au numéro RNA ${rna.value}.` }) : rna;
}

function readVatNumber(number: string): Checked<TypedIdentifier> {
  const siren = parseVatNumber(number);
  if (!siren.ok) return siren;
  return valid({ identifier: siren.value, siret: null, understood: `Numéro de TVA, clé vérifiée : SIREN ${formatIdentifier(siren.value)}.` });
}

function readFrenchEori(number: string): Checked<TypedIdentifier> {
  const siret = parseSiret(number.slice(2));
  if (!siret.ok) return invalid('Un numéro EORI délivré en France est FR suivi d’un SIRET ; celui-ci ne passe pas le contrôle de validité : vérifiez la saisie.');
  return valid({ ...establishment(siret.value), understood: `Numéro EORI : SIRET ${formatIdentifier(siret.value)}.` });
}

function misshapenFrench(number: string): Checked<never> {
  return invalid(`Après FR, un numéro de TVA compte 11 signes et un numéro EORI 14 chiffres ; vous en avez saisi ${number.length - 2}.`);
}

function readForeign(number: string): Checked<never> {
  const eori = parseEori(number);
  return eori.ok
    ? invalid('Ce numéro EORI est délivré hors de France : un dossier ne reçoit que ce qui porte un SIREN ou un RNA, car API Entreprise n’apprend rien d’autre d’une entreprise qui n’a que lui. Cherchez par son nom un établissement qu’elle aurait en France ; sinon, vérifiez ce numéro auprès de la Commission européenne.')
    : eori;
}

function readDigits(number: string): Checked<TypedIdentifier> {
  if (!/^\d+$/.test(number)) return invalid('Un SIREN ou un SIRET ne contient que des chiffres : vérifiez les lettres saisies.');
  if (number.length === 14) {
    const siret = parseSiret(number);
    return siret.ok ? valid({ ...establishment(siret.value), understood: `SIRET ${formatIdentifier(siret.value)}.` }) : siret;
  }
  if (number.length === 9) {
    const siren = parseSiren(number);
    return siren.ok ? valid({ identifier: siren.value, siret: null, understood: `SIREN ${formatIdentifier(siren.value)}.` }) : siren;
  }
  if (number.length === 11 && parseVatNumber(number).ok) return readVatNumber(number);
  return invalid(`Un SIREN compte 9 chiffres et un SIRET 14 ; vous en avez saisi ${number.length}.`);
}

function establishment(siret: Siret): Pick<TypedIdentifier, 'identifier' | 'siret'> {
  return { identifier: sirenOf(siret), siret };
}
