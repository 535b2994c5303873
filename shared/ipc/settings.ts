import { z } from 'zod';

import { channel, nothing } from './define';

export const colorSchemeSchema = z.enum(['auto', 'light', 'dark']);

export const settingsSchema = z.object({
  colorScheme: colorSchemeSchema,
  /** Waits longer for slow providers instead of cutting answers that were coming (facts: 10 s server bound). */
  longTimeouts: z.boolean(),
  /** Minutes without activity before the session locks. */
  lockAfterMinutes: z.number().int().min(1).max(480),
  /** Offers the 2021 generation of the service, which answers 410 to it today. */
  useV2: z.boolean(),
  /** Steps of « Premiers pas » ticked by hand on this workstation. */
  firstStepsDone: z.array(z.string().max(40)).max(30),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsChannels = {
  'settings.get': channel('public', nothing, settingsSchema),
  'settings.update': channel('signed-in', settingsSchema.partial(), settingsSchema),
} as const;
