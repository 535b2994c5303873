import { z } from 'zod';

import { DOCUMENT_WARNINGS } from '../domain/document';
import type { PrintedPages } from '../domain/printed-pages';
import { DOCUMENT_LINES } from '../domain/listed-document';
import { apiErrorSchema } from './api-error';
import { validitySchema } from './completeness';
import { idSchema, identifierSchema, instantSchema, lineSchema, sentenceSchema } from './schemas';
import { channel, done } from './define';

const storedDocumentSchema = z.object({
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
  journalSeq: z.number().int().nullable(),
  warnings: z.array(z.enum(DOCUMENT_WARNINGS)).readonly(),
});

const listedDocumentSchema = storedDocumentSchema.extend({
  isClosed: z.boolean(),
  earlierFetches: z.array(instantSchema).readonly(),
  journalLine: z.enum(DOCUMENT_LINES),
  validity: validitySchema,
});

const wantedSchema = z.object({ consultationId: idSchema, pointer: z.string().min(1).max(300) });

const wantedDocumentSchema = wantedSchema.extend({
  dossierId: idSchema,
  identifier: identifierSchema,
  endpointId: z.string(),
  label: lineSchema,
  documentDate: z.string().nullable(),
  askedAt: instantSchema,
  problem: sentenceSchema.nullable(),
});

const documentFetchResultSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('stored'), document: storedDocumentSchema }),
  z.object({ step: z.literal('failed'), error: apiErrorSchema }),
]);

const pageNumberSchema = z.number().int().min(1);
const printedPagesSchema = z.object({ from: pageNumberSchema, to: pageNumberSchema, total: pageNumberSchema }) satisfies z.ZodType<PrintedPages>;

export const documentChannels = {
  /** Fetches into the encrypted store; an expired link is renewed by asking the endpoint again. */
  'documents.fetch': channel(
    'consult',
    wantedSchema.extend({ downloadId: idSchema }),
    documentFetchResultSchema,
  ),
  'documents.cancel': channel('consult', z.object({ downloadId: idSchema }), done),
  /** What this agent asked for and has not received, kept through a restart: of one dossier, or of all he may read. */
  'documents.wanted': channel('consult', z.object({ dossierId: idSchema.optional() }), z.array(wantedDocumentSchema).readonly()),
  'documents.forget': channel('consult', wantedSchema, done),
  /** Waits again for what was given up, as long as the application runs. */
  'documents.wantAgain': channel('consult', wantedSchema, done),
  'documents.list': channel(
    'documents.read',
    z.object({ dossierId: idSchema, identifier: identifierSchema.optional() }),
    z.array(listedDocumentSchema).readonly(),
  ),
  /** Decrypted bytes for the preview; the reading is journalled. */
  'documents.read': channel('documents.read', z.object({ id: idSchema }), z.object({ bytes: z.instanceof(Uint8Array) })),
  'documents.openOutside': channel('documents.read', z.object({ id: idSchema }), done),
  /** Gives a clear temporary copy to the drag that the agent has begun, for another program to take. */
  'documents.dragOut': channel('documents.read', z.object({ id: idSchema }), done),
  /** Prints the pages that the window shows for printing, which the journal names; false when the agent closed the dialog. */
  'documents.print': channel('documents.read', z.object({ id: idSchema, pages: printedPagesSchema }), z.object({ isPrinted: z.boolean() })),
  /** Null when the agent closed the dialog. */
  'documents.saveAs': channel('documents.read', z.object({ id: idSchema }), z.object({ path: z.string() }).nullable()),
} as const;
