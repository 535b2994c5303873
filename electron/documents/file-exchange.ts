import { createHash } from 'node:crypto';

import type { Exchange } from '../consultation';
import type { CallPriority } from '../consultation/ports';
import { type BodyReader, type HttpClient, MAX_DOCUMENT_BYTES, ReaderError, type ResponseHead, TransportError } from '../http';
import type { Clock } from '../storage/clock';
import type { FileStore, ReceivedFile } from './file-store';

export interface ExchangeDeps {
  readonly http: HttpClient;
  readonly store: FileStore;
  readonly clock: Clock;
}

export interface DownloadView {
  readonly priority?: CallPriority;
  readonly signal: AbortSignal;
  readonly onProgress: (step: 'queued' | 'running', receivedBytes: number, totalBytes: number | null) => void;
}

/** A file, sealed while it arrived, or a short body: JSON, a refusal. */
export type FileBody = { readonly file: ReceivedFile } | { readonly small: Buffer };

/** One GET on a link, as the network or the disk left it. */
export type FileExchange =
  | { readonly kind: 'response'; readonly exchange: Extract<Exchange, { kind: 'response' }>; readonly body: FileBody }
  | { readonly kind: 'broken'; readonly exchange: Extract<Exchange, { kind: 'broken' }> }
  | { readonly kind: 'unwritten'; readonly durationMs: number };

/** A document comes from farther than data: 60 MB over a slow line. Silence is caught much earlier. */
const WHOLE_TIMEOUT_MS = 120_000;
const FIRST_BYTE_TIMEOUT_MS = 30_000;
const MAX_SMALL_BODY_BYTES = 1024 * 1024;

/** The token never goes along: a document link opens by itself. */
export async function exchangeFile(deps: ExchangeDeps, url: URL, view: DownloadView): Promise<FileExchange> {
  const startedAt = deps.clock.monotonic();
  const elapsed = () => Math.round(deps.clock.monotonic() - startedAt);
  const read: BodyReader<FileExchange> = async (head, chunks) => {
    const body = await readBody(deps.store, head, chunks, view);
    const response = { ...head, ...bytesOf(body) };
    return { kind: 'response', body, exchange: { kind: 'response', response, durationMs: elapsed(), receivedAt: deps.clock.now() } };
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
    if (error instanceof ReaderError) return { kind: 'unwritten', durationMs: elapsed() };
    const transport = error instanceof TransportError ? error : new TransportError('other');
    return { kind: 'broken', exchange: { kind: 'broken', error: transport, durationMs: elapsed() } };
  }
}

export async function discard(got: FileExchange): Promise<void> {
  if (got.kind === 'response' && 'file' in got.body) await got.body.file.discard();
}

/** The file's bytes are on disk and nowhere else; a short body is kept, and hashed as received. */
function bytesOf(body: FileBody): { readonly body: Buffer; readonly sha256: string } {
  if ('file' in body) return { body: Buffer.alloc(0), sha256: body.file.sha256 };
  return { body: body.small, sha256: createHash('sha256').update(body.small).digest('hex') };
}

async function readBody(store: FileStore, head: ResponseHead, chunks: AsyncIterable<Buffer>, view: DownloadView): Promise<FileBody> {
  const isJson = /\bjson\b/i.test(head.headers['content-type'] ?? '');
  if (head.status !== 200 || isJson) return { small: await readSmall(chunks) };
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
