import type { ImportRole } from '../../../shared/domain/batch';
import type { ReadRow } from '../ports';
import { isIdentifierRole } from './columns';
import { isAbsent, type ReadIdentifier, readIdentifier } from './identifier';
import type { RawRow } from './table';

const MAX_TEXT = 200;
const MAX_NAME = 300;
/** What goes with a call as its object. */
const MAX_OBJECT = 500;

/** One row under the roles of its columns. */
export function readRow(row: RawRow, roles: readonly ImportRole[]): ReadRow {
  const { number, cells } = row;
  const name = valueOf(row, roles, 'name').slice(0, MAX_NAME);
  const object = valueOf(row, roles, 'object');
  const written = cells.filter((cell) => cell !== '').join(' ; ').slice(0, MAX_TEXT);
  const aside = (reason: string): ReadRow => ({ kind: 'aside', aside: { number, text: written, reason, name, object: object.slice(0, MAX_OBJECT) } });
  if (object.length > MAX_OBJECT) return aside(`L’objet de cette ligne dépasse ${MAX_OBJECT} caractères.`);
  const identifiers: ReadIdentifier[] = [];
  for (const [index, role] of roles.entries()) {
    const cell = cells[index] ?? '';
    if (!isIdentifierRole(role) || isAbsent(cell)) continue;
    const read = readIdentifier(cell, role);
    if (!read.ok) return aside(read.message);
    identifiers.push(read.value);
  }
  if (identifiers.length === 0) return aside(name === '' ? 'Aucun identifiant sur cette ligne.' : 'Un nom sans identifiant\u00a0: cherchez l’entreprise pour la retenir.');
  const merged = mergedOf(identifiers);
  if (merged === null) return aside('Les identifiants de cette ligne ne désignent pas la même entreprise.');
  const { isZeroRestored, ...known } = merged;
  return { kind: 'line', line: { number, ...known, name, object }, isZeroRestored };
}

function valueOf({ cells }: RawRow, roles: readonly ImportRole[], role: ImportRole): string {
  const index = roles.indexOf(role);
  const cell = index < 0 ? '' : (cells[index] ?? '');
  return isAbsent(cell) ? '' : cell;
}

/** Null when they contradict each other. */
function mergedOf(identifiers: readonly ReadIdentifier[]): ReadIdentifier | null {
  const only = <K extends 'siren' | 'siret' | 'rna'>(kind: K): readonly NonNullable<ReadIdentifier[K]>[] => [
    ...new Set(identifiers.flatMap((one) => (one[kind] === null ? [] : [one[kind]]))),
  ];
  const [sirens, sirets, rnas] = [only('siren'), only('siret'), only('rna')];
  if ([sirens, sirets, rnas].some(({ length }) => length > 1)) return null;
  const [siren = null] = sirens;
  const [siret = null] = sirets;
  if (siren !== null && siret !== null && !siret.startsWith(siren)) return null;
  const notes = identifiers.flatMap(({ note }) => note ?? []);
  const isZeroRestored = identifiers.some((one) => one.isZeroRestored);
  return { siren, siret, rna: rnas[0] ?? null, note: notes.length > 0 ? notes.join(' ') : null, isZeroRestored };
}
