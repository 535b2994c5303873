import { documentSource, endpointsOf, ratings } from './endpoint-factory';

export const fntpEndpoints = endpointsOf({ id: 'fntp', label: 'FNTP' }, [
  {
    resource: 'carte_professionnelle',
    version: 3,
    path: '/v3/fntp/unites_legales/{siren}/carte_professionnelle_travaux_publics',
    title: 'Carte professionnelle travaux publics',
    opening: 'open',
    scopes: ['fntp_carte_pro', 'open_data'],
    pool: 'documents',
    documents: [
      documentSource({ link: '/data/document_url', expiresIn: 'expires_in', label: 'Carte professionnelle travaux publics', fileLabel: 'carte_professionnelle_fntp' }),
    ],
    perimeter:
      'Entreprises de travaux publics titulaires d’une carte de la FNTP à jour.',
    pingRoute: '/ping/fntp/carte_professionnelle_travaux_publics',
    useCases: ratings({ indispensable: ['socle_de_base'], utile: ['marches_publics', 'aides_publiques', 'fraude'], injustifie: ['subventions_associations'] }),
  },
]);
