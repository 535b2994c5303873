import type { EndpointReader } from '../reader';

export const otherReaders: Readonly<Record<string, EndpointReader>> = {
  'european_commission/unites_legales/numero_tva': {
    section: 'other',
    fields: [{ label: 'Numéro de TVA intracommunautaire', at: 'data/tva_number', fact: true }],
  },
  'douanes/etablissements/immatriculations_eori': {
    section: 'other',
    fields: [
      { label: 'Numéro EORI', at: 'data/id', fact: true },
      { label: 'Actif', at: 'data/actif', as: 'yes_no', fact: true },
      { label: 'Libellé', at: 'data/libelle' },
      { label: 'Adresse', at: 'data', compose: 'address' },
      { label: 'Code pays', at: 'data/code_pays' },
    ],
  },
  'fabrique_numerique_ministeres_sociaux/etablissements/conventions_collectives': {
    section: 'other',
    tables: [
      {
        title: 'Conventions collectives',
        rows: 'data/*/data',
        columns: [
          { label: 'IDCC', at: 'numero_idcc' },
          { label: 'Titre', at: 'titre_court' },
          { label: 'Titre complet', at: 'titre' },
          { label: 'État', at: 'etat', as: { enum: 'agreement_state' } },
          { label: 'Active', at: 'active', as: 'yes_no' },
          { label: 'Publication', at: 'date_publication', as: 'date' },
          { label: 'Légifrance', at: 'url' },
        ],
      },
    ],
  },
};
