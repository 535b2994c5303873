import { documentSource, endpointsOf, ratings } from './endpoint-factory';

export const qualifelecEndpoints = endpointsOf({ id: 'qualifelec', label: 'Qualifelec' }, [
  {
    resource: 'certificats',
    version: 3,
    path: '/v3/qualifelec/etablissements/{siret}/certificats',
    title: 'Certification Qualifelec',
    opening: 'open',
    scopes: ['open_data'],
    answer: 'collection',
    documents: [
      documentSource({ link: '/data/*/data/document_url', label: 'Certificat Qualifelec', fileLabel: 'certificat_qualifelec' }),
    ],
    perimeter:
      'Entreprises d’électricité et d’énergie titulaires d’un certificat Qualifelec en cours.',
    pingRoute: '/ping/qualifelec/certificats',
    useCases: ratings({ indispensable: ['socle_de_base'], utile: ['marches_publics', 'aides_publiques', 'subventions_associations', 'fraude'] }),
  },
]);
