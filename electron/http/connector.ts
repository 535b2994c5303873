import type { LookupFunction } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';

import type { buildConnector } from 'undici';

import type { CertificateFacts } from '../../shared/domain/transport';
import type { Secret } from '../storage/secret';
import { trustedAuthorities } from './authorities';
import { certificateFacts } from './certificate-facts';
import { TransportError, transportErrorOf } from './transport-error';
import { openTunnel, type ProxyAccounts } from './tunnel';
import type { Way } from './way';

export type Connector = buildConnector.connector;

/** What the organisation's relay demands of this workstation. */
export interface ClientCertificate {
  /** PKCS #12 bytes, or a PEM certificate with its key. */
  readonly content: { readonly pfx: Buffer } | { readonly cert: Buffer; readonly key: Buffer };
  readonly passphrase: Secret | null;
}

/** Versions, authorities and certificate of one kind of connection; made once, some hundred certificates are read. */
export function secureContextOf(authorities: readonly string[], client: ClientCertificate | null): SecureContext {
  return createSecureContext({
    ca: trustedAuthorities(authorities),
    minVersion: 'TLSv1.2',
    ...(client === null ? {} : { ...client.content, ...(client.passphrase === null ? {} : { passphrase: client.passphrase.reveal() }) }),
  });
}

export interface ConnectorOptions {
  readonly way: Way;
  readonly timeoutMs: number;
  /** The system's when absent. */
  readonly lookup: LookupFunction | undefined;
  readonly accounts: ProxyAccounts;
  /** Read at the first connection over TLS: the sandbox of this machine needs none. */
  readonly secureContext: () => SecureContext;
  /** Of a proxy over TLS: our certificate is not for it. */
  readonly proxyContext: () => SecureContext;
}

/** Opens connections along one way; whatever fails is named, with what the certificate said. */
export function createConnector(build: typeof buildConnector, options: ConnectorOptions): Connector {
  const plain = build(familyOptions(options));
  let secure: Connector | null = null;
  const direct: Connector = (target, callback) => {
    if (target.protocol !== 'https:') return plain(target, callback);
    try {
      secure ??= naming(build({ ...familyOptions(options), secureContext: options.secureContext() }));
    } catch (error) {
      return callback(transportErrorOf(error), null);
    }
    secure(target, callback);
  };
  const { way } = options;
  if (way.kind === 'direct') return direct;
  return (target, callback) => {
    if (way.kind === 'unsupported') return callback(new TransportError('proxy_unsupported'), null);
    const { protocol, hostname } = target;
    const port = target.port || (protocol === 'https:' ? '443' : '80');
    openTunnel(way, hostname, port, { accounts: options.accounts, timeoutMs: options.timeoutMs, secureContext: options.proxyContext }).then(
      (socket) => (protocol === 'https:' ? direct({ ...target, httpSocket: socket }, callback) : callback(null, socket)),
      (error: unknown) => callback(transportErrorOf(error), null),
    );
  };
}

/** Said each time: otherwise a variable of the environment (NODE_TLS_REJECT_UNAUTHORIZED) would let every certificate pass. */
const CHECKED = { rejectUnauthorized: true } as const;

/** IPv6 and IPv4 are tried one after the other (RFC 8305), which Node 18 does only when asked. */
function familyOptions({ timeoutMs, lookup }: ConnectorOptions) {
  return { ...CHECKED, timeout: timeoutMs, autoSelectFamily: true, ...(lookup === undefined ? {} : { lookup }) };
}

/** The certificate is read at the end of the handshake: a refused connection keeps nothing of it. */
function naming(connect: Connector): Connector {
  return (target, callback) => {
    let facts: CertificateFacts = {};
    const socket: unknown = connect(target, (...[error, opened]) => {
      if (error) callback(transportErrorOf(error, facts), null);
      else callback(null, opened);
    });
    if (socket instanceof TLSSocket) {
      socket.prependOnceListener('secure', () => {
        facts = certificateFacts(socket.getPeerCertificate(true), Date.now());
        // An alert that comes after the handshake (TLS 1.3: a certificate of ours is wanted) would be hidden by the end that follows.
        socket.prependListener('error', (error) => void socket.destroy(transportErrorOf(error)));
      });
    }
  };
}
