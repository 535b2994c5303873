import { documentSource, endpointsOf, ratings } from './endpoint-factory';

export const cibtpEndpoints = endpointsOf({ id: 'cibtp', label: 'CIBTP' }, [
  {
    resource: 'attestation_cotisations',
    version: 3,
    path: '/v3/cibtp/etablissements/{siret}/attestation_cotisations_conges_payes_chomage_intemperies',
    title: 'Certificat de cotisations CIBTP',
    opening: 'protected',
    scopes: ['certificat_cnetp', 'certification_cnetp', 'attestation_cotisations_conges_payes_chomage_intemperies_cibtp_cnetp'],
    pool: 'cibtp',
    documents: [
      documentSource({ link: '/data/document_url', expiresIn: 'expires_in', label: 'Certificat de cotisations CIBTP', fileLabel: 'certificat_cibtp' }),
    ],
    perimeter:
      'Entreprises du bâtiment de métropole affiliées à une caisse CIBTP ; celles des travaux publics relèvent de la CNETP.',
    pingRoute: '/ping/cibtp/attestation_cotisations_conges_payes_chomage_intemperies',
    useCases: ratings({ utile: ['marches_publics', 'aides_publiques', 'fraude'], injustifie: ['subventions_associations', 'socle_de_base'] }),
  },
]);
