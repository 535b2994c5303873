import { isJsonObject } from '../shared/domain/json';
import { type HttpClient, type HttpResponse, parseJson } from './http';
import type { PingStatus } from './quota';

const PROBE_TIMEOUT_MS = 5_000;
const PROBE_MAX_BYTES = 64 * 1024;

export interface Reachability {
  /** Whether the service answers its free `/ping` (no token, no quota). */
  readonly serviceAnswers: (environment: string) => Promise<boolean>;
  /** The service's clock, as the free `/ping` dates its answer; null without an answer. */
  readonly readServerDate: (environment: string) => Promise<string | null>;
  /** Health of a provider by its ping route (API Entreprise docs, supervision). */
  readonly readPing: (environment: string, route: string) => Promise<PingStatus>;
  /** Whether another public host answers: tells a ban of this address from a cut network. */
  readonly otherHostAnswers: () => Promise<boolean>;
}

/** Light questions, free of quota and without a token. Nothing is sent but the path. */
export function createReachability(http: HttpClient, baseUrlOf: (environment: string) => string | null, otherHostUrl: () => string): Reachability {
  const ask = async (url: string): Promise<HttpResponse | null> => {
    try {
      const bounds = { timeoutMs: PROBE_TIMEOUT_MS, maxBytes: PROBE_MAX_BYTES, signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) };
      return await http.get({ url: new URL(url), ...bounds });
    } catch {
      return null;
    }
  };
  const askService = async (environment: string, path: string): Promise<HttpResponse | null> => {
    const baseUrl = baseUrlOf(environment);
    return baseUrl === null ? null : ask(`${baseUrl}${path}`);
  };
  return {
    serviceAnswers: async (environment) => (await askService(environment, '/v3/ping')) !== null,
    readServerDate: async (environment) => (await askService(environment, '/v3/ping'))?.headers['date'] ?? null,
    readPing: async (environment, route) => statusOf(await askService(environment, route)),
    otherHostAnswers: async () => (await ask(`${otherHostUrl()}/search?q=instruire&per_page=1`)) !== null,
  };
}

/** The body tells; its status line only repeats it (502 for a provider that is down). */
function statusOf(response: HttpResponse | null): PingStatus {
  const body = response && parseJson(response.body);
  const status = isJsonObject(body) ? body['status'] : null;
  return status === 'ok' || status === 'bad_gateway' ? status : 'unknown';
}
