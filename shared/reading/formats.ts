import type { JsonPrimitive } from '../domain/json';
import { plainText } from '../domain/plain-text';
import { readDate } from './dates';
import { type EnumName, enumText } from './enums';
import { durationText, eurosText, nafText, numberText, percentText, sirenText, siretText } from './numbers';

/** How the value of a field is written. */
export type Format =
  | 'text'
  | 'date'
  | 'euros'
  | 'number'
  | 'percent'
  | 'yes_no'
  | 'siren'
  | 'siret'
  | 'naf'
  | 'duration'
  | { readonly enum: EnumName };

export const NOT_COMMUNICATED = 'non communiqué';

const readers: Readonly<Record<Exclude<Format, object>, (value: JsonPrimitive) => string | undefined>> = {
  text: () => undefined,
  date: readDate,
  euros: eurosText,
  number: numberText,
  percent: percentText,
  yes_no: () => undefined,
  siren: sirenText,
  siret: siretText,
  naf: nafText,
  duration: durationText,
};

/**
 * Writes a value for the screen. Null is « non communiqué », never 0 or « non »; a value that the
 * format cannot read is shown as it came.
 */
export function formatValue(value: JsonPrimitive, format: Format): string {
  if (value === null || isBlank(value)) return NOT_COMMUNICATED;
  if (typeof value === 'boolean') return value ? 'Oui' : 'Non';
  if (typeof format === 'object') return enumText(format.enum, plainText(String(value)));
  return readers[format](value) ?? plainText(String(value));
}

/** Spaces alone say nothing. */
export function isBlank(value: JsonPrimitive): boolean {
  return typeof value === 'string' && value.trim() === '';
}

const dateKey = /(?:^|_)(?:date|timestamp)(?:_|$)/;
const moneyKey = /^montant|_montant|^total_(?:charges|produits|resultat)|chiffre_affaires/;

/** Format of a field that no reader knows, from its name and its value. */
export function guessFormat(key: string, value: JsonPrimitive): Format {
  if (key === 'siren') return 'siren';
  if (key === 'siret' || key.startsWith('siret_')) return 'siret';
  if (dateKey.test(key)) return 'date';
  if (key.endsWith('expires_in')) return 'duration';
  if (moneyKey.test(key)) return 'euros';
  return typeof value === 'number' && !/(?:^|_)(?:code|annee|numero|id)/.test(key) ? 'number' : 'text';
}
