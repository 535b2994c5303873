import { z } from 'zod';

import { channel, nothing } from './define';
import { proxyUserSchema } from './proxy';

const networkStateSchema = z.object({
  proxyUser: z.string().nullable(),
  /** The machine policy names it: only the password is asked. */
  isProxyUserFixed: z.boolean(),
  hasPassword: z.boolean(),
  /** Host and port of the proxies to which the account is given, and to no other. */
  confirmedProxies: z.array(z.string()),
  /** The one that asks for an account and is not among them. */
  waitingProxy: z.string().nullable(),
  /** The machine policy names them: no other is confirmed here. */
  areProxiesFixed: z.boolean(),
  /** The machine policy names a certificate to show to the gateway. */
  hasClientCertificate: z.boolean(),
  hasPassphrase: z.boolean(),
});

/** `isKept`: by the keychain; else until the application closes. */
const keptStateSchema = networkStateSchema.extend({ isKept: z.boolean() });
/** As main named it: host and port. */
const proxyNameSchema = z.string().min(1).max(500);
const secretSchema = z.string().min(1).max(500).nullable();

export const networkChannels = {
  'network.state': channel('diagnostics.read', nothing, networkStateSchema),
  /** A null password erases the account; `proxy`: the waiting one that was shown with it, null when none was. */
  'network.setProxyAccount': channel('diagnostics.read', z.object({ user: proxyUserSchema.nullable(), password: secretSchema, proxy: proxyNameSchema.nullable() }), keptStateSchema),
  /** The account that is kept goes to the waiting proxy too. */
  'network.confirmProxy': channel('diagnostics.read', z.object({ proxy: proxyNameSchema }), networkStateSchema),
  'network.setPassphrase': channel('settings.manage', z.object({ passphrase: secretSchema }), keptStateSchema),
} as const;
