import type { LookupFunction } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';

import type { Agent, Dispatcher as UndiciDispatcher } from 'undici';

import type { TransportProblem } from '../../shared/domain/transport';
import { type ClientCertificate, type Connector, createConnector, secureContextOf } from './connector';
import { TransportError, transportErrorOf } from './transport-error';
import type { ProxyAccounts } from './tunnel';
import { DIRECT, type FindWays, isLoopback, nameOfWay, type Way } from './way';

type RequestOptions = Omit<UndiciDispatcher.RequestOptions, 'origin' | 'path' | 'method'> & { readonly method: UndiciDispatcher.HttpMethod };

/** Connections of the whole app. The library that makes them is read at the first request, not when the app starts. */
export interface Dispatcher {
  request(url: string | URL, options: RequestOptions): Promise<UndiciDispatcher.ResponseData>;
  /** Asks by each way in turn while none was open: until then nothing of the call has left. */
  through<T>(url: URL, ask: (agent: Agent) => Promise<T>): Promise<T>;
  /** Opens and gives a connection as a request would; the caller closes it. @throws {TransportError} */
  connect(url: URL, way: Way): Promise<TLSSocket>;
  /** New connections follow what the options say now (a password, a setting); those under way end as they began. */
  renew(): void;
  /** Waits for the requests under way. */
  close(): Promise<void>;
}

export interface DispatcherOptions {
  /** Shorter than any whole-call bound, so that a silent address is told from a slow answer. */
  readonly connectTimeoutMs?: number;
  /** Addresses of a name; the system's when absent. */
  readonly lookup?: LookupFunction;
  /** Direct when absent. */
  readonly findWays?: FindWays;
  /** No proxy is given an account when absent. */
  readonly proxyAccounts?: ProxyAccounts;
  /** PEM certificates trusted besides the usual ones. */
  readonly extraCas?: readonly string[];
  /** Shown to this origin alone. */
  readonly clientCertificate?: (origin: string) => ClientCertificate | null;
}

const DEFAULT_CONNECT_TIMEOUT_MS = 3_000;
const NO_ACCOUNT: ProxyAccounts = { accountFor: () => null, askedBy: () => false };
/** Nothing of the call has left. */
const NOT_OPENED: ReadonlySet<TransportProblem> = new Set(['dns', 'no_network', 'connect_refused', 'connect_timeout']);
const KEEP_ALIVE_MS = 10_000;
/** As long as browsers leave a dead proxy aside. */
const PROXY_ASIDE_MS = 5 * 60_000;

/** Connections of the whole app; closed at exit. */
export function createDispatcher(options: DispatcherOptions = {}): Dispatcher {
  let connections: Connections | null = null;
  const current = (): Connections => (connections ??= new Connections(options));
  return {
    request: (url, requestOptions) => current().request(new URL(url), requestOptions),
    through: (url, ask) => current().through(url, ask),
    connect: (url, way) => current().connect(url, way),
    renew: () => {
      const former = connections;
      connections = null;
      void former?.close();
    },
    close: async () => connections?.close(),
  };
}

/** One pool a way, and a certificate of ours to the one origin that demands it. */
class Connections {
  readonly #options: DispatcherOptions;
  readonly #agents = new Map<string, Agent>();
  readonly #contexts = new Map<string, SecureContext>();
  readonly #deadUntil = new Map<string, number>();

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  async request(url: URL, options: RequestOptions): Promise<UndiciDispatcher.ResponseData> {
    const { request } = await import('undici');
    return this.through(url, (agent) => request(url, { ...options, dispatcher: agent }));
  }

  async through<T>(url: URL, ask: (agent: Agent) => Promise<T>): Promise<T> {
    let first: unknown;
    for (const way of await this.#waysTo(url)) {
      try {
        return await ask(await this.#agentOf(way, url.origin));
      } catch (error) {
        if (!this.#isClosed(way, error)) throw error;
        first ??= error;
      }
    }
    throw first;
  }

  async connect(url: URL, way: Way): Promise<TLSSocket> {
    const connect = await this.#connectorOf(way, url.origin);
    const { hostname, host, protocol, port } = url;
    return new Promise((resolve, reject) => {
      connect({ hostname: hostname.replace(/^\[|\]$/g, ''), host, protocol, port }, (...[error, socket]) => (error ? reject(transportErrorOf(error)) : resolve(socket as TLSSocket)));
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.close()));
  }

  async #waysTo(url: URL): Promise<readonly Way[]> {
    if (isLoopback(url)) return [DIRECT];
    const ways = (await this.#options.findWays?.(url)) ?? [DIRECT];
    const supported = ways.filter(({ kind }) => kind !== 'unsupported');
    const now = Date.now();
    const isDead = (way: Way): boolean => (this.#deadUntil.get(nameOfWay(way)) ?? 0) > now;
    return supported.length === 0 ? ways.slice(0, 1) : [...supported.filter((way) => !isDead(way)), ...supported.filter(isDead)];
  }

  #isClosed(way: Way, error: unknown): boolean {
    const { problem } = transportErrorOf(error);
    if (problem === 'proxy_unreachable') {
      this.#deadUntil.set(nameOfWay(way), Date.now() + PROXY_ASIDE_MS);
      return true;
    }
    return way.kind === 'direct' && NOT_OPENED.has(problem);
  }

  async #agentOf(way: Way, origin: string): Promise<Agent> {
    const key = this.#keyOf(way, origin);
    const known = this.#agents.get(key);
    if (known) return known;
    const [{ Agent }, connect] = await Promise.all([import('undici'), this.#connectorOf(way, origin)]);
    const agent = this.#agents.get(key) ?? new Agent({ connect, keepAliveTimeout: KEEP_ALIVE_MS });
    this.#agents.set(key, agent);
    return agent;
  }

  async #connectorOf(way: Way, origin: string): Promise<Connector> {
    const { buildConnector } = await import('undici');
    return createConnector(buildConnector, {
      way,
      timeoutMs: this.#options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
      lookup: this.#options.lookup,
      accounts: this.#options.proxyAccounts ?? NO_ACCOUNT,
      secureContext: () => this.#contextOf(origin),
      proxyContext: () => this.#contextOf(''),
    });
  }

  #keyOf(way: Way, origin: string): string {
    return `${nameOfWay(way)} ${this.#clientCertificate(origin) ? origin : ''}`;
  }

  #clientCertificate(origin: string): ClientCertificate | null {
    return this.#options.clientCertificate?.(origin) ?? null;
  }

  /** @throws {TransportError} when the passphrase of our certificate is missing or wrong. */
  #contextOf(origin: string): SecureContext {
    const client = this.#clientCertificate(origin);
    const key = client ? origin : '';
    const known = this.#contexts.get(key);
    if (known) return known;
    try {
      const context = secureContextOf(this.#options.extraCas ?? [], client);
      this.#contexts.set(key, context);
      return context;
    } catch {
      throw new TransportError(client ? 'client_certificate' : 'tls');
    }
  }
}
