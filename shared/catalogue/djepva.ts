import { documentSource, endpointsOf, ratings } from './endpoint-factory';
import { cacheControl } from './parameters';

export const djepvaEndpoints = endpointsOf({ id: 'djepva', label: 'DJEPVA' }, [
  {
    resource: 'association',
    version: 4,
    path: '/v4/djepva/api-association/associations/{siren_or_rna}',
    title: 'Données de l’association',
    opening: 'protected',
    scopes: ['associations_donnees_protegees', 'associations_djepva'],
    parameters: [cacheControl],
    documents: [
      documentSource({ link: '/data/agrements/*/url', date: 'date_attribution', label: 'Agrément', fileLabel: 'agrement' }),
      documentSource({ link: '/data/etablissements/*/documents_dac/*/url', date: 'date_depot', label: 'Document du compte association', fileLabel: 'document_compte_association' }),
      documentSource({ link: '/data/reseaux_affiliation/*/attestation_affiliation_url', label: 'Attestation d’affiliation', fileLabel: 'attestation_affiliation' }),
      documentSource({ link: '/data/documents_rna/*/url', date: 'date_depot', label: 'Document du RNA', fileLabel: 'document_rna' }),
    ],
    perimeter:
      'Associations inscrites au RNA ou au répertoire Sirene, y compris en Alsace-Moselle.',
    pingRoute: '/ping/djepva/api-association',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'subventions_associations', 'fraude', 'socle_de_base'] }),
  },
  {
    resource: 'association_open_data',
    version: 4,
    path: '/v4/djepva/api-association/associations/open_data/{siren_or_rna}',
    title: 'Données de l’association (données ouvertes)',
    opening: 'open',
    scopes: ['associations', 'open_data'],
    documents: [
      documentSource({ link: '/data/agrements/*/url', date: 'date_attribution', label: 'Agrément', fileLabel: 'agrement' }),
    ],
    perimeter:
      'Associations inscrites au RNA ou au répertoire Sirene, y compris en Alsace-Moselle, sans les données réservées.',
    pingRoute: '/ping/djepva/api-association',
    useCases: ratings({ indispensable: ['socle_de_base'], utile: ['marches_publics', 'aides_publiques', 'subventions_associations', 'fraude'] }),
  },
]);
