import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import type { JsonObject, JsonValue } from '../../shared/domain/json';
import { compareAnswers, companyHeader } from '../../shared/reading';
import { readers } from '../../shared/reading/readers';
import { expectNothingLost } from '../support/nothing-lost';

const reference = resolve(import.meta.dirname, '../../../shared/api-entreprise');
const present = existsSync(join(reference, 'payloads'));
const operationPaths = present ? pathsByOperation() : new Map<string, string>();
const samples = present ? readSamples() : [];

interface Sample {
  readonly name: string;
  readonly path: string | undefined;
  readonly data: JsonValue;
  readonly meta: JsonObject;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly get?: { readonly responses?: Readonly<Record<string, { readonly 'x-operationId'?: string }>> } }>>;
}

function pathsByOperation(): Map<string, string> {
  const document = parse(readFileSync(join(reference, 'openapi.yml'), 'utf8')) as OpenApi;
  return new Map(
    Object.entries(document.paths).flatMap(([path, item]) => {
      const operation = item.get?.responses?.['200']?.['x-operationId'];
      return operation ? [[operation, path] as const] : [];
    }),
  );
}

function readSamples(): Sample[] {
  const root = join(reference, 'payloads');
  return readdirSync(root).flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => /\.ya?ml$/.test(file))
      .flatMap((file) => {
        const { status, payload } = parse(readFileSync(join(root, folder, file), 'utf8')) as { status: number; payload: string };
        if (status !== 200) return [];
        const body = JSON.parse(payload) as { data: JsonValue; meta?: JsonObject };
        return [{ name: `${folder}/${file}`, path: operationPaths.get(folder), data: body.data, meta: body.meta ?? {} }];
      }),
  );
}

type Mutation = (value: JsonValue) => JsonValue;

const strange = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
  fc.constantFrom('2021-02-31', '02-24', '1e400', '', '-1', '99999999999999'),
  fc.constant([]),
  fc.constant({}),
  fc.constant([{ inattendu: 1 }]),
  fc.constant({ champ_inconnu: 'valeur inconnue', 'clé/avec~signes': 1 }),
) as fc.Arbitrary<JsonValue>;

/** Adds, drops or retypes fields, wherever the dice fall. */
const mutation: fc.Arbitrary<Mutation> = fc
  .tuple(fc.constantFrom('add', 'drop', 'retype'), fc.nat(), strange)
  .map(([kind, dice, replacement]) => (value) => mutate(structuredClone(value), kind, dice, replacement));

function mutate(root: JsonValue, kind: string, dice: number, replacement: JsonValue): JsonValue {
  const holders = holdersIn(root);
  const holder = holders[dice % Math.max(holders.length, 1)];
  if (!holder) return replacement;
  const keys = Object.keys(holder);
  const key = keys[dice % Math.max(keys.length, 1)] ?? 'nouveau';
  if (kind === 'add') holder[`champ_ajoute_${dice % 7}`] = replacement;
  else if (kind === 'drop') Reflect.deleteProperty(holder, key);
  else holder[key] = replacement;
  return root;
}

function holdersIn(value: JsonValue): Record<string, JsonValue>[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(holdersIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, JsonValue>, ...Object.values(value as JsonObject).flatMap(holdersIn)];
}

describe.skipIf(!present)('reading the official samples (skipped: ../shared is absent)', () => {
  it('has samples to read', () => {
    expect(samples.length).toBeGreaterThan(50);
    expect(samples.filter(({ path }) => path === undefined)).toEqual([]);
  });

  it.each(samples)('$name is read without loss', ({ data, meta, path }) => {
    expectNothingLost({ data, meta }, path);
  });

  it.each(samples)('$name survives fields added, dropped and retyped', ({ data, meta, path }) => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const changed = mutations.reduce<JsonValue>((value, change) => change(value), { data, meta }) as { data?: JsonValue; meta?: JsonValue };
        const body = { data: changed.data ?? null, meta: changed.meta ?? {} };
        expectNothingLost(body, path);
        companyHeader([body]);
        compareAnswers({ data, meta }, body);
      }),
      { numRuns: 40 },
    );
  });

  it('has a reader for every resource of the OpenAPI, and none for what does not exist', async () => {
    const { resourceOf } = await import('../../shared/reading');
    const document = parse(readFileSync(join(reference, 'openapi.yml'), 'utf8')) as OpenApi;
    const resources = Object.keys(document.paths).filter((path) => /^\/v[34]\//.test(path)).map(resourceOf);
    expect([...new Set(resources)].sort()).toEqual(Object.keys(readers).sort());
  });
});
