import type { ImportColumn, ImportRole } from '../../../shared/domain/batch';
import { type IdentifierRole, isAbsent, readIdentifier } from './identifier';
import type { RawRow } from './table';

/** How a table is read: what each column holds, and the line of its headings (0: none). */
export interface Layout {
  readonly columns: readonly ImportColumn[];
  readonly headerNumber: number;
}

/** Lines above the headings, such as a title, that are looked over. */
const HEADER_SEARCH_ROWS = 20;
const SAMPLES = 3;
const MAX_SHOWN_CHARACTERS = 100;
/** Share of a column's values that must read as identifiers for it to be one. */
const IDENTIFIER_SHARE = 0.5;

/** Most telling first; words are without accents, in lower case, single-spaced. */
const headings: readonly { readonly role: ImportRole; readonly pattern: RegExp }[] = [
  { role: 'identifier', pattern: /siren\b.*\bsiret|siret\b.*\bsiren|^identifiants?$|^numero d.identification$|^id entreprise$/ },
  { role: 'siret', pattern: /\bsirets?\b/ },
  { role: 'siren', pattern: /\bsirens?\b/ },
  { role: 'rna', pattern: /\brna\b|\bwaldec\b/ },
  { role: 'name', pattern: /^(?:noms?|raison sociale|denomination.*|entreprises?|societes?|associations?|candidats?|soumissionnaires?|beneficiaires?|titulaires?|fournisseurs?|operateurs?(?: economiques?)?|nom (?:de |du |d.).*|nom commercial|enseigne)$/ },
  { role: 'object', pattern: /^(?:objets?|(?:n.? ?|numero |ref(?:erence)? )?(?:de |du )?(?:marche|dossier|consultation|demande|subvention|aide)s?|references?|ref)$/ },
];

const identifierRoles: readonly ImportRole[] = ['siren', 'siret', 'rna', 'identifier'];

export function isIdentifierRole(role: ImportRole): role is IdentifierRole {
  return identifierRoles.includes(role);
}

/** Columns recognised by their heading, else by what they hold; each role is given once. */
export function layoutOf(rows: readonly RawRow[]): Layout {
  const header = headerOf(rows);
  const body = header ? rows.filter(({ number }) => number > header.number) : rows;
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, index) => {
    const values = body.map(({ cells }) => cells[index] ?? '').filter((value) => !isAbsent(value));
    const heading = header?.cells[index] ?? '';
    return { header: heading || `Colonne ${columnLetters(index)}`, told: roleOfHeading(heading), values };
  });
  const roles = rolesOf(columns);
  return {
    headerNumber: header?.number ?? 0,
    columns: columns.map(({ header: name, values }, index) => ({
      header: name.slice(0, MAX_SHOWN_CHARACTERS),
      role: roles[index] ?? 'ignored',
      samples: values.slice(0, SAMPLES).map((value) => value.slice(0, MAX_SHOWN_CHARACTERS)),
    })),
  };
}

/** The first line with a known heading and no identifier, before any identifier. */
function headerOf(rows: readonly RawRow[]): RawRow | null {
  for (const row of rows.slice(0, HEADER_SEARCH_ROWS)) {
    if (row.cells.some((cell) => readIdentifier(cell, 'identifier').ok)) return null;
    if (row.cells.some((cell) => roleOfHeading(cell) !== null)) return row;
  }
  return null;
}

function roleOfHeading(heading: string): ImportRole | null {
  const words = heading.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase().replace(/[\s_:*]+/g, ' ').trim();
  return headings.find(({ pattern }) => pattern.test(words))?.role ?? null;
}

interface Candidate {
  readonly told: ImportRole | null;
  readonly values: readonly string[];
}

function rolesOf(columns: readonly Candidate[]): readonly ImportRole[] {
  const taken = new Set<ImportRole>();
  const give = (role: ImportRole | null): ImportRole | null => {
    if (role === null || taken.has(role)) return null;
    taken.add(role);
    return role;
  };
  const told = columns.map((column) => give(column.told));
  const hasIdentifier = told.some((role) => role !== null && isIdentifierRole(role));
  const seen = columns.map((column, index) => told[index] ?? (hasIdentifier ? null : give(roleOfValues(column.values))));
  const hasName = taken.has('name');
  return columns.map(({ values }, index) => seen[index] ?? (hasName || !isWords(values) ? 'ignored' : (give('name') ?? 'ignored')));
}

function roleOfValues(values: readonly string[]): ImportRole | null {
  const read = values.flatMap((value) => {
    const one = readIdentifier(value, 'identifier');
    return one.ok ? [one.value] : [];
  });
  if (read.length === 0 || read.length < values.length * IDENTIFIER_SHARE) return null;
  const { length } = read;
  if (read.every(({ siret }) => siret !== null) && length > 1) return 'siret';
  if (read.every(({ rna }) => rna !== null) && length > 1) return 'rna';
  return 'identifier';
}

function isWords(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => /\p{L}{2}/u.test(value));
}

const ALPHABET = 26;

function columnLetters(index: number): string {
  const last = String.fromCharCode('A'.charCodeAt(0) + (index % ALPHABET));
  return index < ALPHABET ? last : columnLetters(Math.floor(index / ALPHABET) - 1) + last;
}
