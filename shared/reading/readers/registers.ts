import type { EndpointReader, FieldSpec } from '../reader';
import { beneficialOwners } from './beneficial-owners';

const director: readonly FieldSpec[] = [
  { label: 'Fonction', at: 'fonction' },
  { label: 'Nom', at: 'nom' },
  { label: 'Prénom', at: 'prenom' },
  { label: 'Raison sociale', at: 'raison_sociale' },
  { label: 'Type', at: 'type', as: { enum: 'person_type' } },
  { label: 'Naissance', at: 'date_naissance', as: 'date', also: ['date_naissance_timestamp'] },
  { label: 'Numéro', at: 'numero_identification', as: 'siren' },
];

const rcsExtract: EndpointReader = {
  section: 'identity',
  fields: [
    { label: 'Dénomination', at: 'data/personne_morale/denomination', fact: true },
    { label: 'Nom', at: 'data/personne_physique', compose: 'person', fact: true },
    { label: 'Forme juridique', at: 'data/personne_morale/forme_juridique', compose: 'coded', fact: true },
    { label: 'Capital', at: 'data/capital', compose: 'capital', fact: true },
    { label: 'Immatriculation', at: 'data/date_immatriculation', as: 'date', fact: true },
    { label: 'Radiation', at: 'data/date_radiation', as: 'date', fact: true },
    { label: 'Greffe', at: 'data/greffe', compose: 'coded', fact: true },
    { label: 'SIREN', at: 'data/siren', as: 'siren' },
    { label: 'Nom commercial', at: 'data/nom_commercial' },
    { label: 'Activité de l’établissement principal', at: 'data/etablissement_principal/activite' },
    { label: 'Code APE', at: 'data/etablissement_principal/code_ape', as: 'naf' },
    { label: 'Origine du fonds', at: 'data/etablissement_principal/origine_fonds' },
    { label: 'Mode d’exploitation', at: 'data/etablissement_principal/mode_exploitation' },
    { label: 'Adresse', at: 'data/personne_physique/adresse/nom_postal' },
    { label: 'Adresse détaillée', at: 'data/personne_physique/adresse', compose: 'rcs_address' },
    { label: 'Nationalité', at: 'data/personne_physique/nationalite', compose: 'coded' },
    { label: 'Date de naissance', at: 'data/personne_physique/naissance/date', as: 'date' },
    { label: 'Lieu de naissance', at: 'data/personne_physique/naissance/lieu' },
    { label: 'Pays de naissance', at: 'data/personne_physique/naissance/pays', compose: 'coded' },
    { label: 'Clôture de l’exercice (telle que transmise)', at: 'data/personne_morale/date_cloture_exercice_comptable' },
    { label: 'Fin de vie de la société', at: 'data/personne_morale/date_fin_de_vie', as: 'date' },
    { label: 'Date de l’extrait', at: 'data/date_extrait', as: 'date' },
  ],
  tables: [
    { title: 'Mandataires sociaux', rows: 'data/mandataires_sociaux/*', columns: director },
    {
      title: 'Observations',
      rows: 'data/observations/*',
      columns: [
        { label: 'Date', at: 'date', as: 'date' },
        { label: 'Observation', at: 'libelle' },
        { label: 'Numéro', at: 'numero' },
      ],
    },
  ],
};

const directors: EndpointReader = {
  section: 'people',
  fields: [
    { label: 'Mandataires', at: 'meta/count', as: 'number', fact: true },
    { label: 'Personnes physiques', at: 'meta/personnes_physiques_count', as: 'number', fact: true },
    { label: 'Personnes morales', at: 'meta/personnes_morales_count', as: 'number', fact: true },
  ],
  tables: [
    {
      title: 'Mandataires sociaux',
      rows: 'data/*/data',
      columns: [
        ...director,
        { label: 'Naissance (horodatage)', at: 'date_naissance_timestamp', as: 'date' },
        { label: 'Lieu de naissance', at: 'lieu_naissance' },
        { label: 'Pays de naissance', at: 'pays_naissance' },
        { label: 'Nationalité', at: 'nationalite' },
        { label: 'Greffe', at: 'libelle_greffe' },
      ],
    },
  ],
};

