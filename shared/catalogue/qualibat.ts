import { documentSource, endpointsOf, ratings } from './endpoint-factory';
import { cacheControl } from './parameters';

export const qualibatEndpoints = endpointsOf({ id: 'qualibat', label: 'Qualibat' }, [
  {
    resource: 'certification_batiment',
    version: 4,
    path: '/v4/qualibat/etablissements/{siret}/certification_batiment',
    title: 'Certification Qualibat',
    opening: 'open',
    scopes: ['qualibat', 'open_data'],
    pool: 'documents',
    parameters: [cacheControl],
    documents: [
      documentSource({ link: '/data/document_url', expiresIn: 'document_url_expires_in', date: 'date_emission', label: 'Certificat Qualibat', fileLabel: 'certificat_qualibat' }),
    ],
    perimeter:
      'Entreprises du bâtiment titulaires d’une certification Qualibat en cours.',
    pingRoute: '/ping/qualibat/certifications',
    useCases: ratings({ indispensable: ['socle_de_base'], utile: ['marches_publics', 'aides_publiques', 'subventions_associations', 'fraude'] }),
  },
  {
    resource: 'certification_batiment',
    version: 3,
    path: '/v3/qualibat/etablissements/{siret}/certification_batiment',
    title: 'Certification Qualibat',
    opening: 'open',
    scopes: ['qualibat', 'open_data'],
    pool: 'documents',
    documents: [
      documentSource({ link: '/data/document_url', expiresIn: 'expires_in', label: 'Certificat Qualibat', fileLabel: 'certificat_qualibat' }),
    ],
    deprecated: true,
    replacedBy: ['qualibat.certification_batiment.v4'],
    perimeter:
      'Entreprises du bâtiment titulaires d’une certification Qualibat en cours.',
    pingRoute: '/ping/qualibat/certifications',
    useCases: ratings({ indispensable: ['socle_de_base'], utile: ['marches_publics', 'aides_publiques', 'subventions_associations', 'fraude'] }),
  },
]);
