import { z } from 'zod';

import { channel, nothing } from './define';

export const quotaSnapshotSchema = z.object({
  windows: z.array(
    z.object({
      environment: z.string(),
      habilitationId: z.string().nullable(),
      habilitationTitle: z.string(),
      pool: z.string(),
      limit: z.number(),
      used: z.number(),
      inFlight: z.number(),
      remaining: z.number(),
      resetsAt: z.string(),
      queued: z.number(),
      history: z.array(z.number()).readonly(),
      state: z.enum(['open', 'spent', 'stopped', 'banned']),
      reason: z.string().nullable(),
    }),
  ).readonly(),
  breakers: z.array(
    z.object({
      provider: z.string(),
      state: z.enum(['closed', 'open', 'half_open']),
      until: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ).readonly(),
  ban: z.object({ since: z.string(), until: z.string(), nextProbeAt: z.string(), reason: z.string() }).nullable(),
});

export const quotaChannels = {
  'quota.snapshot': channel('habilitations.read', nothing, quotaSnapshotSchema),
} as const;
