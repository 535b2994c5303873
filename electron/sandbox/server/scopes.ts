import { v2Routes } from '../v2/routes';
import { routes } from './routes';

/** Every scope that some route asks for. */
export const allScopes: readonly string[] = [...new Set([...routes, ...v2Routes].flatMap((route) => route.scopes))].sort();

/** Data that the documentation calls useful to public procurement. */
export const publicProcurementScopes: readonly string[] = [
  'open_data',
  'unites_legales_etablissements_insee',
  'extraits_rcs',
  'attestation_fiscale_dgfip',
  'attestation_sociale_urssaf',
  'chiffre_affaires_dgfip',
  'cotisations_msa',
  'cotisations_probtp',
  'certification_cnetp',
  'associations_djepva',
];
