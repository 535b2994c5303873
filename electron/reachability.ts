import type { HttpClient } from './http';

const PROBE_TIMEOUT_MS = 5_000;
const PROBE_MAX_BYTES = 64 * 1024;

export interface Reachability {
  /** Whether the service answers its free `/ping` (no token, no quota). */
  readonly serviceAnswers: (environment: string) => Promise<boolean>;
  /** Whether another public host answers: tells a ban of this address from a cut network. */
  readonly otherHostAnswers: () => Promise<boolean>;
}

/** Two light questions that tell a silent service from a silent network. Nothing is sent but the path. */
export function createReachability(http: HttpClient, baseUrlOf: (environment: string) => string | null, otherHostUrl: string): Reachability {
  const answers = async (url: string): Promise<boolean> => {
    try {
      const bounds = { timeoutMs: PROBE_TIMEOUT_MS, maxBytes: PROBE_MAX_BYTES, signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) };
      return (await http.get({ url: new URL(url), ...bounds })).status > 0;
    } catch {
      return false;
    }
  };
  return {
    serviceAnswers: async (environment) => {
      const baseUrl = baseUrlOf(environment);
      return baseUrl !== null && answers(`${baseUrl}/v3/ping`);
    },
    otherHostAnswers: () => answers(`${otherHostUrl}/search?q=instruire&per_page=1`),
  };
}
