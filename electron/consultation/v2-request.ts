import { createHash } from 'node:crypto';

import type { HttpRequest } from '../http';
import type { Call } from './call';

const PSEUDONYM_LENGTH = 32;

/**
 * `user_id`, which version 2 took beside the justification (API Entreprise docs, 2021): it tells the
 * agents of one token apart for the service without naming them.
 */
export function addUserId(url: URL, { endpoint, agent }: Pick<Call, 'endpoint' | 'agent'>): void {
  if (endpoint.version === 2 && !url.searchParams.has('user_id')) url.searchParams.set('user_id', pseudonymOf(agent.id));
}

function pseudonymOf(agentId: string): string {
  return createHash('sha256').update(`user_id ${agentId}`).digest('hex').slice(0, PSEUDONYM_LENGTH);
}

/** Only on version 2, and where the machine policy asks for it. */
export function isTokenInQuery({ endpoint, grant }: Pick<Call, 'endpoint' | 'grant'>): boolean {
  return endpoint.version === 2 && grant.tokenInQuery === true;
}

/**
 * The token goes in the header; else in the address, whose URL is made for the exchange alone and is
 * neither shown nor kept.
 */
export function withToken(url: URL, call: Pick<Call, 'endpoint' | 'grant'>): Pick<HttpRequest, 'url' | 'authorization'> {
  const { token, baseUrl } = call.grant;
  if (!isTokenInQuery(call)) return { url, authorization: { token, baseUrl } };
  // The same guard as the header's: a token that leaves for another host is lost.
  if (url.origin !== new URL(baseUrl).origin) throw new Error('a token may only be sent to the origin of its API');
  const secretUrl = new URL(url);
  secretUrl.searchParams.set('token', token.reveal());
  return { url: secretUrl };
}
