import fc from 'fast-check';

import type { JsonObject, JsonValue } from '../../shared/domain/json';

/** A schema of the official description, references resolved on the way. */
export type OpenApiSchema = Readonly<Record<string, unknown>>;

/** Made up; of the shape that the service gives to its own. */
const DOCUMENT_LINK = 'https://entreprise.api.gouv.fr/proxy/files/00000000-0000-4000-8000-000000000000';

/** Every way that the providers write a day, a month, a year or an instant. */
export const dateFormats: readonly fc.Arbitrary<JsonValue>[] = [
  fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }),
  fc.integer({ min: 0, max: 2_000_000_000 }).map(String),
  day().map((date) => date.toISOString().slice(0, 10)),
  day().map((date) => date.toISOString()),
  day().map((date) => `${date.toISOString().slice(0, 19)}+02:00`),
  day().map((date) => date.toISOString().slice(0, 7)),
  day().map((date) => `${date.toISOString().slice(5, 7)}-${date.toISOString().slice(0, 4)}`),
  day().map((date) => date.toISOString().slice(5, 10)),
  day().map((date) => date.toISOString().slice(0, 7).replace('-', '')),
  day().map((date) => date.toISOString().slice(0, 4)),
];

function day(): fc.Arbitrary<Date> {
  return fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true });
}

/**
 * Any answer that a schema allows, and what a service may send the day after: null where it may be,
 * optional fields left out, values that an enumeration does not have, fields that nobody announced.
 */
export function instanceOf(schema: OpenApiSchema, resolve: (reference: string) => OpenApiSchema): fc.Arbitrary<JsonValue> {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return instanceOf(resolve(reference), resolve);
  const value = valueOf(schema, resolve);
  return schema['nullable'] === true ? fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) }) : value;
}

function valueOf(schema: OpenApiSchema, resolve: (reference: string) => OpenApiSchema): fc.Arbitrary<JsonValue> {
  const choices = schema['enum'];
  if (Array.isArray(choices)) return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...(choices as JsonValue[])) }, { weight: 1, arbitrary: fc.constant('valeur_inedite') });
  switch (schema['type']) {
    case 'object':
      return objectOf(schema, resolve);
    case 'array':
      return isSchema(schema['items']) ? fc.array(instanceOf(schema['items'], resolve), { maxLength: 3 }) : fc.constant([]);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(fc.integer(), fc.constantFrom(0, -473_389_200, 1_673_478_000));
    case 'number':
      return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    default:
      return textOf(schema);
  }
}

function textOf(schema: OpenApiSchema): fc.Arbitrary<JsonValue> {
  const example = schema['example'];
  const asShown = typeof example === 'string' || typeof example === 'number' ? [fc.constant<JsonValue>(example)] : [];
  return fc.oneof(...asShown, fc.string({ unit: 'grapheme' }), fc.constantFrom('', ' ', 'NS', 'true', '0', '12,5', '-', DOCUMENT_LINK), ...dateFormats);
}

function objectOf(schema: OpenApiSchema, resolve: (reference: string) => OpenApiSchema): fc.Arbitrary<JsonValue> {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const known = Object.fromEntries(Object.entries(properties).flatMap(([key, item]) => (isSchema(item) ? [[key, instanceOf(item, resolve)] as const] : [])));
  const required = Array.isArray(schema['required']) ? (schema['required'] as string[]).filter((key) => key in known) : [];
  const announced = fc.record(known, { requiredKeys: required, noNullPrototype: true });
  return fc.tuple(announced, fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: unannounced })).map(([one, other]) => ({ ...other, ...one }) as JsonObject);
}

const unannounced = fc.constantFrom<JsonObject>({ champ_inedit: 'nouvelle valeur' }, { 'clé/avec~signes': [1, { profond: null }] }, { liste_inedite: [] }, { constructor: 'x' }, { '': 'sans nom' });

/** The answer that the examples of a schema draw, field by field. */
export function exampleOf(schema: OpenApiSchema, resolve: (reference: string) => OpenApiSchema): JsonValue {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return exampleOf(resolve(reference), resolve);
  if (schema['example'] !== undefined) return schema['example'] as JsonValue;
  if (schema['type'] === 'array') return isSchema(schema['items']) ? [exampleOf(schema['items'], resolve)] : [];
  if (schema['type'] !== 'object') return Array.isArray(schema['enum']) ? (schema['enum'] as JsonValue[])[0] ?? null : null;
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  return Object.fromEntries(Object.entries(properties).flatMap(([key, item]) => (isSchema(item) ? [[key, exampleOf(item, resolve)]] : [])));
}

function isSchema(value: unknown): value is OpenApiSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
