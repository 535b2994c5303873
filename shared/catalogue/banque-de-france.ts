import { endpointsOf, ratings } from './endpoint-factory';
import { cacheControl } from './parameters';

export const banqueDeFranceEndpoints = endpointsOf({ id: 'banque_de_france', label: 'Banque de France' }, [
  {
    resource: 'bilans',
    version: 3,
    path: '/v3/banque_de_france/unites_legales/{siren}/bilans',
    title: 'Trois derniers bilans annuels',
    opening: 'protected',
    scopes: ['bilans_entreprise_bdf', 'bilans_bdf'],
    answer: 'collection',
    parameters: [cacheControl],
    perimeter:
      'Entreprises dont le chiffre d’affaires dépasse 1,25 million d’euros et dont au moins trois bilans sont connus de la Banque de France, et environ deux mille associations.',
    maintenance: { from: '22:04', to: '22:08' },
    pingRoute: '/ping/banque_de_france/bilans',
    useCases: ratings({ indispensable: ['subventions_associations', 'fraude'], utile: ['marches_publics', 'aides_publiques'], injustifie: ['socle_de_base'] }),
  },
]);
