import { z } from 'zod';

import { channel } from './define';
import { lineSchema, sirenSchema, siretSchema } from './schemas';

export const companyMatchSchema = z.object({
  siren: sirenSchema,
  name: lineSchema,
  headOfficeSiret: siretSchema.nullable(),
  address: lineSchema,
  activity: lineSchema.nullable(),
  legalForm: lineSchema.nullable(),
  isActive: z.boolean(),
  isAssociation: z.boolean(),
  createdOn: z.string().nullable(),
});

export const searchChannels = {
  'search.companies': channel(
    'consult',
    z.object({ text: z.string().trim().min(3).max(200), page: z.number().int().min(1).max(400).default(1) }),
    z.object({ matches: z.array(companyMatchSchema).readonly(), total: z.number(), page: z.number(), pageCount: z.number() }),
  ),
} as const;
