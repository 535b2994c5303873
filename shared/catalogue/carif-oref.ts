import { endpointsOf, ratings } from './endpoint-factory';

export const carifOrefEndpoints = endpointsOf({ id: 'carif_oref', label: 'Carif-Oref' }, [
  {
    resource: 'qualiopi',
    version: 3,
    path: '/v3/carif_oref/etablissements/{siret}/certifications_qualiopi_france_competences',
    title: 'Qualiopi et habilitations France compétences',
    opening: 'protected',
    scopes: ['certifications_qualiopi_france_competences'],
    perimeter:
      'Organismes de formation déclarés ; une certification récente apparaît un à trois jours après sa délivrance.',
    pingRoute: '/ping/carif_oref/qualiopi',
    useCases: ratings({ indispensable: ['fraude'], utile: ['marches_publics', 'aides_publiques', 'subventions_associations'], injustifie: ['socle_de_base'] }),
  },
]);
