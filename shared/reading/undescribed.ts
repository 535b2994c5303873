import { isJsonObject, type JsonObject, type JsonPrimitive, type JsonValue } from '../domain/json';
import { guessFormat } from './formats';
import { labelOfKey, labelOfPath } from './labels';
import { childOf, childPointer, isPrimitive, keysOf } from './pointer';
import type { TableSpec } from './reader';

const MOST_COLUMNS = 12;

/**
 * Lists of objects in an answer that no reader describes (a new endpoint, version 2): each is a table,
 * so that its lines are read across. What is nested deeper stays among the other fields.
 */
export function tablesIn(root: JsonValue): TableSpec[] {
  return listsBelow(childOf(root, 'data') ?? null, '/data').flatMap(({ pointer, items }) => {
    const wrapped = items.every((item) => isJsonObject(childOf(item, 'data')));
    const rows = wrapped ? items.map((item) => childOf(item, 'data')) : items;
    const columns = columnsOf(rows.filter((row): row is JsonObject => isJsonObject(row)));
    return columns.length === 0 ? [] : [{ title: labelOfPath(keysOf(pointer)), rows: `${pointer.slice(1)}/*${wrapped ? '/data' : ''}`, columns }];
  });
}

interface List {
  readonly pointer: string;
  readonly items: readonly JsonValue[];
}

function listsBelow(value: JsonValue, pointer: string): List[] {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    return items.length > 0 && items.every(isJsonObject) ? [{ pointer, items }] : [];
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => listsBelow(child, childPointer(pointer, key)));
}

/** One a key that holds a plain value somewhere; written as its name and its first value suggest. */
function columnsOf(rows: readonly JsonObject[]): TableSpec['columns'] {
  const examples = new Map<string, JsonPrimitive>();
  for (const row of rows) {
    for (const [key, value] of Object.entries(row)) {
      if (key !== '' && isPrimitive(value) && (examples.get(key) ?? null) === null) examples.set(key, value);
    }
  }
  return [...examples].slice(0, MOST_COLUMNS).map(([key, value]) => ({ label: labelOfKey(key), at: childPointer('', key).slice(1), as: guessFormat(key, value) }));
}
