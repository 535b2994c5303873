import type { Dispatcher as UndiciDispatcher } from 'undici';

import type { Secret } from '../storage/secret';
import type { Dispatcher } from './dispatcher';
import type { HttpResponse, ResponseHead } from './response';
import { StreamedAnswer } from './streamed-answer';
import { TransportError, transportErrorOf } from './transport-error';
import { isLoopback } from './way';
import { WholeAnswer } from './whole-answer';

/** A token and the only origin that may receive it. */
export interface Authorization {
  readonly token: Secret;
  readonly baseUrl: string;
}

export interface HttpRequest {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly authorization?: Authorization;
  /** Bound on the whole call, from the connection to the last byte. */
  readonly timeoutMs: number;
  /** Bound on the wait for the answer's first byte; the whole-call bound when absent. */
  readonly firstByteTimeoutMs?: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Only for what is public and whose answer is signed (RFC 3161): an address without TLS is accepted. */
  readonly clearTextAllowed?: boolean;
}

export interface HttpPostRequest extends HttpRequest {
  readonly body: Buffer;
}

/** Receives the body chunk by chunk; a slow reader slows the host down. */
export type BodyReader<T> = (head: ResponseHead, chunks: AsyncIterable<Buffer>) => Promise<T>;

/**
 * The one door to the network. Redirections are not followed: a 3xx comes back as it is.
 * Every method rejects with a {@link TransportError} when the answer is not complete.
 */
export interface HttpClient {
  get(request: HttpRequest): Promise<HttpResponse>;
  post(request: HttpPostRequest): Promise<HttpResponse>;
  /** Hands the body over as a bounded stream instead of keeping it in memory. */
  stream<T>(request: HttpRequest, read: BodyReader<T>): Promise<T>;
}

export interface HttpClientOptions {
  readonly dispatcher: Dispatcher;
  readonly userAgent: string;
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  return {
    get: (request) => exchangeWhole(options, request),
    post: (request) => exchangeWhole(options, request, request.body),
    stream: (request, read) => exchange(options, request, read),
  };
}

/** Bounds of ours alone: the library's would not know of the agent's cancellation. */
const NO_TIMEOUT = { headersTimeout: 0, bodyTimeout: 0 } as const;

async function exchangeWhole(options: HttpClientOptions, request: HttpRequest, body?: Buffer): Promise<HttpResponse> {
  const asked = dispatchOptions(options, request, body);
  let answer: WholeAnswer | undefined;
  const bound = boundCall(request, (problem) => answer?.stop(problem));
  const onHead = (head: ResponseHead): void => {
    bound.firstByteReceived();
    if (isCaptivePage(request, head)) throw new TransportError('captive');
  };
  try {
    return await options.dispatcher.through(request.url, (agent) => {
      bound.throwIfStopped();
      answer = new WholeAnswer(request.maxBytes, onHead);
      return answer.receive(agent, asked);
    });
  } catch (error) {
    throw bound.problem() ?? transportErrorOf(error);
  } finally {
    bound.clear();
  }
}

async function exchange<T>(options: HttpClientOptions, request: HttpRequest, read: BodyReader<T>): Promise<T> {
  const asked = dispatchOptions(options, request);
  let answer = new StreamedAnswer(request.maxBytes);
  const bound = boundCall(request, (problem) => answer.stop(problem));
  try {
    const head = await options.dispatcher.through(request.url, (agent) => {
      bound.throwIfStopped();
      answer = new StreamedAnswer(request.maxBytes);
      return answer.receiveHead(agent, asked);
    });
    bound.firstByteReceived();
    if (isCaptivePage(request, head)) throw new TransportError('captive');
    return await read(head, answer.chunks());
  } catch (error) {
    throw bound.problem() ?? (isOurs(error) ? error : transportErrorOf(error));
  } finally {
    answer.leave();
    bound.clear();
  }
}

/** @throws {TransportError} when the call may not leave. */
function dispatchOptions(options: HttpClientOptions, request: HttpRequest, body?: Buffer): UndiciDispatcher.DispatchOptions {
  if (request.signal.aborted) throw new TransportError('cancelled');
  const { origin, pathname, search } = request.url;
  const method = body === undefined ? 'GET' : 'POST';
  return { origin, path: pathname + search, method, body: body ?? null, headers: requestHeaders(options, request), ...NO_TIMEOUT };
}

/** Errors of a reader (disk full, refused content…) keep their own name; those of the network are renamed. */
function isOurs(error: unknown): boolean {
  return error instanceof ReaderError;
}

/** Thrown by a reader to end an exchange for a reason of its own. */
export class ReaderError extends Error {}

function requestHeaders(options: HttpClientOptions, request: HttpRequest): Record<string, string> {
  if (!request.clearTextAllowed || request.authorization) assertSafe(request.url);
  const headers: Record<string, string> = { 'user-agent': options.userAgent, accept: 'application/json', ...request.headers };
  if (request.authorization) {
    const { token, baseUrl } = request.authorization;
    // A token that leaves for another host is lost: this is a bug of ours, and nothing is sent.
    if (new URL(baseUrl).origin !== request.url.origin) throw new Error('a token may only be sent to the origin of its API');
    headers['authorization'] = `Bearer ${token.reveal()}`;
  }
  return headers;
}

/** Clear text stays on this machine (the embedded sandbox). */
function assertSafe(url: URL): void {
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  if (!isSafe) throw new TransportError('tls');
}

const NETWORK_AUTHENTICATION_REQUIRED = 511;

/**
 * Whether the network answered in place of the service: a page where JSON was asked for, a way to
 * another host, or 511 (RFC 6585 §6). What a document's link answers is judged by its reader.
 */
function isCaptivePage({ url, headers }: HttpRequest, head: ResponseHead): boolean {
  if (isLoopback(url) || headers?.['accept'] !== undefined) return false;
  if (head.status === NETWORK_AUTHENTICATION_REQUIRED) return true;
  const isPage = /^\s*text\/html\b/i.test(head.headers['content-type'] ?? '');
  if (head.status >= 200 && head.status < 300) return isPage;
  return [302, 303, 307].includes(head.status) && isElsewhere(head.headers['location'], url);
}

function isElsewhere(location: string | undefined, url: URL): boolean {
  try {
    return location !== undefined && new URL(location, url).hostname !== url.hostname;
  } catch {
    return false;
  }
}

/** The agent's cancellation and our bounds; remembers which came first, and stops the exchange then. */
function boundCall(request: HttpRequest, onStop: (problem: TransportError) => void) {
  let problem: TransportError | undefined;
  const stop = (reason: TransportError) => {
    if (problem) return;
    problem = reason;
    onStop(reason);
  };
  const onCancel = () => stop(new TransportError('cancelled'));
  const onTimeout = () => stop(new TransportError('silence'));
  request.signal.addEventListener('abort', onCancel, { once: true });
  const whole = setTimeout(onTimeout, request.timeoutMs);
  const firstByte = request.firstByteTimeoutMs === undefined ? undefined : setTimeout(onTimeout, request.firstByteTimeoutMs);
  return {
    firstByteReceived: () => clearTimeout(firstByte),
    problem: () => problem,
    throwIfStopped: () => {
      if (problem) throw problem;
    },
    clear: () => {
      clearTimeout(whole);
      clearTimeout(firstByte);
      request.signal.removeEventListener('abort', onCancel);
    },
  };
}