const actsAndAccounts: EndpointReader = {
  section: 'finance',
  tables: [
    {
      title: 'Bilans déposés',
      rows: 'data/bilans/*',
      columns: [
        { label: 'Clôture', at: 'date_cloture', as: 'date' },
        { label: 'Type', at: 'type' },
        { label: 'Dépôt', at: 'date_depot', as: 'date' },
        { label: 'Mise à jour', at: 'date_mise_a_jour', as: 'date' },
        { label: 'Document', at: 'nom_document' },
      ],
    },
    {
      title: 'Actes déposés',
      rows: 'data/actes/*',
      columns: [
        { label: 'Dépôt', at: 'date_depot', as: 'date' },
        { label: 'Acte', at: 'types_actes/0/type_acte' },
        { label: 'Décision', at: 'types_actes/0/type_decision' },
        { label: 'Mise à jour', at: 'date_mise_a_jour', as: 'date' },
        { label: 'Document', at: 'nom_document' },
      ],
    },
  ],
};

const rneExtract: EndpointReader = {
  section: 'identity',
  fields: [
    { label: 'Dénomination', at: 'data/identite_entreprise/denomination', fact: true },
    { label: 'Nom', at: 'data/identite_entreprise/nom' },
    { label: 'SIREN', at: 'data/identite_entreprise/siren', as: 'siren', fact: true },
    { label: 'Forme juridique', at: 'data/identite_entreprise/forme_juridique', compose: 'coded', fact: true },
    { label: 'Capital social', at: 'data/identite_entreprise/capital_social', compose: 'capital', fact: true },
    { label: 'Immatriculation au RNE', at: 'data/identite_entreprise/date_immatriculation_rne', as: 'date', fact: true },
    { label: 'Début d’activité', at: 'data/identite_entreprise/date_debut_activite', as: 'date' },
    { label: 'Nature de l’entreprise', at: 'data/identite_entreprise/nature_entreprise' },
    { label: 'Objet social', at: 'data/identite_entreprise/activite_principales_objet_social' },
    { label: 'Code APE', at: 'data/identite_entreprise/code_APE', compose: 'naf' },
    { label: 'Code APRM', at: 'data/identite_entreprise/code_APRM', compose: 'naf' },
    { label: 'Siège social', at: 'data/identite_entreprise/adresse_siege_social', compose: 'address' },
    { label: 'Clôture de l’exercice (telle que transmise)', at: 'data/identite_entreprise/date_cloture_exercice' },
    { label: 'Première clôture', at: 'data/identite_entreprise/date_premiere_cloture_exercice', as: 'date' },
    { label: 'Dissolution', at: 'data/identite_entreprise/dissolution/date', as: 'date' },
    { label: 'Associé unique', at: 'data/identite_entreprise/associe_unique', as: 'yes_no' },
    { label: 'Établissements fermés', at: 'data/etablissements_fermes_total', as: 'number' },
  ],
  tables: [
    {
      title: 'Dirigeants et associés',
      rows: 'data/dirigeants_et_associes/*',
      columns: [
        { label: 'Qualité', at: 'qualite' },
        { label: 'Nom', at: 'nom' },
        { label: 'Prénom', at: 'prenom' },
        { label: 'Naissance', at: 'date_naissance', as: 'date' },
        { label: 'Commune', at: 'commune_residence' },
      ],
    },
    {
      title: 'Établissements',
      rows: 'data/etablissements/*',
      columns: [
        { label: 'SIRET', at: 'siret', as: 'siret' },
        { label: 'Type', at: 'type_etablissement' },
        { label: 'Statut', at: 'statut' },
        { label: 'Adresse', at: 'adresse', compose: 'address' },
        { label: 'Activité', at: 'activite_principale' },
        { label: 'Début', at: 'date_debut_activite', as: 'date' },
      ],
    },
    {
      title: 'Observations',
      rows: 'data/observations/*',
      columns: [
        { label: 'Date', at: 'date', as: 'date' },
        { label: 'Observation', at: 'texte' },
        { label: 'Registre', at: 'fournisseur', as: { enum: 'register' } },
        { label: 'Numéro', at: 'numero' },
      ],
    },
  ],
};

export const registerReaders: Readonly<Record<string, EndpointReader>> = {
  'infogreffe/rcs/unites_legales/extrait_kbis': rcsExtract,
  'infogreffe/rcs/unites_legales/mandataires_sociaux': directors,
  'inpi/rne/unites_legales/actes_bilans': actsAndAccounts,
  'inpi/rne/unites_legales/beneficiaires_effectifs': beneficialOwners,
  'inpi/rne/unites_legales/extrait_rne': rneExtract,
  'cma_france/rnm/unites_legales': {
    section: 'identity',
    fields: [
      { label: 'Modalité d’exercice', at: 'data/modalite_exercice', as: { enum: 'craft_mode' }, fact: true },
      { label: 'Activité non sédentaire', at: 'data/non_sedentaire', as: { enum: 'zero_one' }, fact: true },
    ],
  },
};
