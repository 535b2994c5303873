import { endpointsOf, ratings } from './endpoint-factory';

export const europeanCommissionEndpoints = endpointsOf({ id: 'european_commission', label: 'Commission européenne' }, [
  {
    resource: 'numero_tva',
    version: 3,
    path: '/v3/european_commission/unites_legales/{siren}/numero_tva',
    title: 'Numéro de TVA intracommunautaire',
    opening: 'open',
    scopes: [],
    perimeter:
      'Entreprises dont le numéro de TVA français est déclaré au système européen VIES ; celles des départements et collectivités d’outre-mer n’en ont pas. Une absence ne prouve pas que l’entreprise n’a pas de numéro.',
    pingRoute: '/ping/european_commission/numero_tva',
    useCases: ratings({ indispensable: ['fraude', 'socle_de_base'], utile: ['marches_publics', 'aides_publiques'], injustifie: ['subventions_associations'] }),
  },
]);
