import { z } from 'zod';

import { channel, done, nothing } from './define';
import { identifierSchema, idSchema, instantSchema, lineSchema, sirenSchema, siretSchema } from './schemas';

const companyMatchSchema = z.object({
  siren: sirenSchema,
  name: lineSchema,
  headOfficeSiret: siretSchema.nullable(),
  address: lineSchema,
  town: lineSchema.nullable(),
  postcode: lineSchema.nullable(),
  activity: lineSchema.nullable(),
  legalForm: lineSchema.nullable(),
  headcountBand: lineSchema.nullable(),
  isActive: z.boolean(),
  isAssociation: z.boolean(),
  createdOn: z.string().nullable(),
});

const personNameSchema = z.string().trim().min(2, 'Deux lettres au moins pour un nom de dirigeant.').max(100);

export const companySearchFiltersSchema = z
  .object({
    postcode: z.string().trim().regex(/^\d{5}$/, 'Un code postal compte cinq chiffres.'),
    department: z.string().trim().toUpperCase().regex(/^(\d{2}|2[AB]|9[78]\d)$/, 'Un département s’écrit 35, 2A ou 974.'),
    activity: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^\d{2}\.?\d{2}[A-Z]$/, 'Un code d’activité s’écrit 43.32A.')
      .transform((code) => `${code.slice(0, 2)}.${code.slice(-3)}`),
    section: z.string().regex(/^[A-U]$/, 'Une section d’activité est une lettre de A à U.'),
    state: z.enum(['active', 'ceased']),
    associationsOnly: z.boolean(),
    soleTradersOnly: z.boolean(),
    directorName: personNameSchema,
    directorFirstName: personNameSchema,
  })
  .partial();

/** Words, bounds, or both: the open search refuses a question without any. */
const companySearchSchema = z
  .object({
    text: z.string().trim().max(200),
    page: z.number().int().min(1).max(400).default(1),
    filters: companySearchFiltersSchema.optional(),
  })
  .refine(({ text, filters }) => text.length >= 3 || (text === '' && Object.values(filters ?? {}).some((filter) => filter !== undefined && filter !== false)), {
    path: ['text'],
    error: 'Saisissez au moins trois lettres, ou choisissez un filtre.',
  });

const recentCompanySchema = z.object({
  dossierId: idSchema,
  dossierTitle: z.string(),
  identifier: identifierSchema,
  siret: siretSchema.nullable(),
  name: z.string(),
  openedAt: instantSchema,
});

export const searchChannels = {
  'search.companies': channel(
    'consult',
    companySearchSchema,
    z.object({ matches: z.array(companyMatchSchema).readonly(), total: z.number(), page: z.number(), pageCount: z.number() }),
  ),
  /** Companies that this agent looked at last, in the dossiers still open to him. */
  'search.recent': channel('consult', nothing, z.array(recentCompanySchema)),
  /** The agent opened this company's sheet. */
  'search.opened': channel('consult', z.object({ dossierId: idSchema, identifier: identifierSchema }), done),
} as const;
