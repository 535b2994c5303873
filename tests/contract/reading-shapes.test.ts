import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { stripDocumentLinks } from '../../electron/consultation/document-links';
import { endpoints } from '../../shared/catalogue';
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/domain/json';
import { accountYears, changeSentence, compareAnswers, companyHeader, ratioRows } from '../../shared/reading';
import { expectNothingLost } from '../support/nothing-lost';
import { dateFormats, exampleOf, instanceOf, type OpenApiSchema } from '../support/schema-instances';
import { isReferencePresent, referenceYaml } from './reference';

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly get?: { readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>> } }>>;
}

const document = isReferencePresent ? (referenceYaml('openapi.yml') as OpenApi) : { paths: {} };
const paths = Object.keys(document.paths).filter((path) => /^\/v\d\//.test(path));

function resolve(reference: string): OpenApiSchema {
  const parts = reference.replace('#/', '').split('/');
  return parts.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document) as OpenApiSchema;
}

interface Content {
  readonly schema: OpenApiSchema;
  readonly example?: JsonValue;
  readonly examples?: Readonly<Record<string, { readonly value?: JsonValue }>>;
}

function contentOf(path: string): Content {
  const [content] = Object.values(document.paths[path]?.get?.responses?.['200']?.content ?? {});
  if (!content) throw new Error(`no answer is described for ${path}`);
  return content;
}

/** Any body that a path may answer; its envelope is as loose as the rest. */
function bodyOf(path: string): fc.Arbitrary<JsonObject> {
  return instanceOf(contentOf(path).schema, resolve).map(objectIn);
}

const objectIn = (value: JsonValue): JsonObject => (isJsonObject(value) ? value : {});

/** What the description shows: whole examples, and the one that its fields draw together. */
function examplesOf(path: string): JsonObject[] {
  const { schema, example, examples = {} } = contentOf(path);
  const whole = [example, ...Object.values(examples).map(({ value }) => value)].filter((value) => value !== undefined);
  return [exampleOf(schema, resolve), ...whole].map(objectIn);
}

/** What the pipeline hands to the screens: no link, both parts of the envelope. */
function handedOver(body: JsonObject, path: string) {
  const sources = endpoints.find((endpoint) => endpoint.path === path)?.documents ?? [];
  const { body: stripped, links } = stripDocumentLinks(body, sources, Date.UTC(2026, 10, 25));
  const parts = isJsonObject(stripped) ? stripped : {};
  return { data: parts['data'] ?? null, meta: isJsonObject(parts['meta']) ? parts['meta'] : {}, documents: links.map(({ offer }) => offer) };
}

const RUNS = 80;

describe.skipIf(!isReferencePresent)('the examples of the OpenAPI', () => {
  it.each(paths)('of %s are read without loss, each telling something', (path) => {
    for (const example of examplesOf(path)) {
      const { facts, fields, tables, others } = expectNothingLost(handedOver(example, path), path);
      expect([...facts, ...fields, ...tables, ...others]).not.toEqual([]);
    }
  });
});


describe.skipIf(!isReferencePresent)('reading any answer that the OpenAPI allows, and what may come after it', () => {
  it.each(paths)('%s is read without loss and without an exception', (path) => {
    fc.assert(
      fc.property(bodyOf(path), bodyOf(path), (one, other) => {
        const [body, older] = [handedOver(one, path), handedOver(other, path)];
        const card = expectNothingLost(body, path);
        expect(JSON.stringify([card, body])).not.toContain('/proxy/files/');
        companyHeader([body, older]);
        ratioRows(accountYears([{ consultationId: 'a', path, ...body }]));
        expect(compareAnswers(body, body)).toEqual([]);
        for (const change of compareAnswers(older, body)) expect(changeSentence(change)).toMatch(/\.$/);
      }),
      { numRuns: RUNS },
    );
  });

  it('reads dates in the ten formats wherever a date is announced, and never invents one', () => {
    const dated: fc.Arbitrary<JsonValue> = fc.oneof(...dateFormats, fc.string(), fc.constant(null), fc.boolean());
    for (const path of paths) {
      fc.assert(
        fc.property(bodyOf(path), dated, (body, date) => {
          expectNothingLost(handedOver(withDates(body, date) as JsonObject, path), path);
        }),
        { numRuns: 15 },
      );
    }
  });
});

/** The same body with one date in place of every other. */
function withDates(value: JsonValue, date: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => withDates(item, date));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, /date|timestamp/.test(key) && !isJsonObject(item) ? date : withDates(item, date)]));
}
