import { z } from 'zod';

import { channel, done, nothing } from './define';
import { environmentSchema, idSchema, instantSchema, lineSchema, roleSchema } from './schemas';

export const agentSchema = z.object({
  id: idSchema,
  login: lineSchema,
  displayName: lineSchema,
  role: roleSchema,
  organisation: lineSchema,
  state: z.enum(['active', 'suspended']),
  lastSignInAt: instantSchema.nullable(),
});

export const sessionSchema = z.object({ agent: agentSchema, signedInAt: instantSchema });

const loginSchema = z.string().trim().min(1, 'Saisissez un identifiant.').max(80);
const passwordSchema = z.string().min(1, 'Saisissez un mot de passe.').max(200);

/** What the screen needs to know before anybody signs in. */
export const startStateSchema = z.object({
  hasAccounts: z.boolean(),
  session: sessionSchema.nullable(),
  environment: environmentSchema,
  appVersion: z.string(),
  electronVersion: z.string(),
  /** False: no OS keychain here; real tokens are refused. */
  keychainAvailable: z.boolean(),
  /** French sentences shown on every screen (fallback runtime, no keychain, damaged file kept aside…). */
  notices: z.array(z.object({ id: z.string(), tone: z.enum(['info', 'warning', 'error']), message: z.string() })),
});

export const sessionChannels = {
  'session.start': channel('public', nothing, startStateSchema),
  'session.createFirstAccount': channel(
    'public',
    z.object({ login: loginSchema, displayName: lineSchema.min(1), organisation: lineSchema.min(1), password: passwordSchema }),
    sessionSchema,
  ),
  'session.signIn': channel('public', z.object({ login: loginSchema, password: passwordSchema }), sessionSchema),
  'session.signOut': channel('signed-in', nothing, done),
} as const;
