import { endpointsOf, ratings } from './endpoint-factory';

export const cmaFranceEndpoints = endpointsOf({ id: 'cma_france', label: 'CMA France' }, [
  {
    resource: 'entreprise_artisanale',
    version: 3,
    path: '/v3/cma_france/rnm/unites_legales/{siren}',
    title: 'Données du répertoire des métiers',
    opening: 'open',
    scopes: ['entreprises_artisanales', 'open_data'],
    deprecated: true,
    perimeter:
      'Entreprises artisanales qui étaient inscrites au répertoire national des métiers, fermé depuis 2023.',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'fraude', 'socle_de_base'], injustifie: ['subventions_associations'] }),
  },
]);
