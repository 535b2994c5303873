import { type Checked, invalid, valid } from '../../../shared/domain/checked';
import { parseRna, parseSiren, parseSiret, type Siret, sirenOf } from '../../../shared/domain/identifiers';

/** The company that an agent designated. */
export interface CompanyChoice {
  /** SIREN, or RNA number of an association without one. */
  readonly identifier: string;
  readonly siret: Siret | null;
  readonly name: string;
}

/** What the typed text is: a name to search, or an identifier, right or wrong. */
export type Reading =
  | { readonly kind: 'too_short' }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'identifier'; readonly checked: Checked<{ readonly identifier: string; readonly siret: Siret | null }> };

const NAME_MIN_LENGTH = 3;

export function readSearch(text: string): Reading {
  const trimmed = text.trim();
  const compact = trimmed.replace(/[\s\u00a0\u202f.-]/g, '');
  if (compact.length < NAME_MIN_LENGTH) return { kind: 'too_short' };
  if (/^w[\da-z]\d{3,}$/i.test(compact)) return { kind: 'identifier', checked: readRna(compact) };
  const digits = compact.replace(/\D/g, '').length;
  // A few letters among many digits are a slip in an identifier, not a name.
  if (/^\d+$/.test(compact) || (digits >= 7 && compact.length - digits <= 2)) return { kind: 'identifier', checked: readNumber(compact) };
  return { kind: 'name', text: trimmed };
}

function readRna(compact: string): Checked<{ identifier: string; siret: null }> {
  const rna = parseRna(compact);
  return rna.ok ? valid({ identifier: rna.value, siret: null }) : rna;
}

function readNumber(compact: string): Checked<{ identifier: string; siret: Siret | null }> {
  if (!/^\d+$/.test(compact)) return invalid('Un SIREN ou un SIRET ne contient que des chiffres : vérifiez les lettres saisies.');
  if (compact.length === 14) {
    const siret = parseSiret(compact);
    return siret.ok ? valid({ identifier: sirenOf(siret.value), siret: siret.value }) : siret;
  }
  if (compact.length === 9) {
    const siren = parseSiren(compact);
    return siren.ok ? valid({ identifier: siren.value, siret: null }) : siren;
  }
  return invalid(`Un SIREN compte 9 chiffres et un SIRET 14 ; vous en avez saisi ${compact.length}.`);
}
