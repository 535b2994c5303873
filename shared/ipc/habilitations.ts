import { z } from 'zod';

import { channel, nothing } from './define';
import { environmentSchema, idSchema, instantSchema, lineSchema, siretSchema, useCaseSchema } from './schemas';

export const tokenSummarySchema = z.object({
  uid: z.string().nullable(),
  subject: z.string().nullable(),
  scopes: z.array(z.string()),
  issuedAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  state: z.enum(['active', 'expiring', 'expired', 'refused', 'revoked', 'missing']),
  privileges: z.array(z.string()).nullable(),
  privilegesCheckedAt: instantSchema.nullable(),
});

export const habilitationSchema = z.object({
  id: idSchema,
  title: lineSchema,
  environment: environmentSchema,
  recipients: z.array(siretSchema),
  contexts: z.array(lineSchema),
  useCases: z.array(useCaseSchema),
  agents: z.array(z.object({ agentId: idSchema, endpointIds: z.array(z.string()).nullable() })),
  token: tokenSummarySchema,
});

export const habilitationChannels = {
  /** Those that the agent signed in may use; a responsable sees all. */
  'habilitations.list': channel('habilitations.read', nothing, z.array(habilitationSchema)),
} as const;
