import type { PeriodSpec } from '../periods';
import type { EndpointReader, FieldSpec } from '../reader';

const turnover: EndpointReader = {
  section: 'finance',
  tables: [
    {
      title: 'Chiffre d’affaires par exercice',
      rows: 'data/*/data',
      order: { every: 'year', at: ['date_fin_exercice'] },
      columns: [
        { label: 'Fin d’exercice', at: 'date_fin_exercice', as: 'date' },
        { label: 'Chiffre d’affaires', at: 'chiffre_affaires', as: 'euros' },
      ],
    },
  ],
  charts: [
    {
      title: 'Chiffre d’affaires',
      rows: 'data/*/data',
      period: { every: 'year', at: ['date_fin_exercice'] },
      series: [{ label: 'Chiffre d’affaires', at: 'chiffre_affaires' }],
      unit: 'euros',
    },
  ],
};

const computedValues: readonly FieldSpec[] = (
  [
    ['Valeur ajoutée', 'valeur_ajoutee_bdf'],
    ['Excédent brut d’exploitation', 'excedent_brut_exploitation'],
    ['Capacité d’autofinancement', 'capacite_autofinancement'],
    ['Fonds de roulement net global', 'fonds_roulement_net_global'],
    ['Besoin en fonds de roulement', 'besoin_en_fonds_de_roulement'],
    ['FRNG / BFR', 'ratio_fonds_roulement_net_global_sur_besoin_en_fonds_de_roulement'],
    ['Disponibilités', 'disponibilites'],
    ['Dettes stables', 'total_dettes_stables'],
    ['Dettes à un an au plus', 'dettes4_maturite_a_un_an_au_plus'],
  ] as const
).map(([label, key]) => ({ label, at: `valeurs_calculees/0/${key}`, compose: 'evolution' as const }));

const declarationColumns: readonly FieldSpec[] = [
  { label: 'Intitulé', at: 'intitule' },
  { label: 'Valeur', at: 'valeurs/0', as: 'number' },
  { label: 'Valeur 2', at: 'valeurs/1', as: 'number' },
  { label: 'Évolution', at: 'evolution', as: 'percent' },
  { label: 'Case', at: 'code' },
  { label: 'Code EDI', at: 'code_EDI' },
  { label: 'Code absolu', at: 'code_absolu' },
  { label: 'Type', at: 'code_type_donnee' },
  { label: 'Référence', at: 'code_nref' },
];

/** The day of the close tells two accounts of one year apart. */
const closedAccounts: PeriodSpec = { every: 'year', at: ['date_arrete_exercice', 'annee'] };

const centralBankAccounts: EndpointReader = {
  section: 'finance',
  fields: [{ label: 'Bilans', at: 'meta/count', as: 'number', fact: true }],
  tables: [
    {
      title: 'Soldes et ratios (évolution sur un an)',
      rows: 'data/*/data',
      order: closedAccounts,
      columns: [{ label: 'Année', at: 'annee' }, { label: 'Arrêté', at: 'date_arrete_exercice', as: 'date' }, ...computedValues],
    },
    { title: 'Cases des déclarations', rows: 'data/*/data/declarations/*/donnees/*', columns: declarationColumns },
  ],
  charts: [
    {
      title: 'Valeur ajoutée et excédent brut d’exploitation',
      rows: 'data/*/data',
      period: closedAccounts,
      series: [
        { label: 'Valeur ajoutée', at: 'valeurs_calculees/0/valeur_ajoutee_bdf/valeur' },
        { label: 'Excédent brut d’exploitation', at: 'valeurs_calculees/0/excedent_brut_exploitation/valeur' },
      ],
      unit: 'none',
    },
  ],
};

const taxReturns: EndpointReader = {
  section: 'finance',
  tables: [
    {
      title: 'Obligations fiscales',
      rows: 'data/obligations_fiscales/*',
      columns: [
        { label: 'Obligation', at: 'libelle' },
        { label: 'Code', at: 'code' },
        { label: 'Référence', at: 'reference' },
        { label: 'Régime', at: 'regime' },
        { label: 'Identifiant', at: 'id' },
      ],
    },
    {
      title: 'Imprimés déposés',
      rows: 'data/declarations/*',
      columns: [
        { label: 'Imprimé', at: 'numero_imprime' },
        { label: 'Régime', at: 'regime', compose: 'coded' },
        { label: 'Fin d’exercice', at: 'date_fin_exercice', as: 'date' },
        { label: 'Déclaration', at: 'date_declaration', as: 'date' },
        { label: 'Durée (jours)', at: 'duree_exercice', as: 'number' },
        { label: 'Millésime', at: 'millesime', as: 'date' },
      ],
    },
    { title: 'Cases des imprimés', rows: 'data/declarations/*/donnees/*', columns: declarationColumns },
  ],
};

const capitalLinks: EndpointReader = {
  section: 'finance',
  fields: [
    { label: 'Actionnaires personnes morales', at: 'data/capital/repartition/personnes_morales/nombre', as: 'number', fact: true },
    { label: 'Actionnaires personnes physiques', at: 'data/capital/repartition/personnes_physiques/nombre', as: 'number', fact: true },
    { label: 'Filiales', at: 'data/participations/nombre_filiales', as: 'number', fact: true },
    { label: 'Parts des personnes morales', at: 'data/capital/repartition/personnes_morales/total_actions', as: 'number' },
    { label: 'Parts des personnes physiques', at: 'data/capital/repartition/personnes_physiques/total_actions', as: 'number' },
    { label: 'Capital déclaré néant', at: 'data/capital/depose_neant', as: 'yes_no' },
    { label: 'Participations déclarées néant', at: 'data/participations/depose_neant', as: 'yes_no' },
  ],
  tables: [
    {
      title: 'Actionnaires',
      rows: 'data/capital/actionnaires/*',
      columns: [
        { label: 'Société', at: 'personne_morale_attributes/denomination' },
        { label: 'Personne', at: 'personne_physique_attributes', compose: 'person' },
        { label: 'SIREN', at: 'personne_morale_attributes/siren', as: 'siren' },
        { label: 'Part', at: 'pourcentage', as: 'percent' },
        { label: 'Nombre de parts', at: 'nombre_parts', as: 'number' },
        { label: 'Naissance', at: 'personne_physique_attributes/date_naissance', compose: 'birth' },
        { label: 'Adresse', at: 'adresse', compose: 'address' },
        { label: 'Type', at: 'type', as: { enum: 'person_type' } },
      ],
    },
    {
      title: 'Filiales et participations',
      rows: 'data/participations/filiales/*',
      columns: [
        { label: 'Société', at: 'denomination' },
        { label: 'SIREN', at: 'siren', as: 'siren' },
        { label: 'Forme juridique', at: 'forme_juridique' },
        { label: 'Détention', at: 'pourcentage_detention', as: 'percent' },
        { label: 'Adresse', at: 'adresse', compose: 'address' },
      ],
    },
  ],
};

export const financeReaders: Readonly<Record<string, EndpointReader>> = {
  'dgfip/etablissements/chiffres_affaires': turnover,
  'dgfip/unites_legales/liasses_fiscales': taxReturns,
  'dgfip/unites_legales/liens_capitalistiques': capitalLinks,
  'banque_de_france/unites_legales/bilans': centralBankAccounts,
};
