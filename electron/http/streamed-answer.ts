import type { Agent, Dispatcher as UndiciDispatcher } from 'undici';

import { flatten, type ResponseHead } from './response';
import { TransportError, transportErrorOf } from './transport-error';
import { FIRST_FINAL_STATUS } from './whole-answer';

type Controller = UndiciDispatcher.DispatchController;

/** What may wait for the reader before the host is made to wait: a few chunks of the network. */
const MAX_WAITING_BYTES = 256 * 1024;

/** An answer handed over while it arrives, as the library tells its pieces: no stream of the runtime in between. */
export class StreamedAnswer implements UndiciDispatcher.DispatchHandler {
  readonly #maxBytes: number;
  #head: ResponseHead | null = null;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #receivedBytes = 0;
  #isEnded = false;
  #failure: TransportError | null = null;
  #controller: Controller | null = null;
  #resolveHead: (head: ResponseHead) => void = () => undefined;
  #rejectHead: (error: TransportError) => void = () => undefined;
  #wakeReader: () => void = () => undefined;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Rejects with a {@link TransportError} when no answer begins. */
  receiveHead(agent: Agent, options: UndiciDispatcher.DispatchOptions): Promise<ResponseHead> {
    return new Promise((resolve, reject) => {
      this.#resolveHead = resolve;
      this.#rejectHead = reject;
      agent.dispatch(options, this);
    });
  }

  /** The body, for one reader; a slow one slows the host down. @throws {TransportError} when the body is not complete, or larger than the bound. */
  async *chunks(): AsyncGenerator<Buffer> {
    if (Number(this.#head?.headers['content-length'] ?? 0) > this.#maxBytes) throw new TransportError('too_large');
    for (;;) {
      if (this.#failure) throw this.#failure;
      const chunk = this.#take();
      if (chunk) yield chunk;
      else if (this.#isEnded) return;
      else await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
  }

  /** Ends the exchange, wherever it is; what has come whole stays as it is. */
  stop(reason: TransportError): void {
    if (this.#isEnded) return;
    this.#fail(reason);
    this.#controller?.abort(reason);
  }

  /** Its reader has seen enough: what has not come does not come any more. */
  leave(): void {
    if (!this.#isEnded && !this.#failure) this.stop(new TransportError('cut'));
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#failure) controller.abort(this.#failure);
  }

  onResponseStart(...[, status, headers]: Parameters<Required<UndiciDispatcher.DispatchHandler>['onResponseStart']>): void {
    if (status < FIRST_FINAL_STATUS) return;
    this.#head = { status, headers: flatten(headers) };
    this.#resolveHead(this.#head);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes > this.#maxBytes) return this.stop(new TransportError('too_large'));
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes >= MAX_WAITING_BYTES) controller.pause();
    this.#wakeReader();
  }

  onResponseEnd(): void {
    this.#isEnded = true;
    this.#wakeReader();
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#fail(transportErrorOf(error));
  }

  #take(): Buffer | undefined {
    const chunk = this.#waiting.shift();
    this.#waitingBytes -= chunk?.length ?? 0;
    if (this.#controller?.paused && this.#waitingBytes < MAX_WAITING_BYTES) this.#controller.resume();
    return chunk;
  }

  /** The first failure is the cause of the others. What waits is worth nothing without the rest. */
  #fail(error: TransportError): void {
    this.#failure ??= error;
    this.#waiting = [];
    this.#rejectHead(this.#failure);
    this.#wakeReader();
  }
}
