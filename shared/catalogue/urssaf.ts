import { documentSource, endpointsOf, ratings } from './endpoint-factory';
import { cacheControl } from './parameters';

export const urssafEndpoints = endpointsOf({ id: 'urssaf', label: 'Urssaf' }, [
  {
    resource: 'attestation_vigilance',
    version: 4,
    path: '/v4/urssaf/unites_legales/{siren}/attestation_vigilance',
    title: 'Attestation de vigilance',
    opening: 'protected',
    scopes: ['attestations_sociales', 'attestation_sociale_urssaf'],
    pool: 'attestation_vigilance',
    parameters: [cacheControl],
    documents: [
      documentSource({ link: '/data/document_url', expiresIn: 'document_url_expires_in', date: 'date_debut_validite', label: 'Attestation de vigilance', fileLabel: 'attestation_vigilance' }),
    ],
    perimeter:
      'Employeurs du régime général, associations ayant un SIREN, professions libérales et administrations. Les artisans, les commerçants et la plupart des micro-entrepreneurs, ainsi que les utilisateurs du TESE ou du CEA, n’y figurent pas.',
    pingRoute: '/ping/urssaf/attestation_sociale',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'subventions_associations', 'fraude'], injustifie: ['socle_de_base'] }),
  },
  {
    resource: 'attestation_vigilance',
    version: 3,
    path: '/v3/urssaf/unites_legales/{siren}/attestation_vigilance',
    title: 'Attestation de vigilance',
    opening: 'protected',
    scopes: ['attestations_sociales', 'attestation_sociale_urssaf'],
    pool: 'attestation_vigilance',
    parameters: [cacheControl],
    documents: [
      documentSource({ link: '/data/document_url', expiresIn: 'expires_in', label: 'Attestation de vigilance', fileLabel: 'attestation_vigilance' }),
    ],
    deprecated: true,
    replacedBy: ['urssaf.attestation_vigilance.v4'],
    perimeter:
      'Employeurs du régime général, associations ayant un SIREN, professions libérales et administrations. Les artisans, les commerçants et la plupart des micro-entrepreneurs, ainsi que les utilisateurs du TESE ou du CEA, n’y figurent pas.',
    pingRoute: '/ping/urssaf/attestation_sociale',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'subventions_associations', 'fraude'], injustifie: ['socle_de_base'] }),
  },
]);
