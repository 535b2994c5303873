import type { PeriodSpec } from '../periods';
import type { EndpointReader, FieldSpec, Outcome } from '../reader';

const linkLife: readonly FieldSpec[] = [
  { label: 'Durée de vie du lien', at: 'data/document_url_expires_in', as: 'duration' },
  { label: 'Durée de vie du lien', at: 'data/expires_in', as: 'duration' },
];

const attestation: EndpointReader = { section: 'social', attestation: true, fields: linkLife };

const tax: EndpointReader = {
  section: 'social',
  attestation: true,
  fields: [
    { label: 'Délivrée le', at: 'data/date_delivrance_attestation', as: 'date', fact: true },
    { label: 'Situation au', at: 'data/date_periode_analysee', as: 'date', fact: true },
    ...linkLife,
  ],
};

const vigilanceOutcomes: Readonly<Record<string, Outcome>> = {
  ok: { word: 'Délivrée', tone: 'good', sentence: 'L’Urssaf délivre l’attestation de vigilance.' },
  refus_de_delivrance: {
    word: 'Refus de délivrance',
    tone: 'bad',
    sentence: 'L’Urssaf refuse de délivrer l’attestation : la structure doit se rapprocher de son Urssaf. Ce refus n’est pas une panne.',
  },
};

const vigilance: EndpointReader = {
  section: 'social',
  attestation: true,
  verdict: { at: 'data/entity_status/code', outcomes: vigilanceOutcomes },
  fields: [
    { label: 'Début de validité', at: 'data/date_debut_validite', as: 'date', fact: true },
    { label: 'Fin de validité', at: 'data/date_fin_validite', as: 'date', fact: true },
    { label: 'Code de sécurité', at: 'data/code_securite', fact: true },
    { label: 'Statut', at: 'data/entity_status/libelle' },
    { label: 'Explication', at: 'data/entity_status/description' },
    { label: 'Code du statut', at: 'data/entity_status/code', as: { enum: 'vigilance' } },
    ...linkLife,
  ],
};

const agricultural: EndpointReader = {
  section: 'social',
  verdict: {
    at: 'data/status',
    outcomes: {
      up_to_date: { word: 'À jour', tone: 'good', sentence: 'L’entreprise est à jour de ses cotisations auprès de la MSA.' },
      outdated: { word: 'Pas à jour', tone: 'bad', sentence: 'L’entreprise n’est pas à jour de ses cotisations auprès de la MSA.' },
      under_investigation: {
        word: 'En cours d’examen',
        tone: 'warning',
        sentence: 'La MSA examine la situation de la structure : consultez de nouveau dans quelques jours.',
      },
    },
  },
  fields: [{ label: 'Statut', at: 'data/status', as: { enum: 'agricultural_compliance' } }],
};

const buildingPension: EndpointReader = {
  section: 'social',
  verdict: {
    at: 'data/eligible',
    outcomes: {
      true: { word: 'À jour', tone: 'good', sentence: 'L’entreprise peut obtenir son attestation : ses cotisations de retraite sont à jour.' },
      false: {
        word: 'Pas à jour',
        tone: 'bad',
        sentence: 'PRO BTP ne peut pas attester que les cotisations de retraite sont à jour.',
      },
    },
  },
  fields: [{ label: 'Peut obtenir l’attestation', at: 'data/eligible', as: 'yes_no' }],
};

const yearlyHeadcount: EndpointReader = {
  section: 'social',
  fields: [
    { label: 'SIREN', at: 'data/siren', as: 'siren' },
    { label: 'Année', at: 'data/annee', fact: true },
  ],
  tables: [
    {
      title: 'Effectif annuel',
      rows: 'data/effectifs_annuel/*',
      columns: [
        { label: 'Régime', at: 'regime', as: { enum: 'regime' } },
        { label: 'Effectif', at: 'value', as: 'number' },
        { label: 'Nature', at: 'nature', as: { enum: 'headcount_nature' } },
        { label: 'Mise à jour', at: 'date_derniere_mise_a_jour', as: 'date' },
      ],
    },
  ],
};

const eachMonth: PeriodSpec = { every: 'month', year: 'annee', month: 'mois' };

const monthlyHeadcount: EndpointReader = {
  section: 'social',
  fields: [{ label: 'SIRET', at: 'data/siret', as: 'siret' }],
  tables: [
    {
      title: 'Effectif mensuel',
      rows: 'data/effectifs_mensuels/*',
      order: eachMonth,
      absent: { period: ['annee', 'mois'], silent: 'value' },
      columns: [
        { label: 'Année', at: 'annee' },
        { label: 'Mois', at: 'mois' },
        { label: 'Régime', at: 'regime', as: { enum: 'regime' } },
        { label: 'Effectif', at: 'value', as: 'number' },
        { label: 'Nature', at: 'nature', as: { enum: 'headcount_nature' } },
        { label: 'Mise à jour', at: 'date_derniere_mise_a_jour', as: 'date' },
      ],
    },
  ],
  charts: [
    {
      title: 'Effectif par mois',
      rows: 'data/effectifs_mensuels/*',
      period: eachMonth,
      series: { kind: 'regime', as: 'regime', unnamed: 'Régime non communiqué', at: 'value' },
      unit: 'people',
    },
  ],
};

export const socialReaders: Readonly<Record<string, EndpointReader>> = {
  'dgfip/unites_legales/attestation_fiscale': tax,
  'urssaf/unites_legales/attestation_vigilance': vigilance,
  'msa/etablissements/conformite_cotisations': agricultural,
  'probtp/etablissements/conformite_cotisations_retraite': buildingPension,
  'probtp/etablissements/attestation_cotisations_retraite': attestation,
  'cibtp/etablissements/attestation_cotisations_conges_payes_chomage_intemperies': attestation,
  'cnetp/unites_legales/attestation_cotisations_conges_payes_chomage_intemperies': attestation,
  'gip_mds/unites_legales/effectifs_annuels': yearlyHeadcount,
  'gip_mds/etablissements/effectifs_mensuels/annee': monthlyHeadcount,
};
