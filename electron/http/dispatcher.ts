import { rootCertificates } from 'node:tls';

import type { Agent, Dispatcher as UndiciDispatcher, ProxyAgent, request } from 'undici';

type RequestOptions = Omit<UndiciDispatcher.RequestOptions, 'origin' | 'path' | 'method'> & { readonly method: UndiciDispatcher.HttpMethod };

/** Connections of the whole app. The library that makes them is read at the first request, not when the app starts. */
export interface Dispatcher {
  request(url: string | URL, options: RequestOptions): Promise<UndiciDispatcher.ResponseData>;
  /** Waits for the requests under way. */
  close(): Promise<void>;
}

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
  let opening: Promise<Connections> | null = null;
  return {
    request: async (url, requestOptions) => {
      const { agent, send } = await (opening ??= openConnections(options));
      return send(url, { ...requestOptions, dispatcher: agent });
    },
    close: async () => (await opening)?.agent.close(),
  };
}

interface Connections {
  readonly agent: Agent | ProxyAgent;
  readonly send: typeof request;
}

async function openConnections(options: DispatcherOptions): Promise<Connections> {
  const undici = await import('undici');
  const connect = {
    timeout: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
    ...(options.extraCas?.length ? { ca: [...rootCertificates, ...options.extraCas] } : {}),
  };
  const common = { connect, keepAliveTimeout: KEEP_ALIVE_MS };
  const agent = options.proxyUrl ? new undici.ProxyAgent({ ...common, uri: options.proxyUrl, requestTls: connect, proxyTls: connect }) : new undici.Agent(common);
  return { agent, send: undici.request };
}
