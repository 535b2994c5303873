import { endpointsOf, ratings } from './endpoint-factory';

export const dataSubventionEndpoints = endpointsOf({ id: 'data_subvention', label: 'Data.Subvention' }, [
  {
    resource: 'subventions',
    version: 3,
    path: '/v3/data_subvention/associations/{siren_or_siret_or_rna}/subventions',
    title: 'Subventions des associations',
    opening: 'protected',
    scopes: ['data_subvention_subventions'],
    answer: 'collection',
    perimeter:
      'Associations ayant demandé une subvention depuis 2018 : toutes celles demandées à l’État, une partie seulement de celles demandées aux collectivités et aux opérateurs.',
    useCases: ratings({ indispensable: ['subventions_associations', 'fraude', 'socle_de_base'], utile: ['marches_publics', 'aides_publiques'] }),
  },
]);
