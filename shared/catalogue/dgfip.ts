import { documentSource, endpointsOf, ratings } from './endpoint-factory';
import { cacheControl, fiscalYear } from './parameters';

export const dgfipEndpoints = endpointsOf({ id: 'dgfip', label: 'DGFIP' }, [
  {
    resource: 'attestation_fiscale',
    version: 4,
    path: '/v4/dgfip/unites_legales/{siren}/attestation_fiscale',
    title: 'Attestation fiscale',
    opening: 'protected',
    scopes: ['attestations_fiscales', 'attestation_fiscale_dgfip'],
    pool: 'attestation_fiscale',
    parameters: [cacheControl],
    documents: [
      documentSource({ link: '/data/document_url', expiresIn: 'document_url_expires_in', date: 'date_delivrance_attestation', label: 'Attestation fiscale', fileLabel: 'attestation_fiscale' }),
    ],
    perimeter:
      'Entreprises soumises à l’impôt sur les sociétés et à la TVA, et associations soumises à l’impôt sur les sociétés. En sont exclues celles qui relèvent de l’impôt sur le revenu, celles créées dans l’année, en procédure collective, sous plan ou en contentieux.',
    maintenance: { from: '01:00', to: '02:00' },
    pingRoute: '/ping/dgfip/attestation_fiscale',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'subventions_associations'], injustifie: ['socle_de_base'] }),
  },
  {
    resource: 'attestation_fiscale',
    version: 3,
    path: '/v3/dgfip/unites_legales/{siren}/attestation_fiscale',
    title: 'Attestation fiscale',
    opening: 'protected',
    scopes: ['attestations_fiscales', 'attestation_fiscale_dgfip'],
    pool: 'attestation_fiscale',
    parameters: [cacheControl],
    documents: [
      documentSource({ link: '/data/document_url', expiresIn: 'expires_in', label: 'Attestation fiscale', fileLabel: 'attestation_fiscale' }),
    ],
    deprecated: true,
    replacedBy: ['dgfip.attestation_fiscale.v4'],
    perimeter:
      'Entreprises soumises à l’impôt sur les sociétés et à la TVA, et associations soumises à l’impôt sur les sociétés. En sont exclues celles qui relèvent de l’impôt sur le revenu, celles créées dans l’année, en procédure collective, sous plan ou en contentieux.',
    maintenance: { from: '01:00', to: '02:00' },
    pingRoute: '/ping/dgfip/attestation_fiscale',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'subventions_associations'], injustifie: ['socle_de_base'] }),
  },
  {
    resource: 'chiffres_affaires',
    version: 3,
    path: '/v3/dgfip/etablissements/{siret}/chiffres_affaires',
    title: 'Chiffre d’affaires',
    opening: 'protected',
    scopes: ['exercices', 'chiffre_affaires_dgfip'],
    answer: 'collection',
    parameters: [cacheControl],
    perimeter:
      'Entreprises soumises à l’impôt sur les sociétés ayant déposé leurs comptes ; au plus trois exercices, qui ne se suivent pas toujours.',
    maintenance: { from: '01:00', to: '02:00' },
    pingRoute: '/ping/dgfip/chiffre_affaires',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques'], injustifie: ['subventions_associations', 'socle_de_base'] }),
  },
  {
    resource: 'liasses_fiscales',
    version: 3,
    path: '/v3/dgfip/unites_legales/{siren}/liasses_fiscales/{year}',
    title: 'Liasses fiscales',
    opening: 'protected',
    scopes: ['liasse_fiscale', 'liasses_fiscales_dgfip'],
    parameters: [fiscalYear, cacheControl],
    perimeter:
      'Entreprises ayant déposé une liasse fiscale pour l’année demandée, de 2006 à l’année dernière ; les micro-entreprises n’en déposent pas.',
    maintenance: { from: '01:00', to: '02:00' },
    pingRoute: '/ping/dgfip/liasses_fiscales',
    useCases: ratings({ indispensable: ['aides_publiques', 'subventions_associations'], utile: ['marches_publics'], injustifie: ['socle_de_base'] }),
  },
  {
    resource: 'liens_capitalistiques',
    version: 3,
    path: '/v3/dgfip/unites_legales/{siren}/liens_capitalistiques/{year}',
    title: 'Liens capitalistiques',
    opening: 'protected',
    scopes: ['liasse_fiscale', 'liasses_fiscales_dgfip', 'liens_capitalistiques_dgfip'],
    parameters: [fiscalYear, cacheControl],
    perimeter:
      'Entreprises dont la liasse de l’année demandée comporte un imprimé 2059-F ou 2059-G (participations d’au moins 10 %).',
    maintenance: { from: '01:00', to: '02:00' },
    pingRoute: '/ping/dgfip/liasses_fiscales',
    useCases: ratings({ indispensable: ['aides_publiques', 'subventions_associations'], utile: ['marches_publics'], injustifie: ['socle_de_base'] }),
  },
]);
