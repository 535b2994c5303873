import { describe, expect, it } from 'vitest';

import { endpoints, relevanceOf } from '../../shared/catalogue';
import { quotaPools } from '../../shared/catalogue/pools';
import { USE_CASES } from '../../shared/domain/use-case';
import { isReferencePresent, referenceJson, referenceYaml } from './reference';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: { enum?: string[]; minimum?: number; maximum?: number; default?: string | number };
}
interface OpenApi {
  paths: Record<string, { get: { parameters?: Parameter[]; deprecated?: boolean } }>;
}
interface CatalogueEntry {
  path: string;
  operation_id: string;
  response_kind: string | null;
  document_fields: { path: string }[] | null;
  expires_field: string | null;
  ping_url: string | null;
  maintenance_daily: { from_hour: string; to_hour: string } | null;
  use_cases: Record<'indispensable' | 'utile' | 'injustifie', string[]> | null;
}

interface ThrottleGroup {
  limit: number;
  endpoints?: string[];
}

const TRACING = ['context', 'object', 'recipient'];
const ours = endpoints.filter(({ version }) => version >= 3);
const byPath = new Map(ours.map((endpoint) => [endpoint.path, endpoint]));

function endpointAt(path: string) {
  const endpoint = byPath.get(path);
  if (!endpoint) throw new Error(`not in the catalogue: ${path}`);
  return endpoint;
}

/** `[].data.url` or `actes[].url`, from `data` down, as the JSON pointer that the catalogue uses. */
function pointerOf(field: string): string {
  const parts = field.replaceAll('[]', '.*').split('.').filter(Boolean);
  return `/data/${parts.join('/')}`;
}

/** Limits that the OpenAPI declares; the documentation adds others. */
function limitsOf({ enum: values, minimum, maximum, default: usual }: NonNullable<Parameter['schema']>): object {
  const limits = { enum: values, minimum, maximum, default: usual === undefined ? undefined : String(usual) };
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}

describe.skipIf(!isReferencePresent)('the catalogue and the OpenAPI', () => {
  const openApi = isReferencePresent ? (referenceYaml('openapi.yml') as OpenApi) : { paths: {} };
  const entries = isReferencePresent ? (referenceJson('catalogue.json') as CatalogueEntry[]).filter(({ operation_id: id, path }) => id && path !== '/privileges') : [];
  const described = Object.entries(openApi.paths).filter(([path]) => path !== '/privileges');

  const scopes = isReferencePresent ? (referenceYaml('backend/authorizations.yml') as { shared: Record<string, string[]> }).shared : {};
  const groups = isReferencePresent ? (referenceYaml('backend/throttle.yml') as { shared: Record<string, ThrottleGroup> }).shared : {};

  it('name the same paths', () => {
    expect(ours.map(({ path }) => path).sort()).toEqual(described.map(([path]) => path).sort());
    expect(ours).toHaveLength(51);
  });

  it.each(described)('agree on the parameters of %s', (path, { get }) => {
    const endpoint = endpointAt(path);
    const expected = (get.parameters ?? []).filter(({ name }) => !TRACING.includes(name) && name !== endpoint.identifierParameter);
    expect(endpoint.parameters.map(({ name }) => name).sort()).toEqual(expected.map(({ name }) => name).sort());
    for (const { name, in: place, required, schema } of expected) {
      const parameter = endpoint.parameters.find((candidate) => candidate.name === name);
      expect(parameter).toMatchObject({ in: place, required: required ?? false });
      expect(parameter).toMatchObject(limitsOf(schema ?? {}));
    }
    expect(endpoint.deprecated).toBe(get.deprecated ?? false);
    expect(path).toContain(`{${endpoint.identifierParameter}}`);
  });

  it.each(entries)('agree on the scopes of $path', ({ path, operation_id: id }) => {
    const operation = id.replace(/^api_entreprise_v\d+_/, '');
    const key = Object.keys(scopes).find((name) => name.replace('api_entreprise/v3_and_more/', '').replaceAll('/', '_') === operation);
    expect(key, operation).toBeDefined();
    expect([...endpointAt(path).scopes].sort()).toEqual([...(scopes[key ?? ''] ?? [])].sort());
  });

  it.each(entries)('agree on the pool of $path', ({ path, operation_id: id }) => {
    const operation = id.replace(/_v\d+_/, '_v3_');
    const group = Object.values(groups).find(({ endpoints: names }) => names?.includes(operation));
    expect(group, operation).toBeDefined();
    expect(quotaPools.find(({ id }) => id === endpointAt(path).pool)?.limitPerMinute).toBe(group?.limit);
  });

  it.each(entries)('agree on the answer, documents and purposes of $path', (entry) => {
    const endpoint = endpointAt(entry.path);
    const files = endpoint.documents.filter(({ fetch }) => fetch !== 'page');
    expect(endpoint.answer).toBe(entry.response_kind);
    expect(files.map(({ link }) => link).sort()).toEqual((entry.document_fields ?? []).map(({ path }) => pointerOf(path)).sort());
    for (const { expiresIn } of files) expect(expiresIn).toBe(entry.expires_field ?? undefined);
    expect(endpoint.pingRoute).toBe(entry.ping_url ? new URL(entry.ping_url).pathname : null);
    expect(endpoint.maintenance).toEqual(entry.maintenance_daily ? { from: entry.maintenance_daily.from_hour, to: entry.maintenance_daily.to_hour } : null);
    for (const useCase of USE_CASES) {
      const uses = entry.use_cases;
      const expected = uses?.indispensable.includes(useCase) ? 'indispensable' : uses?.injustifie.includes(useCase) ? 'injustifie' : 'utile';
      expect(relevanceOf(endpoint, useCase)).toBe(expected);
    }
  });
});
