import { z } from 'zod';

import { COLOR_SCHEMES, LOG_LEVELS } from '../domain/setting-words';
import { channel, nothing } from './define';
import { noProxySchema, pacUrlSchema, proxyModeSchema, proxyUrlSchema, proxyUserSchema } from './proxy';
import { environmentSchema, idSchema, lineSchema, siretSchema } from './schemas';

export const settingsSchema = z.object({
  colorScheme: z.enum(COLOR_SCHEMES),
  /** Waits longer for slow providers instead of cutting answers that were coming (facts: 10 s server bound). */
  longTimeouts: z.boolean(),
  /** Minutes without activity before the session locks. */
  lockAfterMinutes: z.number().int().min(1).max(480),
  /** Offers the 2021 generation of the service, which answers 410 to it today. */
  useV2: z.boolean(),
  /** Where calls go from the next start on; `gateway` only when the machine policy says so. */
  environment: environmentSchema,
  /** What forms propose for this organisation; null or empty: nothing to propose. */
  organisation: lineSchema.trim().min(1).nullable(),
  recipient: siretSchema.nullable(),
  contexts: z.array(lineSchema.trim().min(1)).max(50),
  /** How calls leave this machine; `system`: as the system says, PAC file and exceptions included. */
  proxyMode: proxyModeSchema,
  /** Used by `manual`, and by `pac`. */
  proxyUrl: proxyUrlSchema.nullable(),
  proxyPacUrl: pacUrlSchema.nullable(),
  /** What `manual` reaches without the proxy, as in NO_PROXY. */
  noProxy: z.array(noProxySchema).max(100),
  /** Name given to a proxy that asks for one; its password is the keychain's. */
  proxyUser: proxyUserSchema.nullable(),
  /** Proxies to which the account is given, besides that of `manual`: each was confirmed on screen, or set by the policy. */
  proxyAccountFor: z.array(proxyUrlSchema).max(50),
  logLevel: z.enum(LOG_LEVELS),
  /** Steps of « Premiers pas » ticked by hand on this workstation. */
  firstStepsDone: z.array(z.string().max(40)).max(30),
  /** Where each agent stands in the guided tour; `isOffered`: the home screen still offers it. */
  tours: z.array(z.object({ agentId: idSchema, step: z.number().int().min(0).max(30), isOffered: z.boolean() })).max(500),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Settings as the screen reads them, with the names of those that the machine policy has set: nobody changes them here. */
const settingsViewSchema = settingsSchema.extend({ lockedKeys: z.array(settingsSchema.keyof()).readonly() });

export const settingsChannels = {
  'settings.get': channel('signed-in', nothing, settingsViewSchema),
  /** Whom the account of the proxy goes to is confirmed by `network.confirmProxy`, which looks at who asks. */
  'settings.update': channel('signed-in', settingsSchema.omit({ proxyAccountFor: true }).partial(), settingsViewSchema),
} as const;
