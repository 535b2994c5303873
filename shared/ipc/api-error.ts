import { z } from 'zod';

import { API_ERROR_KINDS } from '../domain/api-error';
import { sentenceSchema } from './schemas';

const retryRuleSchema = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('never') }),
  z.object({ rule: z.literal('after'), seconds: z.number(), times: z.number() }),
  z.object({ rule: z.literal('remind'), seconds: z.number() }),
  z.object({ rule: z.literal('by_hand') }),
]);

export const apiErrorSchema = z.object({
  kind: z.enum(API_ERROR_KINDS),
  message: sentenceSchema,
  advice: sentenceSchema,
  status: z.number().nullable(),
  code: z.string().nullable(),
  provider: z.string().nullable(),
  requestId: z.string().nullable(),
  retry: retryRuleSchema,
});
