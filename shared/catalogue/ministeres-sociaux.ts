import { documentSource, endpointsOf, ratings } from './endpoint-factory';

export const ministeresSociauxEndpoints = endpointsOf({ id: 'ministeres_sociaux', label: 'Ministères sociaux' }, [
  {
    resource: 'conventions_collectives',
    version: 3,
    path: '/v3/fabrique_numerique_ministeres_sociaux/etablissements/{siret}/conventions_collectives',
    title: 'Conventions collectives',
    opening: 'open',
    scopes: ['conventions_collectives', 'open_data'],
    answer: 'collection',
    documents: [
      documentSource({ link: '/data/*/data/url', label: 'Convention sur Légifrance', fileLabel: 'convention_collective', fetch: 'page' }),
    ],
    deprecated: true,
    perimeter:
      'Établissements employeurs pour lesquels une convention collective a été déclarée.',
    pingRoute: '/ping/fabrique_numerique_ministeres_sociaux/conventions_collectives',
    useCases: ratings({ indispensable: ['marches_publics', 'socle_de_base'], utile: ['aides_publiques', 'subventions_associations', 'fraude'] }),
  },
]);
