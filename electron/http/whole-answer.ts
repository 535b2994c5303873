import { createHash } from 'node:crypto';

import type { Agent, Dispatcher as UndiciDispatcher } from 'undici';

import { flatten, type HttpResponse, type ResponseHead } from './response';
import { TransportError, transportErrorOf } from './transport-error';

type Controller = UndiciDispatcher.DispatchController;

/** First status that is not a word of patience before the answer. */
export const FIRST_FINAL_STATUS = 200;

/** An answer kept whole: the library tells its pieces as they come, without the stream that a reader would need. */
export class WholeAnswer implements UndiciDispatcher.DispatchHandler {
  readonly #maxBytes: number;
  readonly #onHead: (head: ResponseHead) => void;
  readonly #hash = createHash('sha256');
  readonly #parts: Buffer[] = [];
  #received = 0;
  #head: ResponseHead | null = null;
  #controller: Controller | null = null;
  #resolve: (response: HttpResponse) => void = () => undefined;
  #reject: (error: TransportError) => void = () => undefined;
  #stopped: TransportError | null = null;

  /** @param onHead told before the first byte of the body; a {@link TransportError} that it throws ends the exchange. */
  constructor(maxBytes: number, onHead: (head: ResponseHead) => void) {
    this.#maxBytes = maxBytes;
    this.#onHead = onHead;
  }

  /** Rejects with a {@link TransportError} when the answer is not complete. */
  receive(agent: Agent, options: UndiciDispatcher.DispatchOptions): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      agent.dispatch(options, this);
    });
  }

  /** Ends the exchange, wherever it is: one that waits for a connection never leaves. */
  stop(reason: TransportError): void {
    this.#stopped ??= reason;
    this.#reject(this.#stopped);
    this.#controller?.abort(this.#stopped);
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#stopped) controller.abort(this.#stopped);
  }

  onResponseStart(...[, status, headers]: Parameters<Required<UndiciDispatcher.DispatchHandler>['onResponseStart']>): void {
    if (status < FIRST_FINAL_STATUS) return;
    this.#head = { status, headers: flatten(headers) };
    try {
      this.#onHead(this.#head);
      if (Number(this.#head.headers['content-length'] ?? 0) > this.#maxBytes) throw new TransportError('too_large');
    } catch (error) {
      this.stop(transportErrorOf(error));
    }
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    this.#received += chunk.length;
    if (this.#received > this.#maxBytes) return this.stop(new TransportError('too_large'));
    this.#hash.update(chunk);
    this.#parts.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#head) this.#resolve({ ...this.#head, body: Buffer.concat(this.#parts), sha256: this.#hash.digest('hex') });
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#reject(transportErrorOf(error));
  }
}
