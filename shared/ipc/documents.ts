import { z } from 'zod';

import { apiErrorSchema, idSchema, identifierSchema, instantSchema, lineSchema } from './schemas';
import { channel, done } from './define';

export const storedDocumentSchema = z.object({
  id: idSchema,
  dossierId: idSchema,
  identifier: identifierSchema,
  endpointId: z.string(),
  consultationId: idSchema,
  pointer: z.string(),
  label: lineSchema,
  provider: lineSchema,
  fileName: lineSchema,
  mediaType: z.enum(['application/pdf', 'image/jpeg', 'image/png', 'application/zip']),
  byteLength: z.number(),
  sha256: z.string(),
  fetchedAt: instantSchema,
  documentDate: z.string().nullable(),
  validUntil: z.string().nullable(),
  requestId: z.string().nullable(),
});

export const documentFetchResultSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('stored'), document: storedDocumentSchema }),
  z.object({ step: z.literal('failed'), error: apiErrorSchema }),
]);

export const documentChannels = {
  /** Fetches into the encrypted store; an expired link is renewed by asking the endpoint again. */
  'documents.fetch': channel(
    'consult',
    z.object({ downloadId: idSchema, consultationId: idSchema, pointer: z.string().min(1).max(300) }),
    documentFetchResultSchema,
  ),
  'documents.cancel': channel('consult', z.object({ downloadId: idSchema }), done),
  'documents.list': channel(
    'documents.read',
    z.object({ dossierId: idSchema, identifier: identifierSchema.optional() }),
    z.array(storedDocumentSchema).readonly(),
  ),
  /** Decrypted bytes for the preview; the reading is journalled. */
  'documents.read': channel('documents.read', z.object({ id: idSchema }), z.object({ bytes: z.instanceof(Uint8Array) })),
  'documents.openOutside': channel('documents.read', z.object({ id: idSchema }), done),
  /** Null when the agent closed the dialog. */
  'documents.saveAs': channel('documents.read', z.object({ id: idSchema }), z.object({ path: z.string() }).nullable()),
} as const;
