import { documentSource, endpointsOf, ratings } from './endpoint-factory';
import { cacheControl } from './parameters';

export const inpiEndpoints = endpointsOf({ id: 'inpi', label: 'INPI' }, [
  {
    resource: 'actes_bilans',
    version: 3,
    path: '/v3/inpi/rne/unites_legales/open_data/{siren}/actes_bilans',
    title: 'Actes et bilans',
    opening: 'open',
    scopes: ['open_data'],
    pool: 'inpi_actes_bilans',
    documents: [
      documentSource({ link: '/data/actes/*/url', date: 'date_depot', label: 'Acte', fileLabel: 'acte', fetch: 'two_step' }),
      documentSource({ link: '/data/bilans/*/url', date: 'date_depot', label: 'Bilan', fileLabel: 'bilan', fetch: 'two_step' }),
    ],
    perimeter:
      'Entreprises du registre national des entreprises : actes depuis 1993, bilans depuis 2017, sauf ceux déclarés confidentiels ; une association n’a pas d’actes.',
    pingRoute: '/ping/inpi/rne',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'fraude', 'socle_de_base'], injustifie: ['subventions_associations'] }),
  },
  {
    resource: 'beneficiaires_effectifs',
    version: 3,
    path: '/v3/inpi/rne/unites_legales/{siren}/beneficiaires_effectifs',
    title: 'Bénéficiaires effectifs',
    opening: 'protected',
    scopes: ['beneficiaires_effectifs_inpi'],
    pool: 'inpi_beneficiaires',
    answer: 'collection',
    parameters: [cacheControl],
    perimeter:
      'Sociétés tenues de déclarer leurs bénéficiaires effectifs ; réservé aux autorités désignées par le code monétaire et financier.',
    pingRoute: '/ping/inpi/rne',
    useCases: ratings({ indispensable: ['fraude'], injustifie: ['marches_publics', 'aides_publiques', 'subventions_associations', 'socle_de_base'] }),
  },
  {
    resource: 'extrait_rne',
    version: 3,
    path: '/v3/inpi/rne/unites_legales/{siren}/extrait_rne',
    title: 'Attestation d’immatriculation au RNE',
    opening: 'protected',
    scopes: ['unites_legales_etablissements_insee'],
    pool: 'inpi_extrait_rne',
    parameters: [cacheControl],
    documents: [
      documentSource({ link: '/data/document_url', label: 'Attestation d’immatriculation au RNE', fileLabel: 'extrait_rne' }),
    ],
    perimeter:
      'Entreprises du registre national des entreprises, y compris celles en diffusion partielle.',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'subventions_associations', 'fraude', 'socle_de_base'] }),
  },
]);
