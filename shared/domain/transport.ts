/** Every way an exchange can end without a complete answer. */
export type TransportProblem =
  | 'dns'
  | 'no_network' // no way out of this machine leads to the host
  | 'connect_refused'
  | 'connect_timeout'
  | 'authority_unknown' // the chain ends at an authority that this machine does not know
  | 'certificate_expired'
  | 'certificate_not_yet_valid'
  | 'certificate_other_host'
  | 'tls_too_old' // no common version from TLS 1.2 on
  | 'client_certificate' // the other side demands one, or refuses ours
  | 'tls'
  | 'proxy_unreachable'
  | 'proxy_password' // 407 without an account
  | 'proxy_password_refused' // 407 in spite of one
  | 'proxy_unconfirmed' // 407 by a proxy for which the account that is kept is not meant
  | 'proxy_refused'
  | 'proxy_no_route' // the proxy itself does not reach the service
  | 'proxy_unsupported' // SOCKS and what else a PAC file may name
  | 'captive' // a page of the network in place of the service's answer
  | 'silence' // connected, and no answer in time
  | 'cut'
  | 'cancelled'
  | 'too_large'
  | 'other';

/** What a refused certificate says of itself; public facts, fit for a screen and a report. */
export interface CertificateFacts {
  /** The authority at the top of the chain. */
  readonly authority?: string;
  /** End, or beginning, of its validity; ISO 8601 UTC. */
  readonly date?: string;
  /** The hosts that it was made for. */
  readonly names?: readonly string[];
}
