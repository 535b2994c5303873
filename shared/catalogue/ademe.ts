import { documentSource, endpointsOf, ratings } from './endpoint-factory';
import { certificateLimit } from './parameters';

export const ademeEndpoints = endpointsOf({ id: 'ademe', label: 'ADEME' }, [
  {
    resource: 'certification_rge',
    version: 3,
    path: '/v3/ademe/etablissements/{siret}/certification_rge',
    title: 'Certification RGE',
    opening: 'open',
    scopes: ['certificat_rge_ademe', 'open_data'],
    answer: 'collection',
    parameters: [certificateLimit],
    documents: [
      documentSource({ link: '/data/*/data/url', date: 'date_attribution', label: 'Certificat RGE', fileLabel: 'certificat_rge' }),
    ],
    perimeter:
      'Professionnels reconnus garants de l’environnement depuis 2014, certifications échues comprises ; quelques organismes certificateurs ne transmettent pas leurs données.',
    pingRoute: '/ping/ademe/certification_rge',
    useCases: ratings({ indispensable: ['socle_de_base'], utile: ['marches_publics', 'aides_publiques', 'subventions_associations', 'fraude'] }),
  },
]);
