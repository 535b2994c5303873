import { endpointsOf, ratings } from './endpoint-factory';
import { depth, month, workforceKind, year } from './parameters';

export const gipMdsEndpoints = endpointsOf({ id: 'gip_mds', label: 'GIP-MDS' }, [
  {
    resource: 'effectifs_annuels',
    version: 3,
    path: '/v3/gip_mds/unites_legales/{siren}/effectifs_annuels/{year}',
    title: 'Effectifs annuels de l’unité légale',
    opening: 'protected',
    scopes: ['effectifs_urssaf'],
    pool: 'effectifs',
    parameters: [year, workforceKind],
    perimeter:
      'Employeurs ayant déclaré des effectifs en DSN sur les cinq dernières années ; l’effectif d’une année est connu fin janvier de la suivante.',
    pingRoute: '/ping/gip_mds/effectifs',
    useCases: ratings({ indispensable: ['fraude'], utile: ['marches_publics', 'aides_publiques', 'subventions_associations'], injustifie: ['socle_de_base'] }),
  },
  {
    resource: 'effectifs_mensuels',
    version: 3,
    path: '/v3/gip_mds/etablissements/{siret}/effectifs_mensuels/{month}/annee/{year}',
    title: 'Effectifs mensuels de l’établissement',
    opening: 'protected',
    scopes: ['effectifs_urssaf'],
    pool: 'effectifs',
    parameters: [month, year, depth, workforceKind],
    perimeter:
      'Établissements employeurs ayant déclaré des effectifs en DSN sur les cinq dernières années ; l’effectif d’un mois est connu à la fin du mois suivant.',
    pingRoute: '/ping/gip_mds/effectifs',
    useCases: ratings({ indispensable: ['fraude'], utile: ['marches_publics', 'aides_publiques', 'subventions_associations'], injustifie: ['socle_de_base'] }),
  },
]);
