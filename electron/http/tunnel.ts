import { type ClientRequest, request } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';

import type { TransportProblem } from '../../shared/domain/transport';
import type { Secret } from '../storage/secret';
import { TransportError } from './transport-error';
import type { ProxyWay } from './way';

/** What a proxy asks for; lives in memory, comes from the vault. */
export interface ProxyAccount {
  readonly user: string;
  readonly password: Secret;
}

/** To which proxy the account goes: whoever names a proxy (a PAC file, the network) would else be handed the password. */
export interface ProxyAccounts {
  /** Null: there is none, or it is not meant for this proxy. */
  readonly accountFor: (proxy: ProxyWay) => ProxyAccount | null;
  /** Told of a proxy that asks and was given none; true when there is an account, meant for others. */
  readonly askedBy: (proxy: ProxyWay) => boolean;
}

export interface TunnelOptions {
  readonly accounts: ProxyAccounts;
  readonly timeoutMs: number;
  /** For a proxy that is itself spoken to over TLS. */
  readonly secureContext: () => SecureContext;
}

/**
 * A connection to a host through a proxy (CONNECT, RFC 9110 §9.3.6); nothing of the call is in it yet.
 * @throws {TransportError} that says what the proxy did.
 */
export function openTunnel(proxy: ProxyWay, host: string, port: string, options: TunnelOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const account = options.accounts.accountFor(proxy);
    const asked = askForTunnel(proxy, target, account, options);
    // On the whole wait: a proxy that gives its answer byte by byte is as good as silent.
    const bound = setTimeout(() => asked.destroy(), options.timeoutMs);
    asked.once('connect', (response, socket, early) => {
      clearTimeout(bound);
      const problem = problemOf(response.statusCode ?? 0, () => (account !== null ? 'proxy_password_refused' : options.accounts.askedBy(proxy) ? 'proxy_unconfirmed' : 'proxy_password'));
      if (problem === null) {
        if (early.length > 0) socket.unshift(early);
        resolve(socket);
        return;
      }
      socket.on('error', () => undefined).destroy();
      reject(new TransportError(problem));
    });
    // Its own words quote the proxy's address, and say no more than this.
    asked.once('error', () => {
      clearTimeout(bound);
      reject(new TransportError('proxy_unreachable'));
    });
    asked.end();
  });
}

function askForTunnel(proxy: ProxyWay, target: string, account: ProxyAccount | null, { secureContext }: TunnelOptions): ClientRequest {
  const common = {
    ...{ host: proxy.host, port: proxy.port, method: 'CONNECT', path: target },
    ...{ autoSelectFamily: true, headers: { host: target, ...(account === null ? {} : { 'proxy-authorization': basic(account) }) } },
  };
  if (!proxy.isSecure) return request({ ...common, agent: false });
  const servername = isIP(proxy.host) === 0 ? proxy.host : '';
  // Whatever the environment says (NODE_TLS_REJECT_UNAUTHORIZED): this connection carries the proxy's account.
  const options = { host: proxy.host, port: proxy.port, servername, rejectUnauthorized: true, autoSelectFamily: true };
  // No agent at all: with one, even a new one, Node makes the connection itself, and in clear.
  return request({ ...common, createConnection: () => connectTls({ ...options, secureContext: secureContext() }) });
}

function basic({ user, password }: ProxyAccount): string {
  return `Basic ${Buffer.from(`${user}:${password.reveal()}`, 'utf8').toString('base64')}`;
}

const PASSWORD_WANTED = 407;

function problemOf(status: number, whenAsked: () => TransportProblem): TransportProblem | null {
  if (status >= 200 && status < 300) return null;
  if (status === PASSWORD_WANTED) return whenAsked();
  // The proxy waited in our place: the service is silent, exactly as if it had been called from here.
  if (status === 504) return 'connect_timeout';
  return status >= 500 ? 'proxy_no_route' : 'proxy_refused';
}
