import { z } from 'zod';

import { channel, done, nothing } from './define';
import { idSchema, instantSchema, lineSchema } from './schemas';

const termSchema = z.object({
  dossierId: idSchema,
  title: lineSchema,
  habilitationTitle: lineSchema,
  closedAt: instantSchema,
  retentionMonths: z.number().int().nullable(),
  dueOn: z.string().nullable(),
  isDue: z.boolean(),
  holdings: z.object({ documents: z.number().int(), answers: z.number().int(), suppliedFiles: z.number().int(), batches: z.number().int() }),
});

export const retentionChannels = {
  /** Closed and archived dossiers, with the day of their deletion and what it would remove. */
  'retention.preview': channel('dossiers.manage', nothing, z.array(termSchema).readonly()),
  /** Deletes, among the dossiers that were previewed, those whose term has passed. */
  'retention.run': channel('dossiers.manage', z.object({ dossierIds: z.array(idSchema).max(5_000) }), z.object({ deleted: z.number().int() })),
  /** A closed or archived dossier, before its term. */
  'dossiers.delete': channel('dossiers.manage', z.object({ id: idSchema }), done),
} as const;
