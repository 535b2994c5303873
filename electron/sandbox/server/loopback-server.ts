import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { jsonReply, sendReply } from './reply';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface LoopbackServer {
  /** Origin, without trailing slash. */
  readonly url: string;
  /** Cuts every connection, silent ones included. */
  close(): Promise<void>;
}

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Listens on 127.0.0.1 only, and refuses any other Host (DNS rebinding). */
export async function listenOnLoopback(port: number, listener: RequestListener): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    if (!LOOPBACK_HOST.test(request.headers.host ?? '')) {
      sendReply(response, jsonReply(421, { erreur: 'hôte inattendu' }));
      return;
    }
    listener(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => closeServer(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
