import { z } from 'zod';

import { PROXY_MODES } from '../domain/setting-words';
import { lineSchema } from './schemas';

export const proxyModeSchema = z.enum(PROXY_MODES);

const WITHOUT_ACCOUNT = 'une adresse http:// ou https:// sans nom ni mot de passe est attendue';

/** An account in an address would be shown, logged and kept in clear: it is given apart. */
function hasNoAccount(text: string): boolean {
  try {
    const { username, password } = new URL(text);
    return username === '' && password === '';
  } catch {
    return false;
  }
}

export const proxyUrlSchema = z.url({ protocol: /^https?$/, error: WITHOUT_ACCOUNT }).max(500).refine(hasNoAccount, WITHOUT_ACCOUNT);
export const pacUrlSchema = z.url({ protocol: /^(https?|file)$/, error: 'une adresse http://, https:// ou file:// est attendue' }).max(500).refine(hasNoAccount, WITHOUT_ACCOUNT);
export const noProxySchema = lineSchema.trim().min(1);
/** A colon ends the name in what is sent (RFC 7617). */
export const proxyUserSchema = lineSchema.trim().min(1).regex(/^[^:\p{Cc}]+$/u, 'un nom sans deux-points est attendu');
