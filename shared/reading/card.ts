import type { Answer } from '../domain/consultation';
import { isJsonObject, type JsonPrimitive, type JsonValue } from '../domain/json';
import { buildCharts, type ChartModel } from './charts';
import { compose } from './composites';
import { formatValue, guessFormat, NOT_COMMUNICATED } from './formats';
import { labelOfPath } from './labels';
import { noticesOf, type Notice } from './notices';
import { outcomeOf } from './outcome';
import type { AbsentPeriods } from './periods';
import { bodyRoot, childPointer, isPrimitive, keysOf, type Leaf, leavesOf, valueAt } from './pointer';
import type { EndpointReader, FieldSpec, Outcome, SectionId, TableSpec } from './reader';
import { genericReader, readerOf } from './readers';
import { tableRows } from './table-rows';
import { tablesIn } from './undescribed';

/** A value on screen, with the values of the answer that it tells: nothing is shown without its source. */
export interface Cell {
  readonly label: string;
  readonly text: string;
  /** « Non communiqué »: shown apart, never as zero. */
  readonly missing: boolean;
  readonly sources: readonly Leaf[];
}

export interface TableModel {
  readonly title: string;
  readonly columns: readonly string[];
  /** A cell is null where the row has no such field. */
  readonly rows: readonly (readonly (Cell | null)[])[];
}

/** An answer, ready to be shown. Every leaf of the answer is in a cell of it. */
export interface CardModel {
  readonly section: SectionId;
  readonly outcome: Outcome | null;
  readonly notices: readonly Notice[];
  readonly facts: readonly Cell[];
  readonly fields: readonly Cell[];
  readonly tables: readonly TableModel[];
  readonly charts: readonly ChartModel[];
  /** « Autres champs »: what no reader knows. */
  readonly others: readonly Cell[];
}

/** What is read of an answer; `path` of its endpoint finds the reader. */
export type ReadableAnswer = Pick<Answer, 'data' | 'meta' | 'documents'>;

export function readCard(answer: ReadableAnswer, path: string | undefined): CardModel {
  const reader = readerOf(path);
  const root = bodyRoot(answer);
  const told = new Set<string>(answer.documents.map((document) => document.pointer));
  const specs = reader === genericReader ? tablesIn(root) : (reader.tables ?? []);
  const tables = specs.map((spec) => readTable(root, spec, told)).filter((table) => table.rows.length > 0);
  const cells = readFields(root, reader, told);
  const empty = emptyTables(root, specs, told);
  return {
    section: reader.section,
    outcome: outcomeOf(reader, answer),
    notices: noticesOf(answer),
    facts: cells.facts,
    fields: [...cells.fields, ...empty],
    tables,
    charts: buildCharts(root, reader.charts ?? []),
    others: readOthers(root, told),
  };
}

function readFields(root: JsonValue, reader: EndpointReader, told: Set<string>): { facts: Cell[]; fields: Cell[] } {
  const facts: Cell[] = [];
  const fields: Cell[] = [];
  for (const spec of reader.fields ?? []) {
    const cell = readField(root, '', spec, told);
    if (cell) (spec.fact && !cell.missing ? facts : fields).push(cell);
  }
  return { facts, fields };
}

/** Reads one field below `base`; null when it is absent, of another shape, or already told. */
function readField(root: JsonValue, base: string, spec: FieldSpec, told: Set<string>): Cell | null {
  const pointer = `${base}/${spec.at}`;
  const value = valueAt(root, pointer);
  if (value === undefined) return null;
  if (told.has(pointer)) return spec.namesRow && isPrimitive(value) ? repeatedCell(spec, value) : null;
  if (isPrimitive(value)) {
    told.add(pointer);
    const cell = primitiveCell(spec.label, pointer, value, formatValue(value, spec.as ?? 'text'));
    return { ...cell, sources: [...cell.sources, ...sameSources(root, base, spec, told)] };
  }
  if (isJsonObject(value) && spec.compose) return composedCell(spec, pointer, value, told);
  return null;
}

/** What says the same beside a field; a form that says something else where the field is silent stays apart. */
function sameSources(root: JsonValue, base: string, { at, also = [] }: FieldSpec, told: Set<string>): Leaf[] {
  if (valueAt(root, `${base}/${at}`) === null) return [];
  return also.flatMap((key) => {
    const pointer = `${base}/${key}`;
    const value = valueAt(root, pointer);
    if (!isPrimitive(value) || told.has(pointer)) return [];
    told.add(pointer);
    return [{ pointer, value }];
  });
}

