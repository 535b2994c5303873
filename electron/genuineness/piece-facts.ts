import { parseSiren, parseSiret, type Siren, type Siret } from '../../shared/domain/identifiers';
import type { PieceKind } from '../../shared/domain/supplied-file';

/** What the text of a document says of itself; each list in the order of the text, without repeats. */
export interface PieceFacts {
  readonly kind: PieceKind | null;
  readonly sirens: readonly Siren[];
  readonly sirets: readonly Siret[];
  /** ISO days. */
  readonly days: readonly string[];
  readonly securityCodes: readonly string[];
}

export function readFacts(text: string): PieceFacts {
  const numbers = identifiersIn(text);
  return {
    kind: kindOf(text),
    ...numbers,
    days: daysIn(text),
    securityCodes: unique([...text.matchAll(SECURITY_CODE)].map(([, code = '']) => code.replace(SPACES, '').toUpperCase())),
  };
}

/** Without case, accents, nor anything but letters and digits: how names are compared. */
export function foldName(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
}

const SPACES = /[\s\u00a0\u202f]+/g;

/** Most telling words first: an attestation also names the register or the fund that it speaks of. */
const kindWords: readonly (readonly [PieceKind, RegExp])[] = [
  ['vigilance', /attestation de vigilance|fourniture des declarations sociales/],
  ['fiscale', /attestation de regularite fiscale|attestation fiscale/],
  ['kbis', /extrait k ?bis|extrait (d immatriculation principale )?(du|au) registre du commerce/],
  ['rne', /registre national des entreprises/],
  ['probtp', /pro ?btp/],
  ['cnetp', /\bcnetp\b/],
  ['cibtp', /\bcibtp\b|conges intemperies btp/],
  ['fntp', /carte professionnelle( de)? travaux publics|\bfntp\b/],
  ['qualibat', /qualibat/],
  ['qualifelec', /qualifelec/],
  ['opqibi', /opqibi/],
  ['rge', /\brge\b|reconnu garant de l environnement/],
  ['msa', /mutualite sociale agricole/],
];

function kindOf(text: string): PieceKind | null {
  const folded = foldName(text);
  return kindWords.find(([, words]) => words.test(folded))?.[0] ?? null;
}

/** Nine or fourteen digits, alone or grouped as they are usually written; what fails the Luhn key is another number. */
const IDENTIFIER = /(?<![\d])\d{3}[ .\u00a0\u202f]?\d{3}[ .\u00a0\u202f]?\d{3}(?:[ .\u00a0\u202f]?\d{5})?(?!\d)/g;

function identifiersIn(text: string): { sirens: Siren[]; sirets: Siret[] } {
  const sirens: Siren[] = [];
  const sirets: Siret[] = [];
  for (const [match] of text.matchAll(IDENTIFIER)) {
    const siret = parseSiret(match);
    const siren = parseSiren(match.replace(/\D/g, '').slice(0, 9));
    if (siret.ok) sirets.push(siret.value);
    if (siren.ok) sirens.push(siren.value);
  }
  return { sirens: unique(sirens), sirets: unique(sirets) };
}

/** The Urssaf prints a code of fifteen letters and digits, sometimes in groups, after these words. */
const SECURITY_CODE = /code de s[ée]curit[ée][^A-Z0-9a-z]{0,5}((?:[A-Z0-9][ \u00a0\u202f]?){14}[A-Z0-9])(?![A-Z0-9])/gi;

const months = ['janvier', 'fevrier', 'mars', 'avril', 'mai', 'juin', 'juillet', 'aout', 'septembre', 'octobre', 'novembre', 'decembre'];
const NUMERIC_DAY = /(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/;
const ISO_DAY = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/;
const WRITTEN_DAY = new RegExp(`(?<!\\d)(\\d{1,2})(?:er)?\\s+(${months.join('|')})\\s+(\\d{4})(?!\\d)`);
const ANY_DAY = new RegExp([NUMERIC_DAY, ISO_DAY, WRITTEN_DAY].map(({ source }) => source).join('|'), 'g');

/** `25/11/2026`, `2026-11-25`, `1er décembre 2026`; a day that no calendar has is left out. */
function daysIn(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return unique(
    [...plain.matchAll(ANY_DAY)].flatMap(([, day, month, year, isoYear, isoMonth, isoDay, writtenDay, name, writtenYear]) => {
      if (year) return realDay(year, month, day);
      if (isoYear) return realDay(isoYear, isoMonth, isoDay);
      return realDay(writtenYear, String(months.indexOf(name ?? '') + 1), writtenDay);
    }),
  );
}

function realDay(year = '', month = '', day = ''): string[] {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(iso) ? [] : [iso];
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
