import { rootCertificates } from 'node:tls';

import { Agent, type Dispatcher, ProxyAgent } from 'undici';

export type { Dispatcher };

export interface DispatcherOptions {
  /** Shorter than any whole-call bound, so that a silent address is told from a slow answer. */
  readonly connectTimeoutMs?: number;
  readonly proxyUrl?: string;
  /** PEM certificates trusted besides the usual ones. */
  readonly extraCas?: readonly string[];
}

const DEFAULT_CONNECT_TIMEOUT_MS = 3_000;
const KEEP_ALIVE_MS = 10_000;

/** Connections of the whole app; closed at exit. */
export function createDispatcher(options: DispatcherOptions = {}): Dispatcher {
  const connect = {
    timeout: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
    ...(options.extraCas?.length ? { ca: [...rootCertificates, ...options.extraCas] } : {}),
  };
  const common = { connect, keepAliveTimeout: KEEP_ALIVE_MS };
  if (!options.proxyUrl) return new Agent(common);
  return new ProxyAgent({ ...common, uri: options.proxyUrl, requestTls: connect, proxyTls: connect });
}
