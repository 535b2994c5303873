import { z } from 'zod';

import { API_ERROR_KINDS } from '../domain/api-error';
import { BATCH_SPEEDS, BATCH_STATES, IMPORT_ROLES, ITEM_STATES, PAUSE_REASONS } from '../domain/batch';
import { answerSchema } from './consultation';
import { channel, done } from './define';
import { idSchema, identifierSchema, instantSchema, lineSchema, sentenceSchema, sirenSchema, siretSchema, textSchema } from './schemas';

const countSchema = z.number().int().min(0);
const endpointIdSchema = z.string().min(1).max(100);
const MAX_PASTED_CHARACTERS = 5_000_000;
/** A dropped file crosses whole; a larger one is named through the dialog and read in place. */
export const LARGEST_DROPPED_BYTES = 20 * 1024 * 1024;

const batchLineSchema = z.object({
  number: countSchema,
  siren: sirenSchema.nullable(),
  siret: siretSchema.nullable(),
  rna: identifierSchema.nullable(),
  name: lineSchema,
  object: lineSchema,
  note: lineSchema.nullable(),
});

const asideLineSchema = z.object({ number: countSchema, text: lineSchema, reason: sentenceSchema, name: lineSchema, object: lineSchema });

const importPreviewSchema = z.object({
  importId: idSchema,
  fileName: lineSchema,
  sheets: z.array(lineSchema).readonly(),
  columns: z.array(z.object({ header: lineSchema, role: z.enum(IMPORT_ROLES), samples: z.array(lineSchema).readonly() })).readonly(),
  lineCount: countSchema,
  asideCount: countSchema,
  duplicateCount: countSchema,
  restoredZeros: countSchema,
  firstLines: z.array(batchLineSchema).readonly(),
});

const batchChoiceSchema = z.object({
  endpointIds: z.array(endpointIdSchema).min(1, 'Choisissez au moins une donnée.').max(60).readonly(),
  parameters: z.record(endpointIdSchema, z.record(z.string().max(40), z.string().max(100))).default({}),
  withDocuments: z.boolean(),
  writtenReason: textSchema.nullable().default(null),
});

const hourSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Écrivez l’heure comme 19:00.');

const batchScheduleSchema = z.object({
  startAt: z.iso.datetime({ error: 'Cette date n’est pas lisible.' }).nullable(),
  hours: z.object({ from: hourSchema, to: hourSchema, weekends: z.boolean() }).nullable(),
  recurrence: z
    .object({ everyDays: z.number().int().min(1).max(366), renewWithinDays: z.number().int().min(0).max(366).nullable() })
    .nullable(),
});

const speedSchema = z.literal(BATCH_SPEEDS);

const countsSchema = z.object({
  total: countSchema,
  ...(Object.fromEntries(ITEM_STATES.map((state) => [state, countSchema])) as Record<(typeof ITEM_STATES)[number], typeof countSchema>),
});

const pauseShape = { pauseReason: z.enum(PAUSE_REASONS).nullable(), pauseMessage: sentenceSchema.nullable() };

const batchSchema = z.object({
  id: idSchema,
  title: lineSchema,
  dossierId: idSchema,
  listId: idSchema,
  previousId: idSchema.nullable(),
  lineCount: countSchema,
  asideCount: countSchema,
  choice: batchChoiceSchema,
  schedule: batchScheduleSchema,
  speed: speedSchema,
  state: z.enum(BATCH_STATES),
  ...pauseShape,
  resumesAt: instantSchema.nullable(),
  counts: countsSchema,
  agentId: idSchema,
  agentName: lineSchema,
  createdAt: instantSchema,
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  nextRunAt: instantSchema.nullable(),
});

const batchItemSchema = z.object({
  id: countSchema,
  lineNumber: countSchema,
  endpointId: endpointIdSchema,
  identifier: identifierSchema,
  object: lineSchema,
  state: z.enum(ITEM_STATES),
  consultationId: idSchema.nullable(),
  documentCount: countSchema,
  missingDocuments: countSchema,
  error: z
    .object({ kind: z.enum(API_ERROR_KINDS), message: sentenceSchema, advice: sentenceSchema, status: z.number().nullable(), code: z.string().nullable() })
    .nullable(),
  note: sentenceSchema.nullable(),
  settledAt: instantSchema.nullable(),
});

