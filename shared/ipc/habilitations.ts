import { z } from 'zod';

import { channel, nothing } from './define';
import { environmentSchema, idSchema, instantSchema, lineSchema, sentenceSchema, siretSchema, useCaseSchema } from './schemas';

const tokenSummarySchema = z.object({
  uid: z.string().nullable(),
  subject: z.string().nullable(),
  scopes: z.array(z.string()).readonly(),
  issuedAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  state: z.enum(['active', 'expiring', 'expired', 'refused', 'revoked', 'missing']),
  privileges: z.array(z.string()).readonly().nullable(),
  privilegesCheckedAt: instantSchema.nullable(),
});

const habilitationSchema = z.object({
  id: idSchema,
  title: lineSchema,
  environment: environmentSchema,
  recipients: z.array(siretSchema).readonly(),
  contexts: z.array(lineSchema).readonly(),
  useCases: z.array(useCaseSchema).readonly(),
  agents: z.array(z.object({ agentId: idSchema, endpointIds: z.array(z.string()).readonly().nullable() })).readonly(),
  retentionMonths: z.number().int().nullable().optional(),
  token: tokenSummarySchema,
  hasStagedToken: z.boolean().optional(),
});

/** What a responsable declares; main checks it again and answers with the field at fault. */
const habilitationDraftSchema = z.object({
  title: lineSchema.trim().min(1, 'Donnez un titre à cette habilitation.'),
  environment: environmentSchema,
  recipients: z.array(siretSchema).min(1, 'Indiquez au moins un SIRET destinataire.').max(50),
  contexts: z.array(lineSchema.trim().min(1)).min(1, 'Indiquez au moins un contexte.').max(50),
  useCases: z.array(useCaseSchema).min(1, "Indiquez au moins un cas d’usage.").max(20),
  retentionMonths: z.number().int().min(1, 'La durée de conservation est d’au moins un mois.').max(1_200, 'La durée de conservation est de 100 ans au plus.').nullable().optional(),
});

const memberSchema = z.object({ agentId: idSchema, endpointIds: z.array(z.string().max(100)).max(500).nullable() });

export const habilitationChannels = {
  'habilitations.create': channel('habilitations.manage', habilitationDraftSchema, habilitationSchema),
  'habilitations.update': channel(
    'habilitations.manage',
    z.object({ id: idSchema, draft: habilitationDraftSchema }),
    habilitationSchema,
  ),
  /** The token is pasted once and never comes back. Beside a live one, it waits for its first success. */
  'habilitations.setToken': channel(
    'habilitations.manage',
    z.object({ id: idSchema, token: z.string().min(1, 'Collez le jeton.').max(20_000) }),
    habilitationSchema,
  ),
  'habilitations.setAgents': channel(
    'habilitations.manage',
    z.object({ id: idSchema, agents: z.array(memberSchema).max(2_000) }),
    habilitationSchema,
  ),
  /** Asks `/privileges`, which reaches no provider, and remembers what the token opens. */
  'habilitations.testToken': channel('habilitations.manage', z.object({ id: idSchema }), habilitationSchema),
  /** « Jeton compromis »: stops its use at once and prepares the message to the operator. */
  'habilitations.stopToken': channel(
    'habilitations.manage',
    z.object({ id: idSchema }),
    z.object({ habilitation: habilitationSchema, operatorEmail: z.string(), subject: sentenceSchema, body: sentenceSchema }),
  ),
  /** Those that the agent signed in may use; a responsable sees all. */
  'habilitations.list': channel('habilitations.read', nothing, z.array(habilitationSchema)),
} as const;
