import { z } from 'zod';

import { channel, done, nothing } from './define';
import { lineSchema } from './schemas';
import { sessionSchema, startChannels } from './start';

export const loginSchema = z.string().trim().min(1, 'Saisissez un identifiant.').max(80);
const passwordSchema = z.string().min(1, 'Saisissez un mot de passe.').max(200);

const credentialsSchema = z.object({
  password: passwordSchema,
  code: z.string().trim().max(20).optional(),
  newPassword: passwordSchema.optional(),
});

export const sessionChannels = {
  ...startChannels,
  'session.createFirstAccount': channel(
    'public',
    z.object({ login: loginSchema, displayName: lineSchema.min(1), organisation: lineSchema.min(1), password: passwordSchema }),
    sessionSchema,
  ),
  /**
   * Refused with `field: 'code'` when a second factor is due and with `field: 'newPassword'` when the
   * password is temporary: the screen then shows that field and sends everything again.
   */
  'session.signIn': channel('public', credentialsSchema.extend({ login: loginSchema }), sessionSchema),
  /** Opens the organisation's sign-in page in the system's browser; answers once the person is back, or refused. */
  'session.startOidc': channel('public', nothing, sessionSchema),
  'session.cancelOidc': channel('public', nothing, done),
  'session.signOut': channel('signed-in', nothing, done),
  'session.lock': channel('signed-in', nothing, done),
  /** Password of the agent whose session is locked. */
  'session.unlock': channel('public', credentialsSchema, sessionSchema),
  /** The agent is at work: puts the lock off. */
  'session.touch': channel('signed-in', nothing, done),
  'session.changePassword': channel(
    'signed-in',
    z.object({ currentPassword: passwordSchema, newPassword: passwordSchema }),
    done,
  ),
  /** How the account of the agent signed in is protected. */
  'session.protection': channel('signed-in', nothing, z.object({ hasSecondFactor: z.boolean(), recoveryCodesLeft: z.number().int() })),
  /** A QR code to scan (and its secret to type by hand); on only once a first code has confirmed it. */
  'session.beginSecondFactor': channel('signed-in', nothing, z.object({ secret: z.string(), qrCodeSvg: z.string() })),
  'session.confirmSecondFactor': channel(
    'signed-in',
    z.object({ code: z.string().trim().min(6, 'Saisissez les six chiffres du code.').max(20) }),
    z.object({ recoveryCodes: z.array(z.string()).readonly() }),
  ),
  'session.removeSecondFactor': channel('signed-in', z.object({ password: passwordSchema }), done),
} as const;
