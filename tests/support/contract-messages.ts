import fc from 'fast-check';
import { z } from 'zod';

/** Values that reach further than chance would: what the workstation under attack really holds. */
export interface KnownValues {
  /** By the ending of a field's name, in lower case (`dossierid`, `identifier`…); the longest ending wins. */
  readonly byField: Readonly<Record<string, readonly unknown[]>>;
  /** Tried in turn where a schema is a predicate that says nothing of its values. */
  readonly candidates: readonly unknown[];
}

interface Definition {
  readonly type: string;
  readonly format?: string;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly keyType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
}

const definitionOf = (schema: z.core.$ZodType): Definition => (schema as unknown as { _zod: { def: Definition } })._zod.def;

/** Messages that the schema may well accept: right shapes, known values where the name of a field tells which. */
export function likelyMessages(schema: z.core.$ZodType, known: KnownValues, field = ''): fc.Arbitrary<unknown> {
  const definition = definitionOf(schema);
  const make = makers[definition.type];
  if (!make) throw new Error(`the contract holds a kind of schema that this generator does not know: ${definition.type}`);
  const generated = make(definition, schema, known, field);
  const ofField = valuesOfField(known, field);
  return ofField.length === 0 || definition.type === 'array' ? generated : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ofField) }, { weight: 1, arbitrary: generated });
}

function valuesOfField({ byField }: KnownValues, field: string): readonly unknown[] {
  const name = field.toLowerCase();
  const ending = Object.keys(byField).filter((one) => name.endsWith(one)).sort((left, right) => right.length - left.length)[0];
  return ending === undefined ? [] : (byField[ending] ?? []);
}

type Maker = (definition: Definition, schema: z.core.$ZodType, known: KnownValues, field: string) => fc.Arbitrary<unknown>;

function inner(schema: z.core.$ZodType | undefined, known: KnownValues, field: string): fc.Arbitrary<unknown> {
  return schema ? likelyMessages(schema, known, field) : hostileValues;
}

const makers: Readonly<Record<string, Maker>> = {
  undefined: () => fc.constant(undefined),
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  number: () => fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer()),
  string: ({ format }) => {
    if (format === 'date') return fc.constantFrom('2026-11-25', '2024-02-29');
    if (format === 'datetime') return fc.constant('2026-11-25T08:30:00.000Z');
    return fc.oneof(fc.string({ minLength: 1, maxLength: 40 }), fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/), fc.stringMatching(/^\d{4,14}$/));
  },
  literal: ({ values = [] }) => fc.constantFrom(...values),
  enum: ({ entries = {} }) => fc.constantFrom(...Object.values(entries)),
  custom: (_definition, schema, { candidates }) => fc.constantFrom(...candidates.filter((one) => z.safeParse(schema, one).success), 'no candidate'),
  optional: ({ innerType }, _schema, known, field) => fc.oneof(inner(innerType, known, field), fc.constant(undefined)),
  default: ({ innerType }, _schema, known, field) => fc.oneof(inner(innerType, known, field), fc.constant(undefined)),
  nullable: ({ innerType }, _schema, known, field) => fc.oneof(inner(innerType, known, field), fc.constant(null)),
  readonly: ({ innerType }, _schema, known, field) => inner(innerType, known, field),
  pipe: (definition, _schema, known, field) => inner(definition.in, known, field),
  transform: () => fc.string({ maxLength: 40 }),
  array: ({ element }, _schema, known, field) => fc.array(inner(element, known, field.replace(/s$/, '')), { maxLength: 4 }),
  union: ({ options = [] }, _schema, known, field) => fc.oneof(...options.map((one) => inner(one, known, field))),
  record: ({ keyType, valueType }, _schema, known, field) =>
    fc.array(fc.tuple(inner(keyType, known, field), inner(valueType, known, field)), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs.map(([key, value]) => [String(key), value]))),
  object: ({ shape = {} }, _schema, known) =>
    fc.record(Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, likelyMessages(schema, known, name)]))),
};

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

function cyclic(): unknown {
  const value: Record<string, unknown> = { id: 'a' };
  value['self'] = value;
  return value;
}

/** What no screen of ours sends; all of it passes the structured clone of a message between processes. */
export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withSparseArray: true, maxDepth: 3 }),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    Number.NaN, Number.POSITIVE_INFINITY, -0, Number.MAX_SAFE_INTEGER + 2, 10n ** 40n,
    '', '\u0000', '\u202e', 'a'.repeat(600), 'é'.repeat(100_000), "'; DROP TABLE dossiers; --", '../../etc/passwd', '..\\..\\windows', '%00', '\r\nx-injected: 1',
    '=HYPERLINK("http://x")', '<script>alert(1)</script>', '{"$ref":"#"}', '0'.repeat(14), '1e309', 'NaN', 'toString', '__proto__', 'constructor', '\ud800',
    new Date(Number.NaN), new Uint8Array(100_000), nested(5_000), cyclic(),
  ),
);

/** A likely message with one part replaced by something hostile, or something hostile added to it. */
export function spoiledMessages(likely: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(likely, hostileValues, fc.nat(), fc.constantFrom('__proto__', 'constructor', 'extra', 'role', 'session')).map(([message, hostile, place, name]) => spoil(message, hostile, place, name));
}

function spoil(message: unknown, hostile: unknown, place: number, name: string): unknown {
  if (typeof message !== 'object' || message === null) return hostile;
  const keys = Object.keys(message);
  const key = keys[place % (keys.length + 1)];
  const copy: Record<string, unknown> = { ...message };
  Object.defineProperty(copy, key ?? name, { value: hostile, enumerable: true, configurable: true, writable: true });
  return copy;
}
