import type { ServerResponse } from 'node:http';

import type { JsonValue } from '../../../shared/domain/json';

export type ReplyHeaders = Readonly<Record<string, string>>;

/** An answer ready to be sent. */
export interface Reply {
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly body: Buffer;
}

export function jsonReply(status: number, value: JsonValue, headers: ReplyHeaders = {}): Reply {
  const type = status < 400 ? 'application/json; charset=utf-8' : 'application/vnd.api+json; charset=utf-8';
  return { status, headers: { 'Content-Type': type, ...headers }, body: Buffer.from(JSON.stringify(value)) };
}

export function textReply(status: number, text: string, headers: ReplyHeaders = {}): Reply {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: Buffer.from(text) };
}

export function emptyReply(status: number): Reply {
  return { status, headers: {}, body: Buffer.alloc(0) };
}

export function sendReply(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body);
}
