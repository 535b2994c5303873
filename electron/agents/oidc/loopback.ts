import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { frenchSpaces } from '../../../shared/domain/french-spaces';

const CALLBACK_PATH = '/connexion';

/** Waits for the browser to come back with the answer of the identity provider (RFC 8252, §7.3). */
export interface LoopbackListener {
  readonly redirectUri: string;
  /** The whole address the browser came back with. */
  readonly callback: Promise<URL>;
  close(): void;
}

/**
 * Listens on 127.0.0.1, on a port of the system's choice, for one answer that carries this state; whatever else
 * comes is refused and changes nothing. Further requests are refused once the answer is there.
 */
export async function listenForCallback(state: string): Promise<LoopbackListener> {
  let accept: (url: URL) => void = () => undefined;
  const callback = new Promise<URL>((resolve) => {
    accept = resolve;
  });
  let isTaken = false;
  let redirectUri = '';
  const server = createServer((request, response) => {
    const url = callbackUrl(request, redirectUri);
    if (!url) return answer(response, 404, 'Cette page n’existe pas.');
    if (isTaken) return answer(response, 410, 'Cette réponse a déjà servi. Revenez à Instruire.');
    if (url.searchParams.get('state') !== state) return answer(response, 400, 'Cette réponse ne correspond pas à la connexion en cours. Revenez à Instruire et recommencez.');
    isTaken = true;
    answer(response, 200, 'Réponse reçue. Vous pouvez fermer cette page et revenir à Instruire.');
    accept(url);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}${CALLBACK_PATH}`;
  return { redirectUri, callback, close: () => void server.close() };
}

/** Undefined when it is not a request for our page, under our own name (a page elsewhere may point its name here). */
function callbackUrl(request: IncomingMessage, redirectUri: string): URL | undefined {
  const expected = new URL(redirectUri);
  if (request.method !== 'GET' || request.headers.host !== expected.host) return undefined;
  try {
    const url = new URL(request.url ?? '', expected);
    return url.origin === expected.origin && url.pathname === CALLBACK_PATH ? url : undefined;
  } catch {
    return undefined;
  }
}

function answer(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(`<!doctype html><html lang="fr"><title>Instruire</title><p>${frenchSpaces(sentence)}</p></html>`);
}
