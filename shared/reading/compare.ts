import { isJsonObject, type JsonValue } from '../domain/json';
import { formatValue, guessFormat } from './formats';
import { labelOfPath } from './labels';
import { bodyRoot, childOf, childPointer, isPrimitive, keysOf, leavesOf, type Body } from './pointer';

export interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly pointer: string;
  readonly label: string;
  /** As shown; null when there was nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What tells two items of a list apart, the surest first; months of headcounts need several fields. */
const itemKeys: readonly (readonly string[])[] = [
  ...['siret', 'siren', 'rna', 'id', 'internal_id', 'beneficiaire_uuid', 'numero', 'numero_idcc', 'code', 'nom_document', 'date_fin_exercice'].map((key) => [key]),
  ['annee', 'mois', 'regime'],
  ['annee', 'mois'],
  ['annee'],
  ['regime'],
];

/** Values that differ between two answers of one endpoint, older first; links and their lives are no news. */
export function compareAnswers(older: Body, newer: Body): Change[] {
  const before = named(bodyRoot(older));
  const after = named(bodyRoot(newer));
  const changes: Change[] = [];
  for (const [name, leaf] of before) {
    const other = after.get(name);
    if (!other) changes.push(change('removed', leaf.pointer, leaf.value, undefined));
    else if (JSON.stringify(other.value) !== JSON.stringify(leaf.value)) changes.push(change('changed', other.pointer, leaf.value, other.value));
  }
  for (const [name, leaf] of after) if (!before.has(name)) changes.push(change('added', leaf.pointer, undefined, leaf.value));
  return changes;
}

/** Sentence of a change: « Capital › Montant : 10 000 € devient 20 000 € ». */
export function changeSentence({ kind, label, before, after }: Change): string {
  if (kind === 'added') return `${label}\u00a0: ${after ?? ''} apparaît.`;
  if (kind === 'removed') return `${label}\u00a0: ${before ?? ''} n’est plus là.`;
  return `${label}\u00a0: ${before ?? ''} devient ${after ?? ''}.`;
}

function change(kind: Change['kind'], pointer: string, before: JsonValue | undefined, after: JsonValue | undefined): Change {
  const keys = keysOf(pointer);
  const key = keys.at(-1) ?? '';
  return { kind, pointer, label: labelOfPath(keys), before: shown(key, before), after: shown(key, after) };
}

function shown(key: string, value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  return isPrimitive(value) ? formatValue(value, guessFormat(key, value)) : 'liste vide';
}

/** Leaves under a name that does not depend on the order of lists. */
function named(root: JsonValue): Map<string, { pointer: string; value: JsonValue }> {
  const leaves = new Map<string, { pointer: string; value: JsonValue }>();
  for (const leaf of leavesOf(root)) {
    const keys = keysOf(leaf.pointer);
    if (!/url$|expires_in$/.test(keys.at(-1) ?? '')) leaves.set(stableName(root, keys), leaf);
  }
  return leaves;
}

function stableName(root: JsonValue, keys: readonly string[]): string {
  let value: JsonValue | undefined = root;
  let name = '';
  for (const key of keys) {
    const parent: JsonValue | undefined = value;
    value = childOf(parent, key);
    name = childPointer(name, Array.isArray(parent) ? itemName(parent as readonly JsonValue[], key) : key);
  }
  return name;
}

/** Name of a list item: the values that identify it, or its rank when nothing does. */
function itemName(list: readonly JsonValue[], rank: string): string {
  for (const keys of itemKeys) {
    const names = list.map((item) => identityOf(item, keys));
    if (names.every((name) => name !== undefined) && new Set(names).size === names.length) return `${keys.join('+')}=${names[Number(rank)] ?? ''}`;
  }
  return rank;
}

/** Undefined when one of the fields tells nothing. */
function identityOf(item: JsonValue, keys: readonly string[]): string | undefined {
  const values = keys.map((key) => fieldOf(item, key));
  return values.includes(undefined) ? undefined : values.join('|');
}

/** Items of a collection wrap their fields in `data` and `meta`. */
function fieldOf(item: JsonValue, key: string): string | undefined {
  for (const place of [item, childOf(item, 'data'), childOf(item, 'meta')]) {
    const value = isJsonObject(place) && Object.hasOwn(place, key) ? place[key] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return undefined;
}
