import * as z from 'zod/mini';

import { frenchSpaces } from '../../shared/domain/french-spaces';
import type { ChannelInput, ChannelName, ChannelOutput, EventName, EventPayload, InstruireBridge } from '../../shared/ipc';
import type { IpcErrorData } from '../../shared/ipc/define';
import { startChannels } from '../../shared/ipc/start';
import { takeEarlyAnswer } from './early-questions';

declare global {
  interface Window {
    readonly instruire: InstruireBridge;
  }
}

// The CSP forbids eval, which zod's compiled parsers use.
z.config({ jitless: true });

/** The answer that the first screen is drawn with; the rest of the contract is read behind it. */
async function outputOf(name: ChannelName): Promise<z.core.$ZodType> {
  return name === 'session.start' ? startChannels[name].output : (await import('../../shared/ipc')).channels[name].output;
}

/** An error whose message is a French sentence that can be shown as it is. */
export class SaidError extends Error {}

/** Main said no, in words that can be shown as they are. */
export class CallError extends SaidError {
  constructor(readonly data: IpcErrorData) {
    super(frenchSpaces(data.message));
    this.name = 'CallError';
  }
}

/** Calls main over the contract. @throws {CallError} with a French sentence. */
export async function callMain<C extends ChannelName>(name: C, input: ChannelInput<C>): Promise<ChannelOutput<C>> {
  const result = await (takeEarlyAnswer(name) ?? window.instruire.call(name, input));
  if (!result.ok) throw new CallError(result.error);
  return z.parse(await outputOf(name), result.value) as ChannelOutput<C>;
}

/** Listens to what main pushes, in its order; returns the function that stops listening. */
export function onMain<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void {
  let isListening = true;
  const stop = window.instruire.on(name, (payload) => {
    void import('../../shared/ipc').then(({ events }) => {
      const parsed = events[name].safeParse(payload);
      if (isListening && parsed.success) listener(parsed.data as EventPayload<E>);
    });
  });
  return () => {
    isListening = false;
    stop();
  };
}

/** What to show for any error that reached the screen. */
export function messageOf(error: unknown): string {
  return error instanceof SaidError ? error.message : 'Une erreur inattendue s’est produite. Réessayez.';
}
