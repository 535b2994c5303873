import { formatIdentifier } from '../domain/identifiers';
import type { JsonPrimitive } from '../domain/json';

const decimal = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 4 });
const wholeEuros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
const eurosAndCents = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });

/** A number sent as a number or as text; undefined when it is neither (null is not zero). */
export function readNumber(value: JsonPrimitive | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^[+-]?\d{1,15}(?:[.,]\d{1,6})?$/.test(value.trim())) return undefined;
  return Number(value.trim().replace(',', '.'));
}

export function numberText(value: JsonPrimitive): string | undefined {
  const number = readNumber(value);
  return number === undefined ? undefined : decimal.format(number);
}

export function eurosText(value: JsonPrimitive): string | undefined {
  const number = readNumber(value);
  if (number === undefined) return undefined;
  return (Number.isInteger(number) ? wholeEuros : eurosAndCents).format(number);
}

export function percentText(value: JsonPrimitive): string | undefined {
  const number = readNumber(value);
  return number === undefined ? undefined : `${decimal.format(number)}\u00a0%`;
}

export function sirenText(value: JsonPrimitive): string | undefined {
  const digits = String(value);
  return /^\d{9}$/.test(digits) ? formatIdentifier(digits) : undefined;
}

export function siretText(value: JsonPrimitive): string | undefined {
  const digits = String(value);
  return /^\d{14}$/.test(digits) ? formatIdentifier(digits) : undefined;
}

/** Activity code with its dot (« 8411Z » and « 84.11Z » are the same), NAF 2008 or NAF 2025. */
export function nafText(value: JsonPrimitive): string | undefined {
  const match = /^(\d{2})\.?(\d{2})\.?([A-Z]{0,2})$/.exec(String(value).trim());
  return match ? `${match[1]}.${match[2]}${match[3]}` : undefined;
}

/** Seconds as words. */
export function durationText(value: JsonPrimitive): string | undefined {
  const seconds = readNumber(value);
  if (seconds === undefined) return undefined;
  if (seconds >= 172_800) return `${decimal.format(Math.round(seconds / 86_400))}\u00a0jours`;
  if (seconds >= 3_600) return `${decimal.format(Math.round(seconds / 3_600))}\u00a0h`;
  return `${decimal.format(Math.round(seconds / 60))}\u00a0min`;
}
