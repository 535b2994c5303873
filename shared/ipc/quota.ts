import { z } from 'zod';

import { quotaPools } from '../catalogue/pools';
import { channel, nothing } from './define';
import { idSchema, sentenceSchema } from './schemas';

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
      reason: sentenceSchema.nullable(),
    }),
  ).readonly(),
  breakers: z.array(
    z.object({
      provider: z.string(),
      state: z.enum(['closed', 'open', 'half_open']),
      until: z.string().nullable(),
      reason: sentenceSchema.nullable(),
    }),
  ).readonly(),
  ban: z.object({ since: z.string(), until: z.string(), nextProbeAt: z.string(), reason: sentenceSchema }).nullable(),
});

const poolSchema = z.enum(quotaPools.map(({ id }) => id));

/** A plan of calls for one dossier; the calls of a batch leave after those of the screen. */
const quotaPlanSchema = z.object({
  dossierId: idSchema,
  plan: z.array(z.object({ pool: poolSchema, calls: z.number().int().min(0).max(100_000) })).max(quotaPools.length),
  priority: z.enum(['interactive', 'batch']).default('interactive'),
});

const quotaEstimateSchema = z.object({ calls: z.number(), startsAt: z.string(), durationMs: z.number() });

export const quotaChannels = {
  'quota.snapshot': channel('habilitations.read', nothing, quotaSnapshotSchema),
  /** What a plan would cost and how long it would take, to be shown before it starts. */
  'quota.estimate': channel('consult', quotaPlanSchema, quotaEstimateSchema),
} as const;
