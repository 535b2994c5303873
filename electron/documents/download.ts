import { isJsonObject } from '../../shared/domain/json';
import { type Call, interpretFailedExchange, lessonsOf, observe, requestIdOf, traceIntent, traceOutcome, waitForTurn } from '../consultation';
import { type CallOutcome, type CallPriority, ConsultationError, type IntentRef, type QuotaClaim, type QuotaPermit, type QuotaPort, type TracePort } from '../consultation/ports';
import { parseJson } from '../http';
import { documentFailure } from './failures';
import { discard, type DownloadView, type ExchangeDeps, exchangeFile, type FileExchange } from './file-exchange';
import type { ReceivedFile } from './file-store';

export interface DownloadDeps extends ExchangeDeps {
  readonly trace: TracePort;
  readonly quota: QuotaPort;
}

/** What one GET on a link brought. */
export type Download =
  | { readonly kind: 'file'; readonly file: ReceivedFile; readonly requestId: string | null; readonly journalSeq: number }
  /** INPI: the link answered JSON with the true link. */
  | { readonly kind: 'next'; readonly url: URL }
  | { readonly kind: 'expired' };

type Conclusion = { readonly download: Download } | { readonly error: ConsultationError['apiError'] };

/**
 * One traced GET on a document link: intent, quota, exchange, outcome.
 * @throws {ConsultationError} in words for the agent.
 */
export async function download(deps: DownloadDeps, call: Call, url: URL, view: DownloadView): Promise<Download> {
  assertSafeLink(url, call.grant.baseUrl);
  const claim = claimOf(call, url, view.priority ?? 'interactive');
  for (;;) {
    const intent = await traceIntent(deps.trace, call);
    const permit = await waitForTurn(deps, claim, intent, { signal: view.signal, onWait: () => view.onProgress('queued', 0, null) });
    const got = await exchangeFile(deps, url, view);
    const verdict = permit ? settle(permit, got) : 'deliver';
    const conclusion = conclude(call, got, { isServedByTheService: claim !== null, journalSeq: intent.seq });
    await closeTrace(deps.trace, intent, got, conclusion);
    if (verdict === 'requeue') continue;
    if ('download' in conclusion) return conclusion.download;
    await discard(got);
    throw new ConsultationError(conclusion.error);
  }
}

/** Routes of the service that count in its pool; a file kept by a third party is no call to the service. */
const SERVED_BY_THE_SERVICE = /\/proxy\/(files|inpi)\//;

function claimOf({ grant, endpoint }: Call, url: URL, priority: CallPriority): QuotaClaim | null {
  if (!SERVED_BY_THE_SERVICE.test(url.pathname)) return null;
  const { environment, habilitationId, tokenKey } = grant;
  return { environment, habilitationId, tokenKey, pool: 'proxied_files', provider: endpoint.provider, priority };
}

/** 00602: the host behind the service refuses, not the service's own counter. */
const HOST_IS_BUSY = '00602';
const FAILED_DEPENDENCY = 424;

function settle(permit: QuotaPermit, got: FileExchange): 'deliver' | 'requeue' {
  if (got.kind === 'unwritten') {
    permit.fail('other');
    return 'deliver';
  }
  const lessons = lessonsOf(got.exchange);
  if (got.kind === 'response' && lessons.errorCode === HOST_IS_BUSY) {
    return permit.settle({ status: FAILED_DEPENDENCY, headers: got.exchange.response.headers, ...lessons });
  }
  return observe(permit, got.exchange, lessons);
}

function conclude(call: Call, got: FileExchange, { isServedByTheService, journalSeq }: { readonly isServedByTheService: boolean; readonly journalSeq: number }): Conclusion {
  if (got.kind === 'unwritten') return { error: documentFailure('disk') };
  if (got.kind === 'broken') return { error: interpretFailedExchange(call, got.exchange) };
  const { response } = got.exchange;
  if ('file' in got.body) {
    const { verdict } = got.body.file;
    if ('problem' in verdict) return { error: documentFailure(verdict.problem) };
    return { download: { kind: 'file', file: got.body.file, requestId: requestIdOf(response), journalSeq } };
  }
  if (response.status === 410 || (response.status === 404 && response.body.length === 0)) return { download: { kind: 'expired' } };
  if (response.status === 429 && !isServedByTheService) return { error: documentFailure('busy_host') };
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

/** Durable, or the file is not kept. */
async function closeTrace(trace: TracePort, intent: IntentRef, got: FileExchange, conclusion: Conclusion): Promise<void> {
  try {
    await traceOutcome(trace, intent, { ...factsOf(got), ...verdictOf(conclusion) });
  } catch (error) {
    await discard(got);
    throw error;
  }
}

function factsOf(got: FileExchange): Pick<CallOutcome, 'httpStatus' | 'requestId' | 'durationMs' | 'bodySha256' | 'documentSha256'> {
  const nothing = { httpStatus: null, requestId: null, bodySha256: null, documentSha256: null };
  if (got.kind === 'unwritten') return { ...nothing, durationMs: got.durationMs };
  const { durationMs } = got.exchange;
  if (got.kind === 'broken') return { ...nothing, durationMs };
  const { response } = got.exchange;
  return {
    httpStatus: response.status,
    requestId: requestIdOf(response),
    durationMs,
    bodySha256: response.sha256,
    documentSha256: 'file' in got.body ? got.body.file.sha256 : null,
  };
}

function verdictOf(conclusion: Conclusion): Pick<CallOutcome, 'outcome' | 'code' | 'detail'> {
  if ('error' in conclusion) return { outcome: 'failure', code: conclusion.error.code, detail: conclusion.error.message };
  const isExpired = conclusion.download.kind === 'expired';
  return { outcome: isExpired ? 'failure' : 'success', code: null, detail: isExpired ? 'Le lien du document a expiré.' : 'Téléchargement de document.' };
}

/** Documents come over TLS; only the sandbox of this machine, called in clear, serves them in clear. */
function assertSafeLink(url: URL, baseUrl: string): void {
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && url.origin === new URL(baseUrl).origin);
  if (!isSafe) throw new ConsultationError(documentFailure('unsafe_link'));
}
