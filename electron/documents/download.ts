import {
  type Call,
  type Exchange,
  failureOf,
  interpretFailedExchange,
  lessonsOf,
  observe,
  requestIdOf,
  traceIntent,
  traceOutcome,
  unsentOutcome,
} from '../consultation';
import { type CallOutcome, ConsultationError, type QuotaPermit, type QuotaPort, type TracePort } from '../consultation/ports';
import { type BodyReader, type HttpClient, MAX_DOCUMENT_BYTES, parseJson, ReaderError, TransportError } from '../http';
import { isJsonObject } from '../../shared/domain/json';
import type { Clock } from '../storage/clock';
import { documentFailure } from './failures';
import type { FileStore, ReceivedFile } from './file-store';

export interface DownloadDeps {
  readonly http: HttpClient;
  readonly trace: TracePort;
  readonly quota: QuotaPort;
  readonly store: FileStore;
  readonly clock: Clock;
}

export interface DownloadView {
  readonly signal: AbortSignal;
  readonly onProgress: (step: 'queued' | 'running', receivedBytes: number, totalBytes: number | null) => void;
}

/** What one GET on a link brought. */
export type Download =
  | { readonly kind: 'file'; readonly file: ReceivedFile; readonly requestId: string | null }
  /** INPI: the link answered JSON with the true link. */
  | { readonly kind: 'next'; readonly url: URL }
  | { readonly kind: 'expired' };

/** A document comes from farther than data: 60 MB over a slow line. Silence is caught much earlier. */
const WHOLE_TIMEOUT_MS = 120_000;
const FIRST_BYTE_TIMEOUT_MS = 30_000;
const MAX_SMALL_BODY_BYTES = 1024 * 1024;

/**
 * One traced GET on a document link: intent, quota, exchange, outcome. The token never goes along.
 * @throws {ConsultationError} in words for the agent.
 */
export async function download(deps: DownloadDeps, call: Call, url: URL, view: DownloadView): Promise<Download> {
  assertSafeLink(url, call.grant.baseUrl);
  for (;;) {
    const intent = await traceIntent(deps.trace, call);
    const closeUnsent = (outcome: CallOutcome) => traceOutcome(deps.trace, intent, outcome);
    const permit = await waitForQuota(deps, call, view, closeUnsent);
    const got = await exchange(deps, url, view);
    const verdict = 'broken' in got ? settleBroken(permit, got) : observe(permit, got.exchange, lessonsOf(got.exchange));
    const result = conclude(call, got);
    try {
      await traceOutcome(deps.trace, intent, outcomeOf(got, result));
    } catch (error) {
      await discard(got);
      throw error;
    }
    if (verdict === 'requeue') continue;
    if ('error' in result) {
      await discard(got);
      throw new ConsultationError(result.error);
    }
    return result.download;
  }
}

type Body = { readonly file: ReceivedFile } | { readonly small: Buffer };
type Got =
  | { readonly exchange: Extract<Exchange, { kind: 'response' }>; readonly body: Body }
  | { readonly broken: Extract<Exchange, { kind: 'broken' }> | 'disk'; readonly durationMs: number };
type Conclusion = { readonly download: Download } | { readonly error: ConsultationError['apiError'] };

async function waitForQuota(
  deps: DownloadDeps,
  call: Call,
  view: DownloadView,
  closeUnsent: (outcome: CallOutcome) => Promise<void>,
): Promise<QuotaPermit> {
  const { environment, habilitationId, tokenKey } = call.grant;
  const claim = { environment, habilitationId, tokenKey, pool: 'proxied_files', provider: call.endpoint.provider, priority: 'interactive' as const };
  try {
    return await deps.quota.acquire(claim, { signal: view.signal, onWait: () => view.onProgress('queued', 0, null) });
  } catch (error) {
    const apiError = error instanceof ConsultationError ? error.apiError : failureOf(view.signal.aborted ? 'cancelled' : 'internal');
    await closeUnsent(unsentOutcome(apiError));
    throw new ConsultationError(apiError);
  }
}

