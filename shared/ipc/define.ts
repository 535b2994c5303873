import * as z from 'zod/mini';

import type { Right } from '../domain/rights';

/** Who may use a channel: anybody, anybody signed in, or those with a right. */
export type Access = 'public' | 'signed-in' | Right;

/** Of either form of zod: what the first screen reads is written in the small one. */
type Schema = z.core.$ZodType;

export interface ChannelDefinition<I extends Schema = Schema, O extends Schema = Schema> {
  readonly access: Access;
  readonly input: I;
  readonly output: O;
}

/** Declares one call from the screen to main. */
export function channel<I extends Schema, O extends Schema>(
  access: Access,
  input: I,
  output: O,
): ChannelDefinition<I, O> {
  return { access, input, output };
}

/** No input. */
export const nothing = z.undefined();
/** No output. */
export const done = z.null();

/** An error that crossed the process boundary as data. */
export const ipcErrorSchema = z.object({
  code: z.enum(['invalid_input', 'not_signed_in', 'forbidden', 'not_found', 'conflict', 'refused', 'unavailable', 'internal']),
  /** French sentence for the screen. */
  message: z.string(),
  /** Field of the input concerned, when there is one. */
  field: z.nullable(z.string()),
});
export type IpcErrorData = z.infer<typeof ipcErrorSchema>;

export type IpcResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: IpcErrorData };
