import { z } from 'zod';

import { CHECK_IDS, CHECK_STATES } from '../domain/diagnostics';
import { channel, done, nothing } from './define';
import { idSchema, sentenceSchema } from './schemas';

const checkIdSchema = z.enum(CHECK_IDS);

const resultSchema = z.object({
  checkId: checkIdSchema,
  state: z.enum(CHECK_STATES),
  summary: sentenceSchema,
  mend: sentenceSchema.nullable(),
  facts: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
  durationMs: z.number(),
  at: z.string(),
});

export const diagnosticsChannels = {
  /** What was seen last, since the application started. */
  'diagnostics.results': channel('diagnostics.read', nothing, z.array(resultSchema)),
  /** One check; `habilitationId`: whose token, for `token` alone, the first that may be used when null. */
  'diagnostics.run': channel('diagnostics.read', z.object({ runId: idSchema, checkId: checkIdSchema, habilitationId: idSchema.nullable() }), resultSchema),
  'diagnostics.cancel': channel('diagnostics.read', z.object({ runId: idSchema }), done),
  /** For support: versions, states, last request identifiers; no company, no person, no secret. */
  'diagnostics.report': channel('diagnostics.read', nothing, z.object({ text: z.string() })),
} as const;