async function exchange(deps: DownloadDeps, url: URL, view: DownloadView): Promise<Got> {
  const startedAt = deps.clock.monotonic();
  const elapsed = () => Math.round(deps.clock.monotonic() - startedAt);
  const read: BodyReader<Got> = async (head, chunks) => {
    const body = await readBody(deps.store, head, chunks, view);
    const [bytes, sha256] = 'small' in body ? [body.small, ''] : [Buffer.alloc(0), body.file.sha256];
    const response = { ...head, body: bytes, sha256 };
    return { body, exchange: { kind: 'response', response, durationMs: elapsed(), receivedAt: deps.clock.now() } };
  };
  const request = {
    url,
    headers: { accept: 'application/pdf, image/*, application/zip, application/json;q=0.5, */*;q=0.1' },
    timeoutMs: WHOLE_TIMEOUT_MS,
    firstByteTimeoutMs: FIRST_BYTE_TIMEOUT_MS,
    maxBytes: MAX_DOCUMENT_BYTES,
    signal: view.signal,
  };
  try {
    return await deps.http.stream(request, read);
  } catch (error) {
    const durationMs = elapsed();
    if (error instanceof ReaderError) return { broken: 'disk', durationMs };
    const transport = error instanceof TransportError ? error : new TransportError('other');
    return { broken: { kind: 'broken', error: transport, durationMs }, durationMs };
  }
}

async function readBody(
  store: FileStore,
  head: { readonly status: number; readonly headers: Readonly<Record<string, string | undefined>> },
  chunks: AsyncIterable<Buffer>,
  view: DownloadView,
): Promise<Body> {
  if (head.status !== 200 || isJson(head.headers)) return { small: await readSmall(chunks) };
  const total = Number(head.headers['content-length']);
  const totalBytes = Number.isSafeInteger(total) && total > 0 ? total : null;
  return { file: await store.receive(counted(chunks, (received) => view.onProgress('running', received, totalBytes))) };
}

async function readSmall(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MAX_SMALL_BODY_BYTES) throw new TransportError('too_large');
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

async function* counted(chunks: AsyncIterable<Buffer>, onReceived: (bytes: number) => void): AsyncGenerator<Buffer> {
  let received = 0;
  onReceived(received);
  for await (const chunk of chunks) {
    received += chunk.length;
    onReceived(received);
    yield chunk;
  }
}

function settleBroken(permit: QuotaPermit, got: Extract<Got, { broken: unknown }>): 'deliver' {
  permit.fail(got.broken === 'disk' ? 'other' : got.broken.error.failure);
  return 'deliver';
}

function conclude(call: Call, got: Got): Conclusion {
  if ('broken' in got) {
    return { error: got.broken === 'disk' ? documentFailure('disk') : interpretFailedExchange(call, got.broken) };
  }
  const { response } = got.exchange;
  if ('file' in got.body) {
    const { verdict } = got.body.file;
    if ('problem' in verdict) return { error: documentFailure(verdict.problem) };
    return { download: { kind: 'file', file: got.body.file, requestId: requestIdOf(response) } };
  }
  if (response.status === 410 || (response.status === 404 && response.body.length === 0)) return { download: { kind: 'expired' } };
  if (response.status !== 200) return { error: interpretFailedExchange(call, got.exchange) };
  const url = nextLink(got.body.small);
  return url ? { download: { kind: 'next', url } } : { error: documentFailure('not_a_document') };
}

function nextLink(body: Buffer): URL | undefined {
  const json = parseJson(body);
  const data = isJsonObject(json) ? json['data'] : undefined;
  const link = isJsonObject(data) ? data['document_url'] : undefined;
  try {
    return typeof link === 'string' ? new URL(link) : undefined;
  } catch {
    return undefined;
  }
}

function outcomeOf(got: Got, result: Conclusion): CallOutcome {
  const response = 'exchange' in got ? got.exchange.response : null;
  const error = 'error' in result ? result.error : null;
  const documentSha256 = 'body' in got && 'file' in got.body ? got.body.file.sha256 : null;
  const isExpired = 'download' in result && result.download.kind === 'expired';
  return {
    outcome: error || isExpired ? 'failure' : 'success',
    httpStatus: response?.status ?? null,
    code: error?.code ?? null,
    requestId: response && requestIdOf(response),
    durationMs: 'broken' in got ? got.durationMs : got.exchange.durationMs,
    bodySha256: documentSha256,
    documentSha256,
    detail: error?.message ?? (isExpired ? 'Le lien du document a expiré.' : 'Téléchargement de document.'),
  };
}

async function discard(got: Got): Promise<void> {
  if ('body' in got && 'file' in got.body) await got.body.file.discard();
}

function isJson(headers: Readonly<Record<string, string | undefined>>): boolean {
  return /\bjson\b/i.test(headers['content-type'] ?? '');
}

/** Documents come over TLS; only the sandbox of this machine, called in clear, serves them in clear. */
function assertSafeLink(url: URL, baseUrl: string): void {
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && url.origin === new URL(baseUrl).origin);
  if (!isSafe) throw new ConsultationError(documentFailure('unsafe_link'));
}
