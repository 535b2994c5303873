import { request } from 'undici';

import { type Sandbox, sandboxCompanies, type SandboxCompanyEntry } from '../../../electron/sandbox';
import type { Trait } from '../../../electron/sandbox/companies/types';

/** A made-up public body; passes Luhn. */
export const RECIPIENT = '10000001700010';

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Body read as JSON; undefined when it is not. */
  readonly json: ReceivedJson | undefined;
}

export interface ReceivedJson {
  readonly data?: Record<string, unknown>;
  readonly meta?: Record<string, unknown>;
  readonly errors?: readonly { readonly code: string; readonly meta: Record<string, unknown> }[];
  readonly privileges?: readonly string[];
}

/** A time that only the test moves. */
export function fakeClock(startMs = Date.UTC(2026, 5, 15, 10, 0, 20)): { now(): number; advance(ms: number): void } {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

export async function call(
  sandbox: Sandbox,
  path: string,
  options: { readonly token?: string | null; readonly query?: Record<string, string>; readonly headers?: Record<string, string> } = {},
): Promise<Received> {
  const query = options.query ?? { context: 'marchés publics', object: 'MAPA 2026-04', recipient: RECIPIENT };
  const token = options.token === undefined ? sandbox.tokens.complete : options.token;
  const headers = { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...options.headers };
  return get(`${sandbox.apiUrl}${path}?${new URLSearchParams(query).toString()}`, headers);
}

export async function get(url: string, headers: Record<string, string> = {}): Promise<Received> {
  const response = await request(url, { headers });
  const text = await response.body.text();
  return { status: response.statusCode, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): ReceivedJson | undefined {
  try {
    return JSON.parse(text) as ReceivedJson;
  } catch {
    return undefined;
  }
}

/** The first company with a trait; without one, the ordinary one. */
export function companyWith(trait: Trait): SandboxCompanyEntry & { readonly siren: string; readonly siret: string } {
  return identified(sandboxCompanies().find(({ traits }) => traits.includes(trait)));
}

export function ordinaryCompany(): SandboxCompanyEntry & { readonly siren: string; readonly siret: string } {
  return identified(sandboxCompanies()[0]);
}

function identified(company: SandboxCompanyEntry | undefined): SandboxCompanyEntry & { readonly siren: string; readonly siret: string } {
  if (!company?.siren || !company.siret) throw new Error('no such company');
  return { ...company, siren: company.siren, siret: company.siret };
}
