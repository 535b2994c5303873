import type { TransportFailure } from '../consultation/ports';

/** Why no complete answer was received. `too_large`: stopped at the size bound. */
export type TransportProblem = TransportFailure | 'too_large';

const messages: Readonly<Record<TransportProblem, string>> = {
  connect_timeout: 'the host did not accept the connection in time',
  connect_refused: 'the host refused the connection',
  dns: 'the host name could not be resolved',
  tls: 'the secure connection could not be established',
  silence: 'the host did not answer in time',
  cut: 'the connection was cut before the end of the answer',
  cancelled: 'the call was cancelled',
  too_large: 'the answer is larger than the bound',
  other: 'the call failed',
};

/** An exchange without a complete answer. Its message never holds a URL, a header or a body. */
export class TransportError extends Error {
  constructor(readonly problem: TransportProblem) {
    super(messages[problem]);
    this.name = 'TransportError';
  }

  /** The same, in the words of the quota port: a body too large came from a host that answered. */
  get failure(): TransportFailure {
    return this.problem === 'too_large' ? 'other' : this.problem;
  }
}

const problemsByCode: readonly (readonly [RegExp, TransportProblem])[] = [
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'connect_timeout'],
  [/^ECONNREFUSED$/, 'connect_refused'],
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/, 'dns'],
  [/^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, 'silence'],
  [/^(UND_ERR_SOCKET|ECONNRESET|EPIPE|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_ABORTED|HPE_.*)$/, 'cut'],
  [/(CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|EPROTO)/, 'tls'],
];

/** Names what undici or Node reported; the original, which may quote the URL, is dropped on purpose. */
export function transportErrorOf(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const code = codeOf(error);
  return new TransportError(problemsByCode.find(([pattern]) => pattern.test(code))?.[1] ?? 'other');
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : codeOf(cause);
}
