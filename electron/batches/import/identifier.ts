import type { ImportRole } from '../../../shared/domain/batch';
import { type Checked, invalid, valid } from '../../../shared/domain/checked';
import { compacted, parseRna, parseSiren, parseSiret, parseVatNumber, type Rna, type Siren, type Siret, sirenOf } from '../../../shared/domain/identifiers';

export type IdentifierRole = Extract<ImportRole, 'siren' | 'siret' | 'rna' | 'identifier'>;

/** What one cell designates, and what was mended to read it. */
export interface ReadIdentifier {
  readonly siren: Siren | null;
  readonly siret: Siret | null;
  readonly rna: Rna | null;
  /** A French sentence; null when it was read as written. */
  readonly note: string | null;
  readonly isZeroRestored: boolean;
}

const NOTHING = { siren: null, siret: null, rna: null, note: null, isZeroRestored: false } as const;
/** A number may begin with three zeros (000 325 175), and a spreadsheet eats them all. */
const MAX_EATEN_ZEROS = 3;
const LENGTHS = { siren: 9, siret: 14 } as const;
const ABSENT = /^(?:-+|n[./]?[acds]\.?|néant|neant|nc|inconnu|sans|aucun)$/i;

/** Nothing written, or written to say that there is nothing. */
export function isAbsent(cell: string): boolean {
  return cell === '' || ABSENT.test(cell);
}

/**
 * Reads an identifier as people and spreadsheets write it: groups, « FR » of the VAT number, `="…"`, an apostrophe,
 * leading zeros eaten. Digits that are lost are said lost, never guessed.
 */
export function readIdentifier(written: string, role: IdentifierRole): Checked<ReadIdentifier> {
  const cell = unwrapped(written);
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/i.test(cell)) return readScientific(cell, role);
  const compact = compacted(withoutDecimals(cell)).toUpperCase();
  if (compact.startsWith('W')) return map(parseRna(compact), (rna) => ({ ...NOTHING, rna }));
  if (compact.startsWith('FR')) return readVatNumber(compact);
  if (role === 'rna') return map(parseRna(compact), (rna) => ({ ...NOTHING, rna }));
  return readDigits(compact, role);
}

function unwrapped(written: string): string {
  const text = written.trim();
  return /^="?([^"]*)"?$/.exec(text)?.[1] ?? text.replace(/^['’]/, '');
}

/** `732829320.0` is what programs write of a whole number. */
function withoutDecimals(cell: string): string {
  return /^(\d+)[.,]0{1,2}$/.exec(cell)?.[1] ?? cell;
}

function readDigits(compact: string, role: IdentifierRole): Checked<ReadIdentifier> {
  const siret = role === 'siren' ? null : parseSiret(compact);
  if (siret?.ok) return valid(ofSiret(siret.value));
  const siren = parseSiren(compact);
  if (siren.ok) return valid({ ...NOTHING, siren: siren.value, note: role === 'siret' ? 'SIREN lu dans la colonne des SIRET.' : null });
  const whole = parseSiret(compact);
  if (whole.ok) return valid({ ...ofSiret(whole.value), note: 'SIRET lu dans la colonne des SIREN.' });
  const restored = withZeros(compact, role);
  if (restored) return valid(restored);
  return isLongNumber(compact) || role === 'siret' ? invalid(siret && !siret.ok ? siret.message : siren.message) : siren;
}

/** Beyond a SIREN's digits, the trouble to tell is a SIRET's. */
function isLongNumber(compact: string): boolean {
  return compact.length > LENGTHS.siren;
}

function ofSiret(siret: Siret): ReadIdentifier {
  // The official test data hold SIRET whose first nine digits are no SIREN.
  const siren = parseSiren(sirenOf(siret));
  return { ...NOTHING, siret, siren: siren.ok ? siren.value : null };
}

/** The number once its leading zeros are back, when the key then agrees; null when it does not. */
function withZeros(compact: string, role: IdentifierRole): ReadIdentifier | null {
  for (const kind of ['siret', 'siren'] as const) {
    const missing = LENGTHS[kind] - compact.length;
    if (!/^\d+$/.test(compact) || missing < 1 || missing > MAX_EATEN_ZEROS || (role !== 'identifier' && role !== kind)) continue;
    const padded = compact.padStart(LENGTHS[kind], '0');
    const zeros = missing === 1 ? 'Zéro de tête rétabli' : `${missing} zéros de tête rétablis`;
    const restored = { note: `${zeros}\u00a0: ${compact} lu ${padded}.`, isZeroRestored: true };
    const siret = kind === 'siret' ? parseSiret(padded) : null;
    if (siret?.ok) return { ...ofSiret(siret.value), ...restored };
    const siren = kind === 'siren' ? parseSiren(padded) : null;
    if (siren?.ok) return { ...NOTHING, siren: siren.value, ...restored };
  }
  return null;
}

function readVatNumber(compact: string): Checked<ReadIdentifier> {
  return map(parseVatNumber(compact), (siren) => ({ ...NOTHING, siren, note: 'SIREN tiré du numéro de TVA.' }));
}

/** Every digit is there only when the mantissa has them all. */
function readScientific(cell: string, role: IdentifierRole): Checked<ReadIdentifier> {
  const [mantissa = '', exponent = ''] = cell.toLowerCase().split('e');
  const [units = '', decimals = ''] = mantissa.split(/[.,]/);
  const isWhole = units.length === 1 && decimals.length === Number(exponent);
  if (isWhole) return readDigits(units + decimals, role);
  return invalid(`Le tableur a réduit ce numéro à « ${cell} »\u00a0: ses derniers chiffres sont perdus. Mettez la colonne au format Texte, puis saisissez-le à nouveau.`);
}

function map<T>(checked: Checked<T>, make: (value: T) => ReadIdentifier): Checked<ReadIdentifier> {
  return checked.ok ? valid(make(checked.value)) : checked;
}
