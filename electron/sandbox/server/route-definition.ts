import type { ErrorFamily } from './failure';
import type { Route } from './route';

/** Prefix of each provider's codes, and its name in errors. */
export const families = {
  insee: { prefix: '01', provider: 'INSEE' },
  infogreffe: { prefix: '02', provider: 'Infogreffe' },
  dgfip: { prefix: '03', provider: 'DGFIP - Adélie' },
  urssaf: { prefix: '04', provider: 'ACOSS' },
  qualibat: { prefix: '06', provider: 'Qualibat' },
  cnetp: { prefix: '08', provider: 'CNETP' },
  probtp: { prefix: '09', provider: 'ProBTP' },
  msa: { prefix: '10', provider: 'MSA' },
  opqibi: { prefix: '11', provider: 'OPQIBI' },
  fntp: { prefix: '12', provider: 'FNTP' },
  agreements: { prefix: '14', provider: 'Fabrique numérique des Ministères Sociaux' },
  agefiph: { prefix: '13', provider: 'Agefiph' },
  cma: { prefix: '15', provider: 'CMA France' },
  customs: { prefix: '16', provider: 'DGDDI' },
  centralBank: { prefix: '17', provider: 'Banque de France' },
  organic: { prefix: '18', provider: 'Agence Bio' },
  ademe: { prefix: '19', provider: 'ADEME' },
  interior: { prefix: '21', provider: 'MI' },
  europe: { prefix: '28', provider: 'Commission Européenne' },
  djepva: { prefix: '29', provider: 'DJEPVA' },
  gipMds: { prefix: '31', provider: 'GIP-MDS' },
  qualifelec: { prefix: '32', provider: 'Qualifelec' },
  carif: { prefix: '33', provider: 'CARIF-OREF' },
  inpi: { prefix: '34', provider: 'INPI - RNE' },
  cibtp: { prefix: '38', provider: 'CIBTP' },
  subsidies: { prefix: '52', provider: 'DataSubvention' },
} as const satisfies Record<string, ErrorFamily>;

type RouteDetails = Omit<Route, 'cache' | 'openDataOnly' | 'acceptsNoSiren' | 'identifier'> & Partial<Route>;

/** Fills in what most routes share; the identifier's kind is the name of its parameter. */
export function route(details: RouteDetails): Route {
  const parameter = /\{(siren|siret|siret_or_rna|siren_or_rna|siren_or_siret_or_rna|siret_or_eori)\}/.exec(details.path)?.[1];
  if (!parameter) throw new Error(`no identifier in ${details.path}`);
  const kinds = parameter.split('_or_') as unknown as Route['identifier']['kinds'];
  return { cache: null, openDataOnly: false, acceptsNoSiren: false, identifier: { parameter, kinds }, ...details };
}
