import { z } from 'zod';

import { channel, done, nothing } from './define';

export const rotationProgressSchema = z.object({ done: z.number().int(), total: z.number().int() });

const dataKeyStateSchema = z.object({
  /** Why nothing kept opens; null when the key is at hand. */
  problem: z.enum(['missing', 'undecryptable']).nullable(),
  /** A change of key was stopped before its end: it goes on when asked. */
  isUnfinished: z.boolean(),
  running: rotationProgressSchema.nullable(),
});

export const dataKeyChannels = {
  'dataKey.state': channel('settings.manage', nothing, dataKeyStateSchema),
  /** Seals everything kept under a new key, or ends what was stopped; progress comes as `dataKey.progress` events. */
  'dataKey.rotate': channel(
    'settings.manage',
    nothing,
    z.object({
      outcome: z.enum(['done', 'cancelled']),
      resealed: z.number().int(),
      /** Left as they were: damaged, or under a key that this workstation does not hold. */
      unopened: z.number().int(),
    }),
  ),
  'dataKey.cancel': channel('settings.manage', nothing, done),
  /** The key is gone: what comes is sealed under a new one, what exists stays closed until the former one is put back. */
  'dataKey.startAgain': channel('settings.manage', nothing, done),
} as const;
