import type { CertificateFacts, TransportProblem } from '../../shared/domain/transport';
import type { TransportFailure } from '../consultation/ports';

const messages: Readonly<Record<TransportProblem, string>> = {
  connect_timeout: 'the host did not accept the connection in time',
  connect_refused: 'the host refused the connection',
  dns: 'the host name could not be resolved',
  no_network: 'no network of this machine leads to the host',
  authority_unknown: 'the certificate comes from an unknown authority',
  certificate_expired: 'the certificate has expired',
  certificate_not_yet_valid: 'the certificate is not valid yet',
  certificate_other_host: 'the certificate was made for another host',
  tls_too_old: 'the host speaks no version of TLS from 1.2 on',
  client_certificate: 'the host demands a client certificate',
  tls: 'the secure connection could not be established',
  proxy_unreachable: 'the proxy could not be reached',
  proxy_password: 'the proxy asks for an account',
  proxy_password_refused: 'the proxy refused the account',
  proxy_unconfirmed: 'the proxy asks for an account that is not meant for it',
  proxy_refused: 'the proxy refused the host',
  proxy_no_route: 'the proxy could not reach the host',
  proxy_unsupported: 'the proxy is of a kind that is not supported',
  captive: 'a page of the network came in place of the answer',
  silence: 'the host did not answer in time',
  cut: 'the connection was cut before the end of the answer',
  cancelled: 'the call was cancelled',
  too_large: 'the answer is larger than the bound',
  other: 'the call failed',
};

/** What each means to the quota: nothing that happened between this machine and the service is the service's doing. */
const failures: Readonly<Record<TransportProblem, TransportFailure>> = {
  connect_timeout: 'connect_timeout',
  connect_refused: 'connect_refused',
  dns: 'dns',
  no_network: 'way_out',
  authority_unknown: 'tls',
  certificate_expired: 'tls',
  certificate_not_yet_valid: 'tls',
  certificate_other_host: 'tls',
  tls_too_old: 'tls',
  client_certificate: 'tls',
  tls: 'tls',
  proxy_unreachable: 'way_out',
  proxy_password: 'way_out',
  proxy_password_refused: 'way_out',
  proxy_unconfirmed: 'way_out',
  proxy_refused: 'way_out',
  proxy_no_route: 'way_out',
  proxy_unsupported: 'way_out',
  captive: 'way_out',
  silence: 'silence',
  cut: 'cut',
  cancelled: 'cancelled',
  // A body too large came from a host that answered.
  too_large: 'other',
  other: 'other',
};

/** An exchange without a complete answer. Its message never holds a URL, a header or a body. */
export class TransportError extends Error {
  constructor(
    readonly problem: TransportProblem,
    readonly certificate: CertificateFacts = {},
  ) {
    super(messages[problem]);
    this.name = 'TransportError';
  }

  /** The same, in the words of the quota port. */
  get failure(): TransportFailure {
    return failures[this.problem];
  }
}

/** A machine without IPv6 says so of each host that has it: the answer of the other family tells more. */
const NO_WAY = /\b(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)\b/;

/**
 * The codes of a connection that cannot be made also come from one in use (the machine sleeps, changes its Wi-Fi): what failed while
 * reading or writing may be with the service already. EPROTO is the TLS library's, not the socket's.
 */
const IN_USE = /^(read|write|shutdown) (?!EPROTO\b)/;

/** Matched against the system call, the code and the message that Node, OpenSSL or BoringSSL report; most precise first. */
const problemsByReport: readonly (readonly [RegExp, TransportProblem])[] = [
  [IN_USE, 'cut'],
  // A record that the keys of the connection do not open: it was open.
  [/BAD_RECORD_MAC|BAD_DECRYPT/, 'cut'],
  [/\b(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)\b/, 'connect_timeout'],
  [/\bECONNREFUSED\b/, 'connect_refused'],
  [NO_WAY, 'no_network'],
  [/\b(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)\b/, 'dns'],
  [/\b(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)\b/, 'silence'],
  [/CERT_HAS_EXPIRED/, 'certificate_expired'],
  [/CERT_NOT_YET_VALID/, 'certificate_not_yet_valid'],
  [/ERR_TLS_CERT_ALTNAME_INVALID/, 'certificate_other_host'],
  [/SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|CERT_UNTRUSTED/, 'authority_unknown'],
  [/CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE|ALERT_CERTIFICATE_UNKNOWN|ALERT_UNKNOWN_CA|alert (bad certificate|unknown ca)/i, 'client_certificate'],
  [/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|unsupported protocol|NO_PROTOCOLS_AVAILABLE/i, 'tls_too_old'],
  [/\b(UND_ERR_SOCKET|ECONNRESET|EPIPE|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_ABORTED|HPE_\w*)\b/, 'cut'],
  [/(CERT|TLS|SSL|EPROTO)/, 'tls'],
];

/** Names what undici or Node reported; the original, which may quote the URL, is dropped on purpose. */
export function transportErrorOf(error: unknown, certificate: CertificateFacts = {}): TransportError {
  const known = transportErrorIn(error);
  if (known) return known;
  const report = reportOf(error);
  return new TransportError(problemsByReport.find(([pattern]) => pattern.test(report))?.[1] ?? 'other', certificate);
}

/** Named where the connection was made, then wrapped by the library. */
function transportErrorIn(error: unknown): TransportError | undefined {
  if (error instanceof TransportError) return error;
  return error instanceof Error && error.cause !== undefined ? transportErrorIn(error.cause) : undefined;
}

/** The system calls, the codes, and the words of the TLS library alone: others' words may quote an address. */
function reportOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { syscall, code, cause, reason, errors } = error as Readonly<Partial<Record<'syscall' | 'code' | 'cause' | 'reason' | 'errors', unknown>>>;
  // Several addresses were tried: what one of them answered names the trouble, rather than the first failure.
  if (Array.isArray(errors) && errors.length > 0) {
    const reports = errors.map(reportOf);
    return reports.find((report) => !NO_WAY.test(report)) ?? reports[0] ?? '';
  }
  const own = typeof code === 'string' ? [syscall, code, reason].filter((part) => typeof part === 'string').join(' ') : '';
  return own === '' ? reportOf(cause) : own;
}
