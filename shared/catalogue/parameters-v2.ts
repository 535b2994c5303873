import { month, year } from './parameters';
import type { EndpointParameter } from './types';

export const yearInPath: EndpointParameter = { ...year, name: 'annee' };
export const monthInPath: EndpointParameter = { ...month, name: 'mois' };

/** Opened the entities that refuse diffusion; without it they answered 451. */
export const undiffusible: EndpointParameter = {
  name: 'non_diffusables',
  in: 'query',
  label: 'Entités non diffusibles comprises',
  required: false,
  type: 'string',
  enum: ['true'],
};

export const userId: EndpointParameter = { name: 'user_id', in: 'query', label: 'Identifiant de l’usager', required: false, type: 'string' };

const sirenPattern = '^\\d{9}$';

export const corporateTaxSiren: EndpointParameter = {
  name: 'siren_is',
  in: 'query',
  label: 'SIREN redevable de l’impôt sur les sociétés',
  required: false,
  type: 'string',
  pattern: sirenPattern,
};

export const vatSiren: EndpointParameter = { ...corporateTaxSiren, name: 'siren_tva', label: 'SIREN redevable de la TVA' };
