import { endpointsOf, ratings } from './endpoint-factory';

export const infogreffeEndpoints = endpointsOf({ id: 'infogreffe', label: 'Infogreffe' }, [
  {
    resource: 'extrait_rcs',
    version: 3,
    path: '/v3/infogreffe/rcs/unites_legales/{siren}/extrait_kbis',
    title: 'Extrait RCS',
    opening: 'open',
    scopes: ['extraits_rcs', 'open_data'],
    perimeter:
      'Entreprises immatriculées au registre du commerce et des sociétés ; ni les associations, ni les artisans seulement, ni les professions libérales.',
    pingRoute: '/ping/infogreffe/rcs',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'fraude', 'socle_de_base'], injustifie: ['subventions_associations'] }),
  },
  {
    resource: 'mandataires_sociaux',
    version: 3,
    path: '/v3/infogreffe/rcs/unites_legales/{siren}/mandataires_sociaux',
    title: 'Mandataires sociaux',
    opening: 'protected',
    scopes: ['entreprises', 'mandataires_sociaux_infogreffe'],
    answer: 'collection',
    perimeter:
      'Entreprises immatriculées au registre du commerce et des sociétés.',
    pingRoute: '/ping/infogreffe/rcs',
    useCases: ratings({ indispensable: ['aides_publiques', 'fraude'], utile: ['marches_publics'], injustifie: ['subventions_associations', 'socle_de_base'] }),
  },
]);
