import { z } from 'zod';

import { PIECE_KINDS } from '../domain/supplied-file';
import { channel, done } from './define';
import { idSchema, identifierSchema, instantSchema, lineSchema, sentenceSchema } from './schemas';

/** Larger than any attestation; a scan of many pages still passes. */
export const LARGEST_PIECE_BYTES = 25 * 1024 * 1024;
export const PIECE_TOO_LARGE = 'Ce fichier dépasse 25 Mo : demandez à la structure une version plus légère.';

const suppliedFileSchema = z.object({
  id: idSchema,
  dossierId: idSchema,
  identifier: identifierSchema,
  originalName: lineSchema,
  mediaType: z.enum(['application/pdf', 'image/jpeg', 'image/png']),
  byteLength: z.number(),
  sha256: z.string(),
  addedAt: instantSchema,
  addedBy: lineSchema,
  kind: z.enum(PIECE_KINDS).nullable(),
  textState: z.enum(['read', 'image', 'unreadable']),
});

const comparisonSchema = z.object({
  rows: z
    .array(
      z.object({
        label: z.string(),
        supplied: z.string().nullable(),
        source: z.string().nullable(),
        verdict: z.enum(['agrees', 'differs', 'unread']),
        note: sentenceSchema.nullable(),
      }),
    )
    .readonly(),
  summary: sentenceSchema,
});

const bytesSchema = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length <= LARGEST_PIECE_BYTES, PIECE_TOO_LARGE);

/** Documents that a company handed over, kept apart from those fetched at their source. */
export const pieceChannels = {
  'pieces.add': channel(
    'dossiers.write',
    z.object({ dossierId: idSchema, identifier: identifierSchema, fileName: lineSchema.min(1), bytes: bytesSchema }),
    suppliedFileSchema,
  ),
  'pieces.list': channel('documents.read', z.object({ dossierId: idSchema }), z.array(suppliedFileSchema.extend({ standsFor: z.array(lineSchema).readonly() })).readonly()),
  /** Decrypted bytes for the preview; the reading is journalled. */
  'pieces.read': channel('documents.read', z.object({ id: idSchema }), z.object({ bytes: z.instanceof(Uint8Array) })),
  /** Beside a document fetched at its source, for the same company of the same dossier. */
  'pieces.compare': channel('documents.read', z.object({ pieceId: idSchema, documentId: idSchema }), comparisonSchema),
  /** Put in the wrong place: deleted for good; the pieces that it stood for are to be received again. */
  'pieces.remove': channel('dossiers.write', z.object({ id: idSchema }), done),
} as const;
