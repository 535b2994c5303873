/** Result of reading a value typed or received: the value, or a French sentence that says what is wrong. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

export function valid<T>(value: T): Checked<T> {
  return { ok: true, value };
}

export function invalid(message: string): Checked<never> {
  return { ok: false, message };
}
