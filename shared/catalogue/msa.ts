import { endpointsOf, ratings } from './endpoint-factory';

export const msaEndpoints = endpointsOf({ id: 'msa', label: 'MSA' }, [
  {
    resource: 'conformite_cotisations',
    version: 3,
    path: '/v3/msa/etablissements/{siret}/conformite_cotisations',
    title: 'Conformité des cotisations agricoles',
    opening: 'protected',
    scopes: ['msa_cotisations', 'cotisations_msa'],
    documentNote: 'La MSA dit si l’établissement est à jour, sans délivrer de document : s’il vous faut l’attestation, demandez-la à la structure.',
    perimeter:
      'Établissements affiliés au régime agricole.',
    maintenance: { from: '03:00', to: '03:30' },
    pingRoute: '/ping/msa/conformite_cotisations',
    useCases: ratings({ indispensable: ['marches_publics', 'aides_publiques', 'fraude'], injustifie: ['subventions_associations', 'socle_de_base'] }),
  },
]);
