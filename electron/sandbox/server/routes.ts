import * as attestations from '../answers/attestations';
import * as dgfip from '../answers/dgfip';
import * as infogreffe from '../answers/infogreffe';
import * as inpi from '../answers/inpi';
import * as insee from '../answers/insee';
import type { Route } from './route';
import { families, route } from './route-definition';
import { specialisedRoutes } from './specialised-routes';

const sirene = (
  version: 3 | 4,
  path: string,
  scopes: readonly string[],
  answer: Route['answer'],
): Route => route({ path: `/v${version}/insee/sirene/${path}`, family: families.insee, pool: 'data', scopes, answer, openDataOnly: path.includes('diffusibles') });

const units = ['entreprises', 'unites_legales_etablissements_insee'];
const openUnits = ['entreprises', 'open_data'];
const places = ['etablissements', 'unites_legales_etablissements_insee'];
const openPlaces = ['etablissements', 'open_data'];

const inseeRoutes: readonly Route[] = [
  ...([3, 4] as const).flatMap((version) => [
    sirene(version, 'unites_legales/{siren}', units, insee.legalUnit(version)),
    sirene(version, 'unites_legales/diffusibles/{siren}', openUnits, insee.legalUnit(version)),
    sirene(version, 'unites_legales/{siren}/siege_social', places, insee.headOffice(version)),
    sirene(version, 'unites_legales/diffusibles/{siren}/siege_social', openPlaces, insee.headOffice(version)),
    sirene(version, 'etablissements/{siret}', places, insee.establishment(version)),
    sirene(version, 'etablissements/diffusibles/{siret}', openPlaces, insee.establishment(version)),
  ]),
  sirene(3, 'etablissements/{siret}/adresse', places, insee.establishmentAddress),
  sirene(3, 'etablissements/diffusibles/{siret}/adresse', openPlaces, insee.establishmentAddress),
  sirene(3, 'etablissements/{siret}/successions', openPlaces, insee.successions),
];

const fiscal = ['attestations_fiscales', 'attestation_fiscale_dgfip'];
const vigilance = ['attestations_sociales', 'attestation_sociale_urssaf'];

const registryAndTaxRoutes: readonly Route[] = [
  route({ path: '/v3/infogreffe/rcs/unites_legales/{siren}/extrait_kbis', family: families.infogreffe, pool: 'data', scopes: ['extraits_rcs', 'open_data'], answer: infogreffe.rcsExtract }),
  route({ path: '/v3/infogreffe/rcs/unites_legales/{siren}/mandataires_sociaux', family: families.infogreffe, pool: 'data', scopes: ['entreprises', 'mandataires_sociaux_infogreffe'], answer: infogreffe.directors }),
  route({ path: '/v3/dgfip/etablissements/{siret}/chiffres_affaires', family: families.dgfip, pool: 'data', scopes: ['exercices', 'chiffre_affaires_dgfip'], cache: 'hour', answer: dgfip.turnovers }),
  ...([3, 4] as const).flatMap((version) => [
    route({ path: `/v${version}/dgfip/unites_legales/{siren}/attestation_fiscale`, family: families.dgfip, pool: 'attestation_fiscale', scopes: fiscal, cache: 'next_morning', answer: attestations.fiscalAttestation(version) }),
    route({ path: `/v${version}/urssaf/unites_legales/{siren}/attestation_vigilance`, family: families.urssaf, pool: 'attestation_vigilance', scopes: vigilance, cache: 'next_morning', answer: attestations.vigilanceAttestation(version) }),
  ]),
  route({ path: '/v3/inpi/rne/unites_legales/open_data/{siren}/actes_bilans', family: families.inpi, pool: 'inpi_actes_bilans', scopes: ['open_data'], openDataOnly: true, answer: inpi.actsAndAccounts }),
];

/** Every data endpoint of versions 3 and 4. */
export const routes: readonly Route[] = [...inseeRoutes, ...registryAndTaxRoutes, ...specialisedRoutes];
