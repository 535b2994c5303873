import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { endpoints } from '../../shared/catalogue';
import { type ApiErrorKind } from '../../shared/domain/api-error';
import { interpretFailure } from '../../shared/errors';
import { isReferencePresent, referenceFolder, referenceJson, referenceYaml } from './reference';

const kindsOfStatus: Record<number, readonly ApiErrorKind[]> = {
  400: ['parameter'],
  401: ['token'],
  403: ['refused'],
  404: ['outside_perimeter', 'version'],
  409: ['conflict'],
  410: ['gone'],
  422: ['justification', 'parameter'],
  429: ['quota'],
  451: ['unavailable_by_law'],
  500: ['service_down'],
  502: ['provider_down'],
  503: ['provider_down'],
  504: ['provider_down'],
};
const endpoint = endpoints[0] ?? null;

function interpret(status: number, body: unknown) {
  return interpretFailure({ status, body: JSON.stringify(body), contentType: 'application/json', endpoint, requestId: 'r', retryAfterSeconds: null });
}

function expectTyped(status: number, body: unknown): void {
  const error = interpret(status, body);
  expect(kindsOfStatus[status], `status ${status}`).toContain(error.kind);
  expect(error.message).toMatch(/[.…]$/);
  expect(error.message).not.toMatch(/\{fournisseur\}|undefined|null/);
  expect(error.advice).toMatch(/\.$/);
  expect(error.retry.rule).toMatch(/^(never|after|remind|by_hand)$/);
}

/** Every failure example of a description, wherever it sits. */
function* failureExamples(paths: Record<string, { get?: { responses?: Record<string, unknown> } }>): Generator<[number, unknown]> {
  for (const { get } of Object.values(paths)) {
    for (const [status, response] of Object.entries(get?.responses ?? {})) {
      if (Number(status) < 400) continue;
      const content = (response as { content?: Record<string, { example?: unknown; examples?: Record<string, { value?: unknown }> }> }).content ?? {};
      for (const { example, examples } of Object.values(content)) {
        if (example !== undefined) yield [Number(status), example];
        for (const { value } of Object.values(examples ?? {})) yield [Number(status), value];
      }
    }
  }
}

describe.skipIf(!isReferencePresent)('the errors of the service', () => {
  const listed = isReferencePresent ? (referenceJson('errors.json') as { code: string; status: number; retry: string; retry_in: number[] | null }[]) : [];

  it.each(listed)('$code with $status becomes a typed error', ({ code, status, retry, retry_in: retryIn }) => {
    const body = { errors: [{ code, meta: retryIn ? { retry_in: retryIn[0] } : {} }] };
    expectTyped(status, body);
    const { retry: rule } = interpret(status, body);
    if (retry === 'no') expect(rule.rule).toBe('never');
    if (retry === 'backoff' || retry === 'short_wait' || retry === 'after_header') expect(rule.rule).toBe('after');
    if (retry === 'once') expect(rule).toMatchObject({ rule: 'after', times: 1 });
    if (retry === 'retry_in') expect(rule).toMatchObject({ seconds: retryIn?.[0] });
  });

  it('reads every failure example of the OpenAPI', () => {
    const examples = [...failureExamples((referenceYaml('openapi.yml') as { paths: Record<string, object> }).paths)];
    expect(examples.length).toBeGreaterThan(100);
    for (const [status, example] of examples) expectTyped(status, example);
  });

  it('reads every failure of the staging environment', () => {
    const root = join(referenceFolder, 'payloads');
    const files = readdirSync(root).flatMap((folder) => readdirSync(join(root, folder)).map((name) => `payloads/${folder}/${name}`));
    const failures = files.map((file) => referenceYaml(file) as { status: number; payload: string }).filter(({ status }) => status >= 400);
    expect(failures.length).toBeGreaterThan(10);
    for (const { status, payload } of failures) expectTyped(status, JSON.parse(payload));
  });

  it('knows every code of the nomenclature that concerns companies', () => {
    const codes = (referenceYaml('backend/errors.yml') as { code?: string; subcode?: string }[]).map(({ code, subcode }) => code ?? `01${subcode ?? ''}`);
    const concerned = codes.filter((code) => !/^(?:003(?:06|09|10|5|6|7|8[0-9]|91)|0040[0]|004(?:1|2|30)|23|39|50)/.test(code) || code === '00429');
    expect(concerned.length).toBeGreaterThan(60);
    for (const code of concerned) {
      const sentences = Object.keys(kindsOfStatus).map((status) => {
        const known = interpret(Number(status), { errors: [{ code }] });
        const unknown = interpret(Number(status), { errors: [{ code: '99888', meta: { provider: known.provider ?? '' } }] });
        return known.message !== unknown.message || known.advice !== unknown.advice || JSON.stringify(known.retry) !== JSON.stringify(unknown.retry);
      });
      // The sentences of these are those of their kind.
      if (!['01003', '01005', '00429', '00015'].includes(code)) expect(sentences, code).toContain(true);
    }
  });
});
