export type ResponseHeaders = Readonly<Record<string, string | undefined>>;

export interface ResponseHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ResponseHeaders;
}

export interface HttpResponse extends ResponseHead {
  readonly body: Buffer;
  /** Hexadecimal, of the body as received. */
  readonly sha256: string;
}

/** Names in lower case, one text each. */
export function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): ResponseHeaders {
  const flat: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(headers)) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  return flat;
}
