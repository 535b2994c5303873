import { z } from 'zod';

import { ITEM_STATES } from '../domain/batch';
import { channel, done } from './define';
import { identifierSchema, idSchema, instantSchema, lineSchema, sentenceSchema } from './schemas';

const BATCH_EXPORT_FORMATS = ['xlsx', 'csv', 'zip', 'pdf'] as const;
export type BatchExportFormat = (typeof BATCH_EXPORT_FORMATS)[number];

export const batchExportLabels: Readonly<Record<BatchExportFormat, string>> = {
  xlsx: 'classeur Excel',
  csv: 'tableau CSV',
  zip: 'archive ZIP des documents',
  pdf: 'synthèse PDF',
};

/** Every field of the sixty data that a run may ask for. */
const MAX_FIELDS = 3_600;

/** A value of an answer, by the label that the screens give it. */
const fieldSchema = z.object({ endpointId: z.string().min(1).max(100), label: lineSchema.min(1) });
export type BatchField = z.infer<typeof fieldSchema>;

const differenceSchema = z.object({
  itemId: z.number().int(),
  lineNumber: z.number().int(),
  identifier: identifierSchema,
  name: lineSchema,
  endpointId: z.string(),
  before: z.object({ state: z.enum(ITEM_STATES), at: instantSchema.nullable() }),
  after: z.object({ state: z.enum(ITEM_STATES), at: instantSchema.nullable() }),
  /** French sentences; empty when only the state changed. */
  changes: z.array(sentenceSchema).readonly(),
});
export type BatchDifference = z.infer<typeof differenceSchema>;

const made = z.object({ path: z.string(), sha256: z.string(), fileCount: z.number().int() }).nullable();

export const batchOutputChannels = {
  /** Values that the answers of a run hold, as its first answers show. */
  'batches.fields': channel('batches.run', z.object({ id: idSchema }), z.array(fieldSchema).readonly()),
  /**
   * Null when the dialog was closed or the export cancelled. `fields`: the columns of a table; none: the states alone.
   * Progress comes as `batches.exportProgress`.
   */
  'batches.export': channel(
    'batches.run',
    z.object({ exportId: idSchema, id: idSchema, format: z.enum(BATCH_EXPORT_FORMATS), fields: z.array(fieldSchema).max(MAX_FIELDS).default([]) }),
    made,
  ),
  'batches.cancelExport': channel('batches.run', z.object({ exportId: idSchema }), done),
  /** The lines kept aside, with their numbers and reasons, as CSV. */
  'batches.exportAside': channel('batches.run', z.object({ source: z.discriminatedUnion('kind', [z.object({ kind: z.literal('import'), importId: idSchema }), z.object({ kind: z.literal('batch'), id: idSchema })]) }), made),
  /** What changed since the run before over the same list, by slices: `nextAfterId` is null at the end. */
  'batches.differences': channel(
    'batches.run',
    z.object({ id: idSchema, afterId: z.number().int().min(0).default(0) }),
    z.object({ differences: z.array(differenceSchema).readonly(), compared: z.number().int(), nextAfterId: z.number().int().nullable() }),
  ),
} as const;

export const batchOutputEvents = {
  'batches.exportProgress': z.object({ exportId: idSchema, written: z.number(), total: z.number() }),
} as const;
