import { z } from 'zod';

import { PROCEDURES } from '../domain/completeness';
import { NEXT_ACTS, VALIDITY_STATES } from '../domain/validity';
import { channel, done, nothing } from './define';
import { idSchema, identifierSchema, instantSchema, lineSchema, sentenceSchema, textSchema } from './schemas';

const procedureSchema = z.enum(PROCEDURES);
const pieceIdSchema = z.string().min(1).max(120);
const daySchema = z.iso.date();

const requiredPieceSchema = z.object({
  id: pieceIdSchema,
  label: lineSchema,
  need: z.enum(['indispensable', 'useful']),
  resources: z.array(z.string().max(120)).max(20).readonly(),
  source: lineSchema,
  alternative: lineSchema,
});

const pieceListSchema = z.object({
  procedure: procedureSchema,
  soonDays: z.number().int().min(0).max(365),
  pieces: z.array(requiredPieceSchema).max(60).readonly(),
});

export const validitySchema = z.object({
  state: z.enum(VALIDITY_STATES),
  reason: sentenceSchema,
  next: z.enum(NEXT_ACTS),
  holdsUntil: z.string().nullable(),
  knownAt: z.string().nullable(),
  documentId: z.string().nullable(),
  consultationId: z.string().nullable(),
});

const cellSchema = z.object({ pieceId: pieceIdSchema, resource: z.string().nullable(), validity: validitySchema });

const rowSchema = z.object({
  identifier: identifierSchema,
  name: lineSchema,
  cells: z.array(cellSchema).readonly(),
  extra: z.array(cellSchema.extend({ resource: z.string(), label: lineSchema })).readonly(),
});

const suppliedSchema = z.object({
  identifier: identifierSchema,
  pieceId: pieceIdSchema,
  receivedOn: daySchema,
  validUntil: daySchema.nullable(),
  note: lineSchema,
  fileId: idSchema.nullable(),
});

const neededCallSchema = z.object({
  identifier: identifierSchema,
  pieceId: pieceIdSchema,
  resource: z.string(),
  endpointId: z.string(),
  asked: identifierSchema,
  act: z.enum(['fetch', 'download', 'renew']),
  consultationId: z.string().nullable(),
});

const completenessSchema = z.object({
  /** Null: the dossier has no list; what it keeps is judged all the same. */
  list: pieceListSchema.nullable(),
  rows: z.array(rowSchema).readonly(),
  counts: z.object({ held: z.number(), missing: z.number(), expiring: z.number() }),
  calls: z.array(neededCallSchema).readonly(),
  stale: z.array(z.object({ identifier: identifierSchema, name: lineSchema, label: lineSchema, validity: validitySchema })).readonly(),
  supplied: z.array(suppliedSchema).readonly(),
});

const listInUseSchema = z.object({ list: pieceListSchema, changedBy: z.string().nullable(), changedAt: instantSchema.nullable() });

const about = { dossierId: idSchema, title: lineSchema, deadline: z.string().nullable() };
const actSchema = z.discriminatedUnion('kind', [
  z.object({ ...about, kind: z.literal('deadline') }),
  z.object({ ...about, kind: z.enum(['expired', 'expiring']), pieces: z.array(z.string()).readonly() }),
  z.object({ ...about, kind: z.literal('incomplete'), missing: z.number() }),
]);

export const completenessChannels = {
  /** A dossier measured against its list: company × piece, state and reason, and what to call next. */
  'dossiers.completeness': channel('dossiers.read', z.object({ id: idSchema }), completenessSchema),
  /** Notes a piece that the company sent itself; noting it again corrects it. */
  'dossiers.supplyPiece': channel('dossiers.write', suppliedSchema.extend({ id: idSchema }), done),
  'dossiers.withdrawPiece': channel('dossiers.write', z.object({ id: idSchema, identifier: identifierSchema, pieceId: pieceIdSchema }), done),
  /** Saves the letter to a company, as the agent left it. Null when he closed the dialog. */
  'dossiers.saveLetter': channel(
    'dossiers.write',
    z.object({ id: idSchema, identifier: identifierSchema, format: z.enum(['txt', 'pdf']), text: textSchema.min(1) }),
    z.object({ path: z.string() }).nullable(),
  ),
  /** What the dossiers ask of this agent today, the most urgent first. */
  'dossiers.toDo': channel('dossiers.read', nothing, z.array(actSchema).readonly()),
  'completeness.lists': channel('dossiers.read', nothing, z.array(listInUseSchema).readonly()),
  'completeness.saveList': channel('dossiers.manage', z.object({ list: pieceListSchema }), listInUseSchema),
  /** Back to the list that is shipped. */
  'completeness.restoreList': channel('dossiers.manage', z.object({ procedure: procedureSchema }), listInUseSchema),
} as const;
