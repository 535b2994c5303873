import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

export interface LoopbackServer {
  readonly baseUrl: string;
  /** Every request received, in order. */
  readonly requests: readonly { readonly url: string; readonly authorization: string | undefined; readonly headers: IncomingMessage['headers'] }[];
  /** Changes what the server answers from now on. */
  answer(answering: Answering): void;
  close(): Promise<void>;
}

/** A real HTTP server on loopback, whose answers a test decides. */
export async function startLoopback(answering: Answering, address = '127.0.0.1'): Promise<LoopbackServer> {
  let current = answering;
  const requests: { url: string; authorization: string | undefined; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization, headers: request.headers });
    current(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    requests,
    answer: (next) => {
      current = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