const batchPlanSchema = z.object({
  calls: countSchema,
  pools: z.array(z.object({ pool: z.string(), label: lineSchema, calls: countSchema, limitPerMinute: z.number() })).readonly(),
  unsuited: z.array(z.object({ endpointId: endpointIdSchema, lines: countSchema })).readonly(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  durationMs: z.number(),
  warnings: z.array(sentenceSchema).readonly(),
  excluded: z.array(z.object({ endpointId: endpointIdSchema, reason: sentenceSchema })).readonly(),
});

const waitsShape = {
  waits: z.array(z.object({ provider: lineSchema, reason: z.enum(['maintenance', 'rest', 'quota']), until: instantSchema })).readonly(),
};
const outlookShape = { timeLeftMs: z.number().nullable(), ...waitsShape };

const batchProgressSchema = z.object({
  batchId: idSchema,
  state: z.enum(BATCH_STATES),
  ...pauseShape,
  counts: countsSchema,
  ...outlookShape,
});

const itemFilterSchema = z.object({
  states: z.array(z.enum(ITEM_STATES)).max(ITEM_STATES.length).optional(),
  endpointId: endpointIdSchema.optional(),
  /** Beginning of an identifier, or part of a line's name. */
  text: lineSchema.optional(),
});

/** A page of what would be too long to cross at once. */
function paged(limit: number) {
  return { offset: countSchema.default(0), limit: z.number().int().min(1).max(limit).default(limit) };
}

const one = z.object({ id: idSchema });

export const batchChannels = {
  /**
   * Reads a list and keeps it aside. `file`: main asks which; null when the agent closed the dialog. With `importId`
   * the same source is read again under other roles or another sheet.
   */
  'batches.import': channel(
    'batches.run',
    z.object({
      source: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('file') }),
        z.object({ kind: z.literal('text'), text: z.string().min(1, 'Collez une liste d’identifiants.').max(MAX_PASTED_CHARACTERS) }),
        z.object({
          kind: z.literal('dropped'),
          fileName: lineSchema.min(1),
          bytes: z
            .instanceof(Uint8Array)
            .refine((bytes) => bytes.length <= LARGEST_DROPPED_BYTES, 'Ce fichier dépasse 20\u00a0Mo\u00a0: prenez-le avec « Choisir un fichier », qui accepte jusqu’à 200\u00a0Mo.'),
        }),
        z.object({ kind: z.literal('again'), importId: idSchema }),
        /** The companies of a dossier. */
        z.object({ kind: z.literal('dossier'), dossierId: idSchema }),
      ]),
      sheet: lineSchema.optional(),
      roles: z.array(z.enum(IMPORT_ROLES)).max(500).optional(),
    }),
    importPreviewSchema.nullable(),
  ),
  'batches.importAside': channel('batches.run', z.object({ importId: idSchema, ...paged(200) }), z.array(asideLineSchema).readonly()),
  /** Usable lines, in the order of the list. */
  'batches.importLines': channel('batches.run', z.object({ importId: idSchema, ...paged(200) }), z.array(batchLineSchema).readonly()),
  /** Gives a line kept aside the identifier that the agent found or mended: it becomes usable. */
  'batches.resolveAside': channel('batches.run', z.object({ importId: idSchema, number: countSchema, identifier: lineSchema }), importPreviewSchema),
  'batches.cancelImport': channel('batches.run', z.object({ importId: idSchema.nullable() }), done),
  /** Cost and duration, before anything is made. */
  'batches.plan': channel(
    'batches.run',
    z.object({ importId: idSchema, dossierId: idSchema, choice: batchChoiceSchema, schedule: batchScheduleSchema }),
    batchPlanSchema,
  ),
  /** Planned, and started by itself when its schedule says so: `startAt` null is at once, or at the next hours allowed. */
  'batches.create': channel(
    'batches.run',
    z.object({
      importId: idSchema,
      dossierId: idSchema,
      title: lineSchema.min(1, 'Donnez un nom au lot.'),
      choice: batchChoiceSchema,
      schedule: batchScheduleSchema,
      speed: speedSchema.default(100),
    }),
    batchSchema,
  ),
  /** Ends the making of a run of this list: `batches.create` is refused in words, the list stays. */
  'batches.cancelCreate': channel('batches.run', z.object({ importId: idSchema }), done),
  /** Newest first; those of the dossiers that the agent may see. `text`: part of a title, or of its author's name. */
  'batches.list': channel(
    'batches.run',
    z.object({ dossierId: idSchema.optional(), text: lineSchema.default(''), states: z.array(z.enum(BATCH_STATES)).max(BATCH_STATES.length).optional(), ...paged(100) }),
    z.object({ total: countSchema, batches: z.array(batchSchema.extend(waitsShape)).readonly() }),
  ),
  'batches.get': channel('batches.run', one, batchSchema.extend(outlookShape)),
  'batches.items': channel(
    'batches.run',
    one.extend({ filter: itemFilterSchema.default({}), ...paged(200) }),
    z.object({ total: countSchema, items: z.array(batchItemSchema).readonly() }),
  ),
  /** Company × piece: a row a line, cells in the order of `choice.endpointIds`. */
  'batches.grid': channel(
    'batches.run',
    one.extend({ filter: itemFilterSchema.default({}), ...paged(100) }),
    z.object({
      total: countSchema,
      rows: z.array(z.object({ line: batchLineSchema, cells: z.array(batchItemSchema.nullable()).readonly() })).readonly(),
    }),
  ),
  'batches.aside': channel('batches.run', one.extend(paged(200)), z.array(asideLineSchema).readonly()),
  /** Items with their kept answers; null where there is none, or none that the agent may read. */
  'batches.results': channel(
    'batches.run',
    one.extend({ filter: itemFilterSchema.default({}), ...paged(25) }),
    z.object({ total: countSchema, results: z.array(z.object({ item: batchItemSchema, answer: answerSchema.nullable() })).readonly() }),
  ),
  /** At once, whatever its hours. */
  'batches.start': channel('batches.run', one, batchSchema),
  'batches.pause': channel('batches.run', one, batchSchema),
  'batches.resume': channel('batches.run', one, batchSchema),
  /** What has not left yet is cancelled; what is under way ends. No further run recurs. */
  'batches.cancel': channel('batches.run', one, batchSchema),
  'batches.setSpeed': channel('batches.run', one.extend({ speed: speedSchema }), batchSchema),
  /** Takes up again what failed, was refused or is of unknown outcome, and nothing else. */
  'batches.retryFailed': channel('batches.run', one, batchSchema),
  /** Forgets the run; answers and documents stay in the dossier, traces in the journal. Refused while it runs. */
  'batches.remove': channel('batches.run', one, done),
} as const;

export const batchEvents = {
  /** At most twice a second for a batch. */
  'batches.progress': batchProgressSchema,
  /** Lines read so far. */
  'batches.importProgress': z.object({ read: countSchema }),
  /** Lines of a list whose calls are written while a run is made of it. */
  'batches.createProgress': z.object({ importId: idSchema, made: countSchema, total: countSchema }),
} as const;
