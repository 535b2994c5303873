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

/**
 * The token goes in the header. In the address only on version 2, where the machine policy asks for
 * it: that URL is made for the exchange alone, and is neither shown nor kept.
 */
export function withToken(url: URL, { endpoint, grant }: Pick<Call, 'endpoint' | 'grant'>): Pick<HttpRequest, 'url' | 'authorization'> {
  const { token, baseUrl } = grant;
  if (endpoint.version !== 2 || grant.tokenInQuery !== true) return { url, authorization: { token, baseUrl } };
  // The same guard as the header's: a token that leaves for another host is lost.
  if (url.origin !== new URL(baseUrl).origin) throw new Error('a token may only be sent to the origin of its API');
  const secretUrl = new URL(url);
  secretUrl.searchParams.set('token', token.reveal());
  return { url: secretUrl };
}
