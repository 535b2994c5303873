import { documentSource, endpointsOf, ratings } from './endpoint-factory';

export const probtpEndpoints = endpointsOf({ id: 'probtp', label: 'PRO BTP' }, [
  {
    resource: 'attestation_cotisations_retraite',
    version: 3,
    path: '/v3/probtp/etablissements/{siret}/attestation_cotisations_retraite',
    title: 'Attestation de cotisations retraite',
    opening: 'protected',
    scopes: ['probtp', 'cotisations_probtp'],
    pool: 'documents',
    documents: [
      documentSource({ link: '/data/document_url', expiresIn: 'expires_in', label: 'Attestation de cotisations retraite', fileLabel: 'attestation_retraite_probtp' }),
    ],
    perimeter:
      'Établissements de métropole du bâtiment et des travaux publics adhérents de PRO BTP.',
  },
  {
    resource: 'conformite_cotisations_retraite',
    version: 3,
    path: '/v3/probtp/etablissements/{siret}/conformite_cotisations_retraite',
    title: 'Conformité des cotisations retraite',
    opening: 'protected',
    scopes: ['probtp', 'cotisations_probtp'],
    perimeter:
      'Établissements de métropole du bâtiment et des travaux publics adhérents de PRO BTP.',
    useCases: ratings({ utile: ['marches_publics', 'aides_publiques', 'fraude'], injustifie: ['subventions_associations', 'socle_de_base'] }),
  },
]);
