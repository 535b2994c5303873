import type { EndpointParameter } from './types';

/** Oldest year that the DGFIP serves (API Entreprise docs, liasses fiscales). */
const OLDEST_FISCAL_YEAR = 2006;

export const year: EndpointParameter = {
  name: 'year',
  in: 'path',
  label: 'Année',
  required: true,
  type: 'string',
  pattern: '^\\d{4}$',
};

/** The upper bound moves with the calendar (last year): the service says so with code 00315. */
export const fiscalYear: EndpointParameter = { ...year, type: 'integer', minimum: OLDEST_FISCAL_YEAR };

export const month: EndpointParameter = {
  name: 'month',
  in: 'path',
  label: 'Mois',
  required: true,
  type: 'string',
  enum: ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'],
};

export const depth: EndpointParameter = {
  name: 'profondeur',
  in: 'query',
  label: 'Nombre de mois précédents',
  required: false,
  type: 'integer',
  minimum: 0,
  maximum: 12,
  default: '0',
};

export const workforceKind: EndpointParameter = {
  name: 'nature_effectif',
  in: 'query',
  label: 'Nature de l’effectif',
  required: false,
  type: 'string',
  enum: ['moyen', 'boeth', 'ecap', 'assujettissement_oeth'],
  default: 'moyen',
};

export const certificateLimit: EndpointParameter = {
  name: 'limit',
  in: 'query',
  label: 'Nombre maximal de certificats',
  required: false,
  type: 'integer',
  minimum: 1,
  maximum: 1_000,
  default: '1000',
};

/** `no-cache` goes to the provider in spite of the service's own cache. */
export const cacheControl: EndpointParameter = {
  name: 'Cache-Control',
  in: 'header',
  label: 'Donnée actualisée auprès du fournisseur',
  required: false,
  type: 'string',
  enum: ['no-cache'],
};
