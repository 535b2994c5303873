import { documentSource, endpointsOf, ratings } from './endpoint-factory';
import { cacheControl } from './parameters';

export const ministereInterieurEndpoints = endpointsOf({ id: 'ministere_interieur', label: 'Ministère de l’Intérieur' }, [
  {
    resource: 'association',
    version: 3,
    path: '/v3/ministere_interieur/rna/associations/{siret_or_rna}',
    title: 'Données de l’association au RNA',
    opening: 'open',
    scopes: ['associations', 'open_data'],
    parameters: [cacheControl],
    deprecated: true,
    replacedBy: ['djepva.association_open_data.v4', 'djepva.association.v4'],
    perimeter:
      'Associations inscrites au répertoire national des associations, hors Alsace-Moselle.',
    pingRoute: '/ping/djepva/api-association',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'fraude', 'socle_de_base'] }),
  },
  {
    resource: 'documents_association',
    version: 3,
    path: '/v3/ministere_interieur/rna/associations/{siret_or_rna}/documents',
    title: 'Documents de l’association',
    opening: 'open',
    scopes: ['associations', 'open_data'],
    pool: 'documents',
    answer: 'collection',
    parameters: [cacheControl],
    documents: [
      documentSource({ link: '/data/*/data/url', expiresIn: 'expires_in', label: 'Document de l’association', fileLabel: 'document_association' }),
    ],
    deprecated: true,
    replacedBy: ['djepva.association_open_data.v4', 'djepva.association.v4'],
    perimeter:
      'Associations inscrites au répertoire national des associations, hors Alsace-Moselle.',
    pingRoute: '/ping/djepva/api-association',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'fraude', 'socle_de_base'] }),
  },
]);
