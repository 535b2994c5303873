import { z } from 'zod';

import {
  type ChannelInput,
  type ChannelName,
  type ChannelOutput,
  channels,
  type EventName,
  type EventPayload,
  events,
  type InstruireBridge,
} from '../../shared/ipc';
import type { IpcErrorData } from '../../shared/ipc/define';

declare global {
  interface Window {
    readonly instruire: InstruireBridge;
  }
}

// The CSP forbids eval, which zod's compiled parsers use.
z.config({ jitless: true });

/** An error whose message is a French sentence that can be shown as it is. */
export class SaidError extends Error {}

/** Main said no, in words that can be shown as they are. */
export class CallError extends SaidError {
  constructor(readonly data: IpcErrorData) {
    super(data.message);
    this.name = 'CallError';
  }
}

/** Calls main over the contract. @throws {CallError} with a French sentence. */
export async function callMain<C extends ChannelName>(name: C, input: ChannelInput<C>): Promise<ChannelOutput<C>> {
  const result = await window.instruire.call(name, input);
  if (!result.ok) throw new CallError(result.error);
  return channels[name].output.parse(result.value) as ChannelOutput<C>;
}

/** Listens to what main pushes; returns the function that stops listening. */
export function onMain<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void {
  return window.instruire.on(name, (payload) => {
    const parsed = events[name].safeParse(payload);
    if (parsed.success) listener(parsed.data as EventPayload<E>);
  });
}

/** What to show for any error that reached the screen. */
export function messageOf(error: unknown): string {
  return error instanceof SaidError ? error.message : "Une erreur inattendue s'est produite. Réessayez.";
}
