import { endpointsOf, ratings } from './endpoint-factory';

export const douanesEndpoints = endpointsOf({ id: 'douanes', label: 'Douanes' }, [
  {
    resource: 'immatriculation_eori',
    version: 3,
    path: '/v3/douanes/etablissements/{siret_or_eori}/immatriculations_eori',
    title: 'Immatriculation EORI',
    opening: 'open',
    scopes: ['eori_douanes', 'open_data'],
    perimeter:
      'Opérateurs ayant un numéro EORI ; la recherche par SIRET ne trouve que les numéros attribués en France.',
    pingRoute: '/ping/douanes/immatriculations_eori',
    useCases: ratings({ indispensable: ['fraude', 'socle_de_base'], utile: ['marches_publics', 'aides_publiques'], injustifie: ['subventions_associations'] }),
  },
]);
