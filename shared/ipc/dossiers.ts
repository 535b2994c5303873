import { z } from 'zod';

import { channel, done } from './define';
import { idSchema, identifierSchema, instantSchema, lineSchema, siretSchema, textSchema, useCaseSchema } from './schemas';

const companySchema = z.object({
  identifier: identifierSchema,
  siret: siretSchema.nullable(),
  name: lineSchema,
  addedAt: instantSchema,
});

export const dossierSchema = z.object({
  id: idSchema,
  title: lineSchema,
  habilitationId: idSchema,
  useCase: useCaseSchema,
  context: lineSchema,
  recipient: siretSchema,
  object: lineSchema,
  notes: textSchema,
  tags: z.array(lineSchema).readonly(),
  deadline: z.string().nullable(),
  state: z.enum(['open', 'closed', 'archived']),
  companies: z.array(companySchema).readonly(),
  createdBy: lineSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
});

/** What a form sends; main checks it again and answers with the field at fault. */
export const dossierDraftSchema = z.object({
  title: lineSchema,
  habilitationId: idSchema,
  useCase: useCaseSchema,
  context: lineSchema,
  recipient: lineSchema,
  object: lineSchema,
  notes: textSchema.default(''),
  tags: z.array(z.string().max(60)).max(30).default([]),
  deadline: z.iso.date().nullable().default(null),
});

export const dossierChannels = {
  'dossiers.list': channel(
    'dossiers.read',
    z.object({ text: lineSchema.optional(), state: z.enum(['open', 'closed', 'archived']).optional() }),
    z.array(dossierSchema),
  ),
  'dossiers.get': channel('dossiers.read', z.object({ id: idSchema }), dossierSchema),
  'dossiers.create': channel('dossiers.write', dossierDraftSchema, dossierSchema),
  'dossiers.update': channel('dossiers.write', z.object({ id: idSchema, draft: dossierDraftSchema }), dossierSchema),
  'dossiers.setState': channel(
    'dossiers.write',
    z.object({ id: idSchema, state: z.enum(['open', 'closed', 'archived']) }),
    dossierSchema,
  ),
  /** A new open dossier with the same justification and companies. */
  'dossiers.duplicate': channel('dossiers.write', z.object({ id: idSchema }), dossierSchema),
  'dossiers.addCompany': channel(
    'dossiers.write',
    z.object({ id: idSchema, identifier: identifierSchema, siret: siretSchema.nullable(), name: lineSchema }),
    dossierSchema,
  ),
  'dossiers.removeCompany': channel('dossiers.write', z.object({ id: idSchema, identifier: identifierSchema }), done),
} as const;
