import { isLuhnValid, type IdentifierKind, parseEori, parseRna } from '../../../shared/domain/identifiers';
import { type PlatformCode, platformFailure } from './failure';
import type { Route } from './route';

const FIRST_TAX_YEAR = 2006;

const isSiren = (text: string): boolean => /^\d{9}$/.test(text) && isLuhnValid(text);
const isSiret = (text: string): boolean => /^\d{14}$/.test(text) && (text.startsWith('356000000') || isLuhnValid(text));

const validators: Readonly<Record<IdentifierKind, (text: string) => boolean>> = {
  siren: isSiren,
  siret: isSiret,
  rna: (text) => parseRna(text).ok,
  eori: (text) => parseEori(text).ok,
};

const malformedCodes: Readonly<Record<string, PlatformCode>> = {
  siren: '00301',
  siret: '00302',
  siret_or_rna: '00303',
  siret_or_eori: '00304',
  siren_or_siret_or_rna: '00330',
  siren_or_rna: '00333',
};

/** Presence and validity of `context`, `object`, `recipient` (API Entreprise docs, tracing parameters). */
export function checkTracing(query: URLSearchParams, identifier: string): void {
  const recipient = query.get('recipient') ?? '';
  if (!query.get('context')?.trim()) throw platformFailure('00201');
  if (!query.get('object')?.trim()) throw platformFailure('00202');
  if (!recipient.trim()) throw platformFailure('00203');
  if (!isSiret(recipient)) throw platformFailure('00210');
  if (/^\d+$/.test(identifier) && recipient.slice(0, 9) === identifier.slice(0, 9)) throw platformFailure('00211');
}

/** A route about no company takes none. */
export function checkIdentifier(identifier: string, { identifier: { parameter, kinds } }: Route): void {
  if (kinds.length === 0) return;
  if (!kinds.some((kind) => validators[kind](identifier))) throw platformFailure(malformedCodes[parameter] ?? '00401');
}

/** Year, month, depth and limit, where the route takes them. */
export function checkParameters(parameters: Readonly<Record<string, string>>, query: URLSearchParams, nowMs: number): void {
  const year = parameters['year'] ?? parameters['annee'];
  if (year !== undefined && !isYear(year, nowMs)) throw platformFailure('00307');
  const month = parameters['month'] ?? parameters['mois'];
  if (month !== undefined && !/^(0[1-9]|1[0-2])$/.test(month)) throw platformFailure('00305');
  checkInteger(query.get('profondeur'), 0, 12, '00390');
  checkInteger(query.get('limit'), 1, 1_000, '00313');
}

/** Who pays the taxes of a group, on the fiscal attestation of version 2. */
export function checkTaxSirens(query: URLSearchParams): void {
  for (const [name, code] of [['siren_is', '00311'], ['siren_tva', '00312']] as const) {
    const siren = query.get(name);
    if (siren !== null && !isSiren(siren)) throw platformFailure(code);
  }
}

function isYear(text: string, nowMs: number): boolean {
  const year = Number(text);
  return /^\d{4}$/.test(text) && year >= FIRST_TAX_YEAR && year <= new Date(nowMs).getUTCFullYear();
}

function checkInteger(text: string | null, minimum: number, maximum: number, code: PlatformCode): void {
  if (text === null) return;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < minimum || value > maximum) throw platformFailure(code);
}
