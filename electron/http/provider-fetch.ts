import type { CustomFetch } from 'openid-client';
import type { Dispatcher as UndiciDispatcher } from 'undici';

import type { Dispatcher } from './dispatcher';

const MAX_ANSWER_BYTES = 1024 * 1024;

/** Carries the identity provider's HTTP over the application's own connections: same proxy, same authorities. */
export function providerFetch(dispatcher: Dispatcher, signal: AbortSignal): CustomFetch {
  return async (url, options) => {
    const answer = await dispatcher.request(url, {
      method: options.method as UndiciDispatcher.HttpMethod,
      headers: options.headers,
      body: options.body === undefined || options.body === null ? null : bodyText(options.body),
      signal: options.signal ? AbortSignal.any([options.signal, signal]) : signal,
    });
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) if (typeof value === 'string') headers.set(name, value);
    const body = await boundedBody(answer.body);
    return new Response(body.length === 0 ? null : body, { status: answer.statusCode, headers });
  };
}

function bodyText(body: NonNullable<Parameters<CustomFetch>[1]['body']>): string {
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('only forms are sent to an identity provider');
}

async function boundedBody(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) throw new Error('the answer of the identity provider is too long');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
