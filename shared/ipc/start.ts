import * as z from 'zod/mini';

import { ENVIRONMENTS } from '../domain/environment';
import { frenchSpaces } from '../domain/french-spaces';
import { plainLine, plainText } from '../domain/plain-text';
import { ROLES } from '../domain/rights';
import { COLOR_SCHEMES } from '../domain/setting-words';
import { channel, nothing } from './define';

// Written in zod's small form: the window reads nothing else of the contract before its first drawing, and the usual form,
// with all that it can do, takes longer to read than the screen to draw.

const shownLineSchema = z.string().check(z.overwrite(plainLine));
const shownSentenceSchema = z.string().check(z.overwrite(plainText), z.overwrite(frenchSpaces));
const instantSchema = z.string();

export const agentSchema = z.object({
  id: z.string(),
  login: shownLineSchema,
  displayName: shownLineSchema,
  role: z.enum(ROLES),
  organisation: shownLineSchema,
  state: z.enum(['active', 'suspended']),
  lastSignInAt: z.nullable(instantSchema),
});

export const sessionSchema = z.object({ agent: agentSchema, signedInAt: instantSchema, secondFactorDue: z.optional(z.boolean()) });

/** `action`: where whoever is signed in can do something about it. */
const noticeSchema = z.object({
  id: z.string(),
  tone: z.enum(['info', 'warning', 'error']),
  message: shownSentenceSchema,
  action: z.optional(
    z.discriminatedUnion('kind', [z.object({ kind: z.literal('verify_journal'), fromSeq: z.int() }), z.object({ kind: z.literal('check_clock') })]),
  ),
});

/** What the screen needs to know before anybody signs in. */
const startStateSchema = z.object({
  hasAccounts: z.boolean(),
  session: z.nullable(sessionSchema),
  /** Whose session is locked: he alone unlocks it with his password; anybody else signs in. */
  lockedAgent: z.nullable(z.object({ login: shownLineSchema, displayName: shownLineSchema })),
  /** The organisation's own sign-in, in the system's browser; null: passwords of this workstation only. */
  oidc: z.nullable(z.object({ organisation: shownLineSchema })),
  /** What the machine policy writes on every account in place of what is typed; null: typed on screen. */
  fixedOrganisation: z.nullable(shownLineSchema),
  environment: z.enum(ENVIRONMENTS),
  colorScheme: z.enum(COLOR_SCHEMES),
  appVersion: z.string(),
  electronVersion: z.string(),
  /** False: no OS keychain here; real tokens are refused. */
  keychainAvailable: z.boolean(),
  /** French sentences shown on every screen (fallback runtime, no keychain, damaged file kept aside…). */
  notices: z.array(noticeSchema),
});

/** The one question of the first screen; it is read, on both sides, before all the others. */
export const startChannels = {
  'session.start': channel('public', nothing, startStateSchema),
} as const;
