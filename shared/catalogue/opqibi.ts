import { documentSource, endpointsOf, ratings } from './endpoint-factory';

export const opqibiEndpoints = endpointsOf({ id: 'opqibi', label: 'OPQIBI' }, [
  {
    resource: 'certification_ingenierie',
    version: 3,
    path: '/v3/opqibi/unites_legales/{siren}/certification_ingenierie',
    title: 'Certification d’ingénierie OPQIBI',
    opening: 'open',
    scopes: ['certificat_opqibi', 'certification_opqibi', 'open_data'],
    documents: [
      documentSource({ link: '/data/url', label: 'Page du certificat OPQIBI', fileLabel: 'certificat_opqibi', fetch: 'page' }),
    ],
    documentNote: 'L’OPQIBI publie ses certificats sur une page web, sans fichier à télécharger.',
    perimeter:
      'Bureaux d’études et prestataires d’ingénierie qualifiés par l’OPQIBI.',
    pingRoute: '/ping/opqibi/certification_ingenierie',
    useCases: ratings({ indispensable: ['socle_de_base'], utile: ['marches_publics', 'aides_publiques', 'subventions_associations', 'fraude'] }),
  },
]);
