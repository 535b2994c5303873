import { z } from 'zod';

import { channel, nothing } from './define';
import { proxyUserSchema } from './proxy';

const networkStateSchema = z.object({
  proxyUser: z.string().nullable(),
  /** The machine policy names it: only the password is asked. */
  isProxyUserFixed: z.boolean(),
  hasPassword: z.boolean(),
  /** The machine policy names a certificate to show to the gateway. */
  hasClientCertificate: z.boolean(),
  hasPassphrase: z.boolean(),
});

/** `isKept`: by the keychain; else until the application closes. */
const keptStateSchema = networkStateSchema.extend({ isKept: z.boolean() });
const secretSchema = z.string().min(1).max(500).nullable();

export const networkChannels = {
  'network.state': channel('diagnostics.read', nothing, networkStateSchema),
  /** Null erases the account. */
  'network.setProxyAccount': channel('diagnostics.read', z.object({ user: proxyUserSchema.nullable(), password: secretSchema }), keptStateSchema),
  'network.setPassphrase': channel('settings.manage', z.object({ passphrase: secretSchema }), keptStateSchema),
} as const;
