import { z } from 'zod';

import type { JsonObject, JsonValue } from '../domain/json';
import { apiErrorSchema } from './api-error';
import { channel, done } from './define';
import { environmentSchema, idSchema, identifierSchema, instantSchema, lineSchema, sentenceSchema, siretSchema, textSchema } from './schemas';

/** Data of an answer was parsed and bounded by main; the screen only reads it. */
const jsonSchema = z.custom<JsonValue>((value) => value !== undefined);
const jsonObjectSchema = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null);

/** In place of the dossier's, for one call; main checks them against the habilitation. */
const justificationOverrideShape = { context: lineSchema.optional(), recipient: siretSchema.optional(), object: lineSchema.optional() };

const documentOfferSchema = z.object({
  pointer: z.string().max(300),
  label: lineSchema,
  linkExpiresAt: instantSchema.nullable(),
  documentDate: z.string().nullable(),
});

export const answerSchema = z.object({
  consultationId: idSchema,
  dossierId: idSchema,
  endpointId: z.string(),
  identifier: identifierSchema,
  parameters: z.record(z.string(), z.string()),
  ...justificationOverrideShape,
  writtenReason: textSchema.optional(),
  data: jsonSchema,
  meta: jsonObjectSchema,
  provider: z.string(),
  receivedAt: instantSchema,
  requestId: z.string().nullable(),
  httpStatus: z.number(),
  durationMs: z.number(),
  quotaCost: z.number(),
  servedFromCache: z.boolean().nullable(),
  cacheExpiresAt: instantSchema.nullable(),
  documents: z.array(documentOfferSchema).readonly(),
});

const answeredSchema = z.object({ step: z.literal('answered'), answer: answerSchema });
const failedSchema = z.object({ step: z.literal('failed'), error: apiErrorSchema, at: instantSchema });

export const consultationStateSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('preparing') }),
  z.object({ step: z.literal('queued'), position: z.number(), waitMs: z.number().nullable(), reason: sentenceSchema }),
  z.object({ step: z.literal('running'), startedAt: instantSchema, attempt: z.number() }),
  answeredSchema,
  failedSchema,
]);

const consultationRequestSchema = z.object({
  consultationId: idSchema,
  dossierId: idSchema,
  endpointId: z.string().min(1).max(100),
  identifier: identifierSchema,
  parameters: z.record(z.string().max(40), z.string().max(100)).refine((parameters) => Object.keys(parameters).length <= 20),
  ...justificationOverrideShape,
  fresh: z.boolean().optional(),
  writtenReason: textSchema.optional(),
});

/** The request as it would leave, its token masked by main. */
const callPreviewSchema = z.object({
  method: z.literal('GET'),
  environment: environmentSchema,
  baseUrl: z.string(),
  /** Path of the documentation, the identifier's place named. */
  pathTemplate: z.string(),
  path: z.string(),
  query: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
});

export const consultationChannels = {
  /** Builds the request without sending it: nothing is called, nothing is traced. */
  'consultation.preview': channel('consult', consultationRequestSchema.omit({ consultationId: true }), callPreviewSchema),
  /** Resolves with the final state; progress comes as `consultation.progress` events. */
  'consultation.run': channel('consult', consultationRequestSchema, z.discriminatedUnion('step', [answeredSchema, failedSchema])),
  'consultation.cancel': channel('consult', z.object({ consultationId: idSchema }), done),
  /** Last answers kept (encrypted) for one company of a dossier: what the sheet shows when it opens. */
  'consultation.latest': channel(
    'dossiers.read',
    z.object({ dossierId: idSchema, identifier: identifierSchema }),
    z.array(answerSchema).readonly(),
  ),
  /** Every answer kept for one company of a dossier, newest first: what two dates are compared from. */
  'consultation.history': channel(
    'dossiers.read',
    z.object({ dossierId: idSchema, identifier: identifierSchema }),
    z.array(answerSchema).readonly(),
  ),
} as const;
