import { isJsonObject, type JsonPrimitive, type JsonValue } from '../domain/json';

/** A value with nothing below it: a primitive, or an empty list or object (which says something too). */
export interface Leaf {
  /** JSON pointer (RFC 6901) from the root of the body. */
  readonly pointer: string;
  readonly value: JsonValue;
}

/** The body as it was read: what pointers start from. */
export interface Body {
  readonly data: JsonValue;
  readonly meta: JsonValue;
}

export function isPrimitive(value: JsonValue | undefined): value is JsonPrimitive {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function escapeKey(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

function unescapeKey(key: string): string {
  return key.replace(/~1/g, '/').replace(/~0/g, '~');
}

export function childPointer(pointer: string, key: string | number): string {
  return `${pointer}/${escapeKey(String(key))}`;
}

export function keysOf(pointer: string): readonly string[] {
  return pointer.split('/').slice(1).map(unescapeKey);
}

/** Value of an own key of an object or a list; undefined when it is not there. */
export function childOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(key) ? (value as readonly JsonValue[])[Number(key)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Value below `root` at a path such as `capital/montant` or `/data/siren`; undefined when absent. */
export function valueAt(root: JsonValue | undefined, path: string): JsonValue | undefined {
  const keys = path.replace(/^\//, '').split('/').filter((key) => key !== '');
  return keys.reduce<JsonValue | undefined>((value, key) => childOf(value, unescapeKey(key)), root);
}

export function bodyRoot(body: Body): JsonValue {
  return { data: body.data, meta: body.meta };
}

/** Pointers that match a path where `*` stands for every item of a list, in order. */
export function expand(root: JsonValue, path: string): readonly string[] {
  let found: readonly { readonly pointer: string; readonly value: JsonValue }[] = [{ pointer: '', value: root }];
  for (const key of path.split('/').filter((part) => part !== '')) {
    found = found.flatMap(({ pointer, value }) => step(pointer, value, key));
  }
  return found.map(({ pointer }) => pointer);
}

function step(pointer: string, value: JsonValue, key: string): { pointer: string; value: JsonValue }[] {
  if (key === '*') {
    if (!Array.isArray(value)) return [];
    return (value as readonly JsonValue[]).map((item, index) => ({ pointer: childPointer(pointer, index), value: item }));
  }
  const child = childOf(value, unescapeKey(key));
  return child === undefined ? [] : [{ pointer: `${pointer}/${key}`, value: child }];
}

/** Every leaf below a value, in the order of the answer. */
export function leavesOf(value: JsonValue, pointer = ''): Leaf[] {
  const leaves: Leaf[] = [];
  const pending: Leaf[] = [{ pointer, value }];
  // An explicit stack: a hostile answer may be nested deeper than the call stack.
  for (let current = pending.pop(); current; current = pending.pop()) {
    const children = childrenOf(current);
    if (children.length === 0) leaves.push(current);
    else for (const child of children.reverse()) pending.push(child);
  }
  return leaves;
}

function childrenOf({ pointer, value }: Leaf): Leaf[] {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map((item, index) => ({ pointer: childPointer(pointer, index), value: item }));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([key, item]) => ({ pointer: childPointer(pointer, key), value: item }));
}
