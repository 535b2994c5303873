import { documentSource, endpointsOf, ratings } from './endpoint-factory';

export const cnetpEndpoints = endpointsOf({ id: 'cnetp', label: 'CNETP' }, [
  {
    resource: 'attestation_cotisations',
    version: 3,
    path: '/v3/cnetp/unites_legales/{siren}/attestation_cotisations_conges_payes_chomage_intemperies',
    title: 'Certificat de cotisations CNETP',
    opening: 'protected',
    scopes: ['certificat_cnetp', 'certification_cnetp', 'attestation_cotisations_conges_payes_chomage_intemperies_cibtp_cnetp'],
    pool: 'documents',
    documents: [
      documentSource({ link: '/data/document_url', expiresIn: 'expires_in', label: 'Certificat de cotisations CNETP', fileLabel: 'certificat_cnetp' }),
    ],
    perimeter:
      'Entreprises de travaux publics affiliées à la CNETP ; celles du bâtiment relèvent d’une caisse CIBTP.',
    maintenance: { from: '06:00', to: '06:30' },
    pingRoute: '/ping/cnetp/attestation_cotisations_conges_payes_chomage_intemperies',
    useCases: ratings({ utile: ['marches_publics', 'aides_publiques', 'fraude'], injustifie: ['subventions_associations', 'socle_de_base'] }),
  },
]);
