import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { issueToken, type Sandbox, sandboxCompanies, type SandboxCompanyEntry, sandboxRoutes, startSandbox } from '../../electron/sandbox';
import { quotaPools } from '../../shared/catalogue/pools';
import { call, companyWith } from '../unit/sandbox/support';
import { isReferencePresent, referenceYaml } from './reference';

type Schema = Readonly<Record<string, unknown>>;
interface Responses {
  readonly [status: string]: { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> } | undefined;
}
interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly get: { readonly responses: Responses } } | undefined>>;
  readonly components: { readonly schemas: { readonly Error: Schema } };
}

type Route = (typeof sandboxRoutes)[number];

const openApi: OpenApi = isReferencePresent ? (referenceYaml('openapi.yml') as OpenApi) : { paths: {}, components: { schemas: { Error: {} } } };
// `format: boolean` is a slip of the OpenAPI.
const ajv = addFormats(new Ajv({ strict: false, allErrors: true, formats: { boolean: true } }));
const UNLIMITED = 1_000_000;
const unlimited = Object.fromEntries(quotaPools.map(({ id }) => [id, UNLIMITED]));

/** OpenAPI 3.0 as JSON Schema: `nullable`, the non-standard `type: date`, and no examples. */
function asJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Schema).filter(([key]) => !['example', 'examples', 'nullable'].includes(key));
  const schema = Object.fromEntries(entries.map(([key, item]) => [key, asJsonSchema(item)]));
  const type = schema['type'] === 'date' ? 'string' : schema['type'];
  if (typeof type !== 'string') return schema;
  if ((value as Schema)['nullable'] !== true) return { ...schema, type };
  const values = Array.isArray(schema['enum']) ? { enum: [...new Set([...(schema['enum'] as unknown[]), null])] } : {};
  return { ...schema, type: [type, 'null'], ...values };
}

function validatorOf(path: string): ValidateFunction {
  const [content] = Object.values(openApi.paths[path]?.get.responses['200']?.content ?? {});
  if (!content) throw new Error(`the OpenAPI has no answer for ${path}`);
  return ajv.compile(asJsonSchema(content.schema) as Schema);
}

function pathOf({ path, identifier }: Route, company: Pick<SandboxCompanyEntry, 'siren' | 'siret' | 'rna'>): string | null {
  const { siren, siret, rna } = company;
  const known: Readonly<Record<string, string | null>> = { siren, siret, rna, eori: siret && `FR${siret}` };
  const id = identifier.kinds.map((kind) => known[kind]).find(Boolean);
  return id ? path.replace(`{${identifier.parameter}}`, id).replace('{year}', '2024').replace('{month}', '03') : null;
}

describe.skipIf(!isReferencePresent)('the sandbox and the OpenAPI (skipped: ../shared is absent)', () => {
  const isError = ajv.compile(asJsonSchema(openApi.components.schemas.Error) as Schema);
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ limits: unlimited, ipLimit: UNLIMITED, refusalsBeforeBan: UNLIMITED });
  });
  afterAll(() => sandbox.close());

  it('serves every path', () => {
    const paths = Object.keys(openApi.paths).filter((path) => path !== '/privileges');
    expect(sandboxRoutes.map(({ path }) => path).sort()).toEqual(paths.sort());
  });

  it.each([...sandboxRoutes])('answers $path by its schema, for every company', async (route) => {
    const isAnswer = validatorOf(route.path);
    let answers = 0;
    for (const company of sandboxCompanies()) {
      const path = pathOf(route, company);
      if (!path) continue;
      const { status, json } = await call(sandbox, path);
      const isValid = status === 200 ? isAnswer(json) : isError(json);
      expect(isValid, `${path}: ${status} ${ajv.errorsText(status === 200 ? isAnswer.errors : isError.errors)}`).toBe(true);
      if (status === 200) answers += 1;
    }
    expect(answers).toBeGreaterThan(0);
  });

  it.each([...sandboxRoutes])('refuses $path in the documented envelope', async (route) => {
    const path = pathOf(route, companyWith('building')) ?? '';
    const unscoped = issueToken({ scopes: [] });
    const expectError = async (status: number, options?: Parameters<typeof call>[2], asked = path): Promise<void> => {
      const answer = await call(sandbox, asked, options);
      expect([answer.status, isError(answer.json)], `${asked}: ${answer.text} ${ajv.errorsText(isError.errors)}`).toEqual([status, true]);
    };
    await expectError(401, { token: null });
    if (route.scopes.length > 0) await expectError(403, { token: unscoped });
    await expectError(422, { query: {} });
    await expectError(422, {}, pathOf(route, { siren: '1', siret: '1', rna: '1' }) ?? '');
    sandbox.control.setProviderDown({ provider: route.family.prefix, down: true });
    await expectError(504);
    sandbox.control.setProviderDown({ provider: route.family.prefix, down: false });
    sandbox.control.setLimit({ pool: route.pool, limit: 0 });
    await expectError(429);
    sandbox.control.setLimit({ pool: route.pool, limit: UNLIMITED });
  });
});
