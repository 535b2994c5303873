import { z } from 'zod';

import { PROCEDURES } from '../domain/completeness';
import { COMPANY_ROLES, DOSSIER_SORTS } from '../domain/dossier';
import { channel, done, nothing } from './define';
import { idSchema, identifierSchema, instantSchema, lineSchema, siretSchema, textSchema, useCaseSchema } from './schemas';

export const procedureSchema = z.enum(PROCEDURES);
const roleInDossierSchema = z.enum(COMPANY_ROLES);
const stateSchema = z.enum(['open', 'closed', 'archived']);
const tagSchema = z.string().max(60);

const companySchema = z.object({
  identifier: identifierSchema,
  siret: siretSchema.nullable(),
  isHeadOffice: z.boolean(),
  name: lineSchema,
  role: roleInDossierSchema,
  addedAt: instantSchema,
});

const dossierSchema = z.object({
  id: idSchema,
  title: lineSchema,
  habilitationId: idSchema,
  useCase: useCaseSchema,
  procedure: procedureSchema.nullable(),
  context: lineSchema,
  recipient: siretSchema,
  object: lineSchema,
  notes: textSchema,
  tags: z.array(lineSchema).readonly(),
  deadline: z.string().nullable(),
  state: stateSchema,
  companies: z.array(companySchema).readonly(),
  createdBy: lineSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
});

/** What a form sends; main checks it again and answers with the field at fault. */
const dossierDraftSchema = z.object({
  title: lineSchema,
  habilitationId: idSchema,
  useCase: useCaseSchema,
  procedure: procedureSchema.nullable().default(null),
  context: lineSchema,
  recipient: lineSchema,
  object: lineSchema,
  notes: textSchema.default(''),
  tags: z.array(tagSchema).max(30).default([]),
  deadline: z.iso.date().nullable().default(null),
});

const LARGEST_DOSSIER_PAGE = 500;

const dossierQuerySchema = z.object({
  /** Every word must be found in the title, the object, the notes, the tags or the companies. */
  text: lineSchema.optional(),
  state: stateSchema.optional(),
  tag: tagSchema.optional(),
  /** Only those whose deadline is on this day or before. */
  dueBy: z.iso.date().optional(),
  sort: z.enum(DOSSIER_SORTS).default('urgency'),
  limit: z.number().int().min(1).max(LARGEST_DOSSIER_PAGE).default(100),
  offset: z.number().int().min(0).default(0),
});

export const dossierChannels = {
  /**
   * One page of what the agent may see: at most `limit` dossiers after the first `offset`, and how many there are in all.
   * Filter, order and page are made in SQL, so that a page costs the same among twenty dossiers or thousands.
   */
  'dossiers.list': channel('dossiers.read', dossierQuerySchema, z.object({ dossiers: z.array(dossierSchema).readonly(), total: z.number() })),
  /** Tags in use among the dossiers that the agent may see, in alphabetical order. */
  'dossiers.tags': channel('dossiers.read', nothing, z.array(z.string()).readonly()),
  'dossiers.get': channel('dossiers.read', z.object({ id: idSchema }), dossierSchema),
  'dossiers.create': channel('dossiers.write', dossierDraftSchema, dossierSchema),
  'dossiers.update': channel('dossiers.write', z.object({ id: idSchema, draft: dossierDraftSchema }), dossierSchema),
  /** Leaving the open state with expired pieces needs `writtenReason`, which the journal keeps. */
  'dossiers.setState': channel('dossiers.write', z.object({ id: idSchema, state: stateSchema, writtenReason: lineSchema.optional() }), dossierSchema),
  /** A new open dossier with the same justification and companies, without deadline or notes. */
  'dossiers.duplicate': channel('dossiers.write', z.object({ id: idSchema }), dossierSchema),
  'dossiers.addCompany': channel(
    'dossiers.write',
    z.object({ id: idSchema, identifier: identifierSchema, siret: siretSchema.nullable(), isHeadOffice: z.boolean().optional(), name: lineSchema, role: roleInDossierSchema.optional() }),
    dossierSchema,
  ),
  'dossiers.removeCompany': channel('dossiers.write', z.object({ id: idSchema, identifier: identifierSchema }), done),
} as const;
