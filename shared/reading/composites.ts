import type { JsonObject, JsonPrimitive } from '../domain/json';
import { readDate } from './dates';
import { enumText } from './enums';
import { isBlank } from './formats';
import { eurosText, nafText, numberText } from './numbers';
import { isPrimitive } from './pointer';

/** Several fields of one object written as one: an address, a name, a code with its label. */
export type Composite = 'address' | 'rcs_address' | 'person' | 'coded' | 'naf' | 'headcount' | 'capital' | 'birth' | 'counted_people' | 'evolution';

export interface Composed {
  readonly text: string;
  /** Keys of the object that the text tells; the others are shown elsewhere. */
  readonly used: readonly string[];
}

/** Present text of a key: undefined for null, blank, and anything but a text or a number. */
function textOf(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function joined(object: JsonObject, keys: readonly string[], separator: string): string | undefined {
  const parts = keys.map((key) => textOf(object, key)).filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(separator);
}

/** The keys that a composite has told: those with a text, and the nulls beside them. */
function told(object: JsonObject, keys: readonly string[]): string[] {
  return keys.filter((key) => {
    const value = object[key];
    return value === null || typeof value === 'number' || typeof value === 'string';
  });
}

function lines(object: JsonObject, groups: readonly (readonly string[])[]): Composed | undefined {
  const text = groups.map((keys) => joined(object, keys, ' ')).filter((line) => line !== undefined).join(', ');
  return text === '' ? undefined : { text, used: told(object, groups.flat()) };
}

const addressLines = [
  ['complement_adresse', 'complement'],
  ['numero_voie', 'numero', 'indice_repetition_voie', 'type_voie', 'libelle_voie', 'voie', 'rue'],
  ['distribution_speciale', 'distribution', 'lieu_dit_hameau'],
  ['code_postal', 'libelle_commune', 'commune', 'ville'],
  ['code_cedex', 'libelle_cedex'],
  ['libelle_commune_etranger', 'libelle_pays_etranger', 'pays'],
] as const;

const rcsAddressLines = [
  ['ligne_1'],
  ['ligne_2'],
  ['numero', 'type', 'voie'],
  ['code_postal', 'localite', 'bureau_distributeur'],
  ['pays'],
] as const;

const personKeys = ['civilite', 'prenom_usuel', 'prenom', 'nom_usage', 'nom_naissance', 'nom', 'nom_patronymique_et_prenoms', 'raison_sociale', 'denomination'] as const;

function person(object: JsonObject): Composed | undefined {
  const usage = textOf(object, 'nom_usage');
  const birth = textOf(object, 'nom_naissance');
  const text =
    usage && birth
      ? [textOf(object, 'prenom_usuel') ?? textOf(object, 'prenom'), usage, `(né(e) ${birth})`].filter(Boolean).join(' ')
      : joined(object, personKeys, ' ');
  if (text === undefined) return undefined;
  const used = usage && birth ? ['prenom_usuel', 'prenom', 'nom_usage', 'nom_naissance'] : personKeys;
  return { text, used: told(object, textOf(object, 'prenom_usuel') && usage && birth ? used.filter((key) => key !== 'prenom') : used) };
}

function coded(object: JsonObject): Composed | undefined {
  const label = joined(object, ['libelle', 'valeur', 'label', 'nom'], ' — ');
  const code = textOf(object, 'code');
  if (label === undefined && code === undefined) return undefined;
  const text = label === undefined ? (code ?? '') : code === undefined ? label : `${label} (${code})`;
  return { text, used: told(object, ['libelle', 'valeur', 'label', 'nom', 'code']) };
}

function naf(object: JsonObject): Composed | undefined {
  const code = textOf(object, 'code');
  const label = textOf(object, 'libelle');
  if (code === undefined && label === undefined) return undefined;
  const nomenclature = textOf(object, 'nomenclature');
  const main = [code === undefined ? undefined : (nafText(code) ?? code), label].filter(Boolean).join(' — ');
  const year = textOf(object, 'annee');
  const suffix = [nomenclature === undefined ? undefined : enumText('activity_nomenclature', nomenclature), year].filter(Boolean).join(', ');
  return { text: suffix === '' ? main : `${main} (${suffix})`, used: told(object, ['code', 'libelle', 'nomenclature', 'annee']) };
}

function headcount(object: JsonObject): Composed | undefined {
  const code = textOf(object, 'code');
  const label = joined(object, ['intitule', 'libelle'], ' — ') ?? (code === undefined ? undefined : enumText('headcount_band', code));
  if (label === undefined) return undefined;
  const year = joined(object, ['date_reference', 'annee'], ' ');
  // The bounds and the code say again what the band says in words.
  const repeated = ['de', 'a'].filter((key) => object[key] === null || typeof object[key] === 'number');
  const used = told(object, ['intitule', 'libelle', 'date_reference', 'annee', 'code']);
  return { text: year === undefined ? label : `${label} (en ${year})`, used: [...used, ...repeated] };
}

/** An amount without a field for its currency is in euros; one whose currency is not told is in none. */
function capital(object: JsonObject): Composed | undefined {
  const amount = object['montant'];
  if (amount === undefined || !isPrimitive(amount) || amount === null) return undefined;
  const code = textOf(object, 'code_devise');
  const name = textOf(object, 'devise');
  const isSilent = code === undefined && name === undefined && ('code_devise' in object || 'devise' in object);
  const isEuros = !isSilent && [code, name].every((word) => word === undefined || /^eur(?:os?)?$/i.test(word));
  const number = isEuros ? eurosText(amount) : numberText(amount);
  if (number === undefined) return undefined;
  return { text: isEuros ? number : [number, name, code].filter(Boolean).join(' '), used: told(object, ['montant', 'devise', 'code_devise']) };
}

function birth(object: JsonObject): Composed | undefined {
  const year = textOf(object, 'annee');
  const month = textOf(object, 'mois');
  if (year === undefined) return undefined;
  const isUsual = /^\d{4}$/.test(year) && month !== undefined && /^\d{1,2}$/.test(month);
  const text = (isUsual ? readDate(`${year}-${month.padStart(2, '0')}`) : undefined) ?? [month, year].filter(Boolean).join(' ');
  return { text, used: told(object, ['annee', 'mois']) };
}

function countedPeople(object: JsonObject): Composed | undefined {
  const labels: Readonly<Record<string, string>> = { total: 'au total', femmes: 'femmes', hommes: 'hommes' };
  const used = Object.keys(labels).filter((key) => typeof object[key] === 'number');
  if (used.length === 0) return undefined;
  return { text: used.map((key) => `${numberText(object[key] as JsonPrimitive)} ${labels[key]}`).join(', '), used };
}

/** A value of the Banque de France with its change since the year before. */
function evolution(object: JsonObject): Composed | undefined {
  const value = object['valeur'];
  if (value === undefined || value === null || !isPrimitive(value) || isBlank(value)) return undefined;
  const change = object['evolution'];
  const text = numberText(value) ?? String(value);
  if (typeof change !== 'number') return { text, used: change === null ? ['valeur', 'evolution'] : ['valeur'] };
  return { text: `${text} (${change > 0 ? '+' : ''}${numberText(change)}\u00a0%)`, used: ['valeur', 'evolution'] };
}

const composers: Readonly<Record<Composite, (object: JsonObject) => Composed | undefined>> = {
  address: (object) => lines(object, addressLines),
  rcs_address: (object) => lines(object, rcsAddressLines),
  person,
  coded,
  naf,
  headcount,
  capital,
  birth,
  counted_people: countedPeople,
  evolution,
};

/** Undefined when the object says nothing that the composite can tell. */
export function compose(kind: Composite, object: JsonObject): Composed | undefined {
  return composers[kind](object);
}