/** Says again whose row this is: its source is told where it was said first. */
function repeatedCell({ label, as = 'text' }: FieldSpec, value: JsonPrimitive): Cell {
  const text = formatValue(value, as);
  return { label, text, missing: text === NOT_COMMUNICATED, sources: [] };
}

function primitiveCell(label: string, pointer: string, value: JsonPrimitive, text: string): Cell {
  return { label, text, missing: text === NOT_COMMUNICATED, sources: [{ pointer, value }] };
}

function composedCell(spec: FieldSpec, pointer: string, value: Readonly<Record<string, JsonValue>>, told: Set<string>): Cell | null {
  const composed = spec.compose && (compose(spec.compose, value) ?? silent(value));
  if (!composed) return null;
  const sources: Leaf[] = [];
  for (const key of composed.used) {
    const source = childPointer(pointer, key);
    const item = value[key];
    if (item === undefined || told.has(source)) continue;
    told.add(source);
    sources.push({ pointer: source, value: item });
  }
  return sources.length === 0 ? null : { label: spec.label, text: composed.text, missing: composed.text === NOT_COMMUNICATED, sources };
}

/** An object whose every field is null says « non communiqué » once. */
function silent(object: Readonly<Record<string, JsonValue>>): { readonly text: string; readonly used: readonly string[] } | undefined {
  const isSilent = Object.values(object).every((value) => value === null);
  return isSilent ? { text: NOT_COMMUNICATED, used: Object.keys(object) } : undefined;
}

function readTable(root: JsonValue, spec: TableSpec, told: Set<string>): TableModel {
  const rows = tableRows(root, spec)
    .map((row) => spec.columns.map((column) => ('base' in row ? readField(root, row.base, column, told) : absentCell(row.absent, column, spec))))
    .filter((row) => row.some((cell, index) => cell !== null && !spec.columns[index]?.namesRow));
  const filled = spec.columns.map((_column, index) => rows.some((row) => row[index] && !row[index].missing));
  const kept = (index: number): boolean => filled[index] === true || rows.some((row) => row[index] !== null);
  return {
    title: spec.title,
    columns: spec.columns.filter((_column, index) => kept(index)).map((column) => column.label),
    rows: rows.map((row) => row.filter((_cell, index) => kept(index))),
  };
}

/** A period that the answer skips has its line in the table: nothing is known of it, not even zero. */
function absentCell({ parts }: AbsentPeriods, { label, at }: FieldSpec, { absent }: TableSpec): Cell | null {
  if (absent?.silent === at) return { label, text: NOT_COMMUNICATED, missing: true, sources: [] };
  const text = parts[absent?.period.indexOf(at) ?? -1] ?? null;
  return text === null ? null : { label, text, missing: false, sources: [] };
}

/** An empty list is an answer: no observation, no document. */
function emptyTables(root: JsonValue, specs: readonly TableSpec[], told: Set<string>): Cell[] {
  return specs.flatMap(({ title, rows }) => {
    const pointer = `/${rows.split('/*')[0] ?? rows}`;
    const value = valueAt(root, pointer);
    if (!Array.isArray(value) || value.length > 0 || told.has(pointer)) return [];
    told.add(pointer);
    return [{ label: title, text: 'néant', missing: false, sources: [{ pointer, value }] }];
  });
}

function readOthers(root: JsonValue, told: ReadonlySet<string>): Cell[] {
  return leavesOf(root)
    .filter((leaf) => !told.has(leaf.pointer) && !isEmptyEnvelope(leaf))
    .map(({ pointer, value }) => otherCell(pointer, value));
}

/** An empty `meta` or `links` says nothing; an empty `data` says that the provider has nothing. */
export function isEmptyEnvelope({ pointer, value }: Leaf): boolean {
  return isJsonObject(value) && /\/(?:meta|links)$/.test(pointer);
}

function otherCell(pointer: string, value: JsonValue): Cell {
  const keys = keysOf(pointer);
  const label = labelOfPath(keys);
  if (!isPrimitive(value)) return { label, text: Array.isArray(value) ? 'liste vide' : 'aucune donnée', missing: true, sources: [{ pointer, value }] };
  return primitiveCell(label, pointer, value, formatValue(value, guessFormat(keys.at(-1) ?? '', value)));
}
