import { randomBytes } from 'node:crypto';

import { type Clock, systemClock } from '../storage/clock';
import { buildCompanies } from './companies/build-companies';
import { createRegistry } from './companies/registry';
import { createControl, type SandboxControl } from './control/control';
import { createControlServer } from './control/control-server';
import { DocumentFactory } from './documents/document-factory';
import { LinkStore } from './documents/link-store';
import { createSearch } from './search';
import { createApi } from './server/api';
import { Conditions } from './server/conditions';
import { listenOnLoopback } from './server/loopback-server';
import { type LoggedRequest, RequestLog } from './server/request-log';
import type { PoolId } from './server/route';
import type { SandboxServices } from './server/services';
import { Throttle } from './server/throttle';
import { issueSandboxTokens, type SandboxTokens } from './server/tokens';

const DEFAULT_SEED = 'instruire';
const TWELVE_HOURS_MS = 12 * 3_600_000;

export interface SandboxOptions {
  /** Port of the API; 0, the default, lets the system choose. */
  readonly port?: number;
  /** Length of the clock-aligned quota windows. */
  readonly windowMs?: number;
  readonly clock?: Pick<Clock, 'now'>;
  readonly controlSecret?: string;
  readonly seed?: string;
  /** Limits per window that replace the documented ones. */
  readonly limits?: Readonly<Partial<Record<PoolId, number>>>;
  readonly ipLimit?: number;
  /** Time that every data answer takes. */
  readonly latencyMs?: number;
  /** Refused calls that bring the ban of the address. */
  readonly refusalsBeforeBan?: number;
  readonly v2Enabled?: boolean;
  /** Every SIREN has a company, for long lists. */
  readonly knowsEverySiren?: boolean;
}

export interface Sandbox {
  readonly apiUrl: string;
  /** Origin of API Recherche d'entreprises. */
  readonly searchUrl: string;
  readonly controlUrl: string;
  readonly controlSecret: string;
  readonly tokens: SandboxTokens;
  readonly control: SandboxControl;
  requestLog(): readonly LoggedRequest[];
  close(): Promise<void>;
}

/** Starts the three servers on loopback. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? systemClock;
  const controlSecret = options.controlSecret ?? randomBytes(24).toString('hex');
  let apiUrl = '';
  const services = buildServices(options, clock, () => apiUrl);
  const control = createControl(services);
  const api = await listenOnLoopback(options.port ?? 0, createApi(services, options.latencyMs ?? 0));
  apiUrl = api.url;
  const search = await listenOnLoopback(0, createSearch(services));
  const controlServer = await listenOnLoopback(0, createControlServer(control, controlSecret));
  return {
    apiUrl,
    searchUrl: search.url,
    controlUrl: controlServer.url,
    controlSecret,
    tokens: issueSandboxTokens(clock.now()),
    control,
    requestLog: () => services.log.all(),
    close: async () => {
      await Promise.all([api.close(), search.close(), controlServer.close()]);
    },
  };
}

function buildServices(options: SandboxOptions, clock: Pick<Clock, 'now'>, apiUrl: () => string): SandboxServices {
  const now = (): number => clock.now();
  const { windowMs = 60_000, limits = {}, refusalsBeforeBan = 100, v2Enabled = false, seed = DEFAULT_SEED, ipLimit } = options;
  return {
    clock,
    registry: createRegistry(buildCompanies(seed, new Date(now()).getUTCFullYear()), options.knowsEverySiren),
    throttle: new Throttle({ now, windowMs, limits, refusalsBeforeBan, banMs: TWELVE_HOURS_MS, ...(ipLimit === undefined ? {} : { ipLimit }) }),
    links: new LinkStore(now),
    documents: new DocumentFactory(),
    conditions: new Conditions({ v2Enabled }),
    log: new RequestLog(),
    urls: { api: apiUrl },
  };
}

/** A made-up company, for the demonstration's list. */
export interface SandboxCompanyEntry {
  readonly name: string;
  readonly siren: string | null;
  /** Of the head office. */
  readonly siret: string | null;
  readonly rna: string | null;
  readonly duplicateSiren: string | null;
  readonly traits: readonly string[];
  /** One line in French. */
  readonly description: string;
}

/** The companies that the sandbox knows, for a seed. */
export function sandboxCompanies(seed = DEFAULT_SEED): readonly SandboxCompanyEntry[] {
  return buildCompanies(seed, new Date().getUTCFullYear()).map((company) => ({
    name: company.name,
    siren: company.siren,
    siret: company.establishments[0]?.siret ?? null,
    rna: company.rna,
    duplicateSiren: company.duplicateSiren,
    traits: company.traits,
    description: company.description,
  }));
}
