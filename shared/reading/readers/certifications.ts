import type { EndpointReader } from '../reader';

const qualification = [
  { label: 'Code', at: 'code_qualification' },
  { label: 'Qualification', at: 'nom' },
  { label: 'Définition', at: 'definition' },
  { label: 'RGE', at: 'rge', as: 'yes_no' as const },
] as const;

const rge: EndpointReader = {
  section: 'certifications',
  tables: [
    {
      title: 'Certifications RGE',
      rows: 'data/*/data',
      columns: [
        { label: 'Certificat', at: 'nom_certificat' },
        { label: 'Domaine', at: 'domaine' },
        { label: 'Famille', at: 'meta_domaine' },
        { label: 'Qualification', at: 'qualification', compose: 'coded' },
        { label: 'Organisme', at: 'organisme' },
        { label: 'Attribution', at: 'date_attribution', as: 'date' },
        { label: 'Expiration', at: 'date_expiration', as: 'date' },
        { label: 'Archivée', at: 'meta/archived', as: 'yes_no' },
        { label: 'Mise à jour', at: 'meta/updated_at', as: 'date' },
      ],
    },
  ],
};

const qualiopi: EndpointReader = {
  section: 'certifications',
  fields: [
    { label: 'SIRET', at: 'data/siret', as: 'siret' },
    { label: 'Code UAI', at: 'data/code_uai' },
    { label: 'Plusieurs numéros de déclaration d’activité', at: 'data/unite_legale_avec_plusieurs_nda', as: 'yes_no' },
  ],
  tables: [
    {
      title: 'Déclarations d’activité et Qualiopi',
      rows: 'data/declarations_activites_etablissement/*',
      columns: [
        { label: 'Déclaration', at: 'numero_de_declaration' },
        { label: 'Active', at: 'actif', as: 'yes_no' },
        { label: 'Dernière déclaration', at: 'date_derniere_declaration', as: 'date' },
        { label: 'Actions de formation', at: 'certification_qualiopi/action_formation', as: 'yes_no' },
        { label: 'Bilans de compétences', at: 'certification_qualiopi/bilan_competences', as: 'yes_no' },
        { label: 'VAE', at: 'certification_qualiopi/validation_acquis_experience', as: 'yes_no' },
        { label: 'Apprentissage', at: 'certification_qualiopi/apprentissage', as: 'yes_no' },
      ],
    },
    {
      title: 'Habilitations France compétences',
      rows: 'data/habilitations_france_competence/*',
      columns: [
        { label: 'Code', at: 'code' },
        { label: 'Active', at: 'actif', as: 'yes_no' },
        { label: 'Décision', at: 'date_decision', as: 'date' },
        { label: 'Fin d’enregistrement', at: 'date_fin_enregistrement', as: 'date' },
        { label: 'Peut former', at: 'habilitation_pour_former', as: 'yes_no' },
        { label: 'Peut évaluer', at: 'habilitation_pour_organiser_l_evaluation', as: 'yes_no' },
      ],
    },
  ],
};

const qualibat: EndpointReader = {
  section: 'certifications',
  attestation: true,
  fields: [
    { label: 'Émission', at: 'data/date_emission', as: 'date', fact: true },
    { label: 'Fin de validité', at: 'data/date_fin_validite', as: 'date', fact: true },
    { label: 'Assurance travaux', at: 'data/entity/assurance_responsabilite_travaux/nom' },
    { label: 'Contrat travaux', at: 'data/entity/assurance_responsabilite_travaux/identifiant' },
    { label: 'Assurance civile', at: 'data/entity/assurance_responsabilite_civile/nom' },
    { label: 'Contrat civil', at: 'data/entity/assurance_responsabilite_civile/identifiant' },
  ],
  tables: [
    {
      title: 'Qualifications',
      rows: 'data/entity/certifications/*',
      columns: [
        { label: 'Code', at: 'code' },
        { label: 'Qualification', at: 'libelle' },
        { label: 'RGE', at: 'rge', as: 'yes_no' },
        { label: 'Attribution', at: 'date_attribution', as: 'date' },
      ],
    },
  ],
};

const qualifelec: EndpointReader = {
  section: 'certifications',
  tables: [
    {
      title: 'Certificats Qualifelec',
      rows: 'data/*/data',
      columns: [
        { label: 'Numéro', at: 'numero' },
        { label: 'Qualification', at: 'qualification/label' },
        { label: 'Classification', at: 'qualification/classification', compose: 'coded' },
        { label: 'RGE', at: 'rge', as: 'yes_no' },
        { label: 'Début', at: 'date_debut', as: 'date' },
        { label: 'Fin', at: 'date_fin', as: 'date' },
        { label: 'Assurance décennale', at: 'assurance_decennale/nom' },
        { label: 'Assurance civile', at: 'assurance_civile/nom' },
      ],
    },
  ],
};

const engineering: EndpointReader = {
  section: 'certifications',
  fields: [
    { label: 'Certificat', at: 'data/numero_certificat', fact: true },
    { label: 'Délivrance', at: 'data/date_delivrance_certificat', as: 'date', fact: true },
    { label: 'Validité', at: 'data/duree_validite_certificat', fact: true },
    { label: 'Validité des qualifications', at: 'data/date_validite_qualifications', as: 'date' },
    { label: 'Validité des qualifications probatoires', at: 'data/date_validite_qualifications_probatoires', as: 'date' },
    { label: 'Assurances', at: 'data/assurances' },
    { label: 'Page OPQIBI', at: 'data/url' },
  ],
  tables: [
    { title: 'Qualifications', rows: 'data/qualifications/*', columns: qualification },
    { title: 'Qualifications probatoires', rows: 'data/qualifications_probatoires/*', columns: qualification },
  ],
};

export const certificationReaders: Readonly<Record<string, EndpointReader>> = {
  'ademe/etablissements/certification_rge': rge,
  'carif_oref/etablissements/certifications_qualiopi_france_competences': qualiopi,
  'qualibat/etablissements/certification_batiment': qualibat,
  'qualifelec/etablissements/certificats': qualifelec,
  'opqibi/unites_legales/certification_ingenierie': engineering,
  'fntp/unites_legales/carte_professionnelle_travaux_publics': { section: 'certifications', attestation: true },
};
