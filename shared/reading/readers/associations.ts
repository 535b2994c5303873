import type { EndpointReader, FieldSpec } from '../reader';

const network: readonly FieldSpec[] = [
  { label: 'Nom', at: 'nom' },
  { label: 'Numéro RNA', at: 'rna' },
  { label: 'SIRET', at: 'siret', as: 'siret' },
  { label: 'Adresse', at: 'adresse', compose: 'address' },
  { label: 'Licenciés', at: 'nombre_licencies', compose: 'counted_people' },
];

const association: EndpointReader = {
  section: 'associations',
  fields: [
    { label: 'Nom', at: 'data/nom', fact: true },
    { label: 'Numéro RNA', at: 'data/rna', fact: true },
    { label: 'Active', at: 'data/active', as: 'yes_no', fact: true },
    { label: 'Régime', at: 'data/regime', fact: true },
    { label: 'Reconnue d’utilité publique', at: 'data/reconnue_utilite_publique', as: 'yes_no', fact: true },
    { label: 'SIREN', at: 'data/siren', as: 'siren' },
    { label: 'SIRET du siège', at: 'data/siret_siege', as: 'siret' },
    { label: 'Sigle', at: 'data/sigle' },
    { label: 'Forme juridique', at: 'data/forme_juridique', compose: 'coded' },
    { label: 'Groupement', at: 'data/groupement' },
    { label: 'Objet', at: 'data/activites/objet' },
    { label: 'Objet social', at: 'data/activites/objet_social1', compose: 'coded' },
    { label: 'Second objet social', at: 'data/activites/objet_social2', compose: 'coded' },
    { label: 'Champ d’action', at: 'data/activites/champ_action_territorial' },
    { label: 'Activité principale', at: 'data/activites/activite_principale', compose: 'naf' },
    { label: 'Effectif', at: 'data/activites/tranche_effectif', compose: 'headcount' },
    { label: 'Siège', at: 'data/adresse_siege', compose: 'address' },
    { label: 'Adresse de gestion', at: 'data/adresse_gestion', compose: 'address' },
    { label: 'Création', at: 'data/date_creation', as: 'date' },
    { label: 'Dissolution', at: 'data/date_dissolution', as: 'date' },
    { label: 'Impôts commerciaux', at: 'data/impots_commerciaux', as: 'yes_no' },
    { label: 'Éligible au compte d’engagement citoyen', at: 'data/eligibilite_cec', as: 'yes_no' },
    { label: 'Mise à jour Sirene', at: 'meta/date_derniere_mise_a_jour_sirene', as: 'date' },
    { label: 'Mise à jour RNA', at: 'meta/date_derniere_mise_a_jour_rna', as: 'date' },
  ],
  tables: [
    {
      title: 'Représentants légaux',
      rows: 'data/etablissements/*/representants_legaux/*',
      columns: [
        { label: 'Fonction', at: 'fonction' },
        { label: 'Civilité', at: 'civilite' },
        { label: 'Nom', at: 'nom' },
        { label: 'Prénom', at: 'prenom' },
        { label: 'Téléphone', at: 'telephone' },
        { label: 'Courriel', at: 'courriel' },
      ],
    },
    {
      title: 'Comptes',
      rows: 'data/etablissements/*/comptes/*',
      columns: [
        { label: 'Année', at: 'annee' },
        { label: 'Produits', at: 'total_produits', as: 'euros' },
        { label: 'Charges', at: 'total_charges', as: 'euros' },
        { label: 'Résultat', at: 'total_resultat', as: 'euros' },
        { label: 'Subventions', at: 'montant_subventions', as: 'euros' },
        { label: 'Dons', at: 'montant_dons', as: 'euros' },
        { label: 'Aides sur trois ans', at: 'montant_aides_sur_3ans', as: 'euros' },
        { label: 'Commissaire aux comptes', at: 'commissaire_aux_comptes', as: 'yes_no' },
      ],
    },
    {
      title: 'Moyens humains',
      rows: 'data/etablissements/*/rhs/*',
      columns: [
        { label: 'Année', at: 'annee' },
        { label: 'Bénévoles', at: 'nombre_benevoles', as: 'number' },
        { label: 'Volontaires', at: 'nombre_volontaires', as: 'number' },
        { label: 'Salariés', at: 'nombre_salaries', as: 'number' },
        { label: 'Salariés (ETPT)', at: 'nombre_salaries_etpt', as: 'number' },
        { label: 'Adhérents', at: 'nombre_adherents', compose: 'counted_people' },
      ],
    },
    {
      title: 'Agréments',
      rows: 'data/agrements/*',
      columns: [
        { label: 'Type', at: 'type' },
        { label: 'Niveau', at: 'niveau' },
        { label: 'Attributeur', at: 'attributeur' },
        { label: 'Attribution', at: 'date_attribution', as: 'date' },
        { label: 'Numéro', at: 'numero' },
      ],
    },
    {
      title: 'Établissements',
      rows: 'data/etablissements/*',
      columns: [
        { label: 'Nom', at: 'nom' },
        { label: 'SIRET', at: 'siret', as: 'siret' },
        { label: 'Siège', at: 'siege', as: 'yes_no' },
        { label: 'Actif', at: 'actif', as: 'yes_no' },
        { label: 'Adresse', at: 'adresse', compose: 'address' },
        { label: 'Activité', at: 'activite_principale', compose: 'naf' },
      ],
    },
    { title: 'Réseaux d’affiliation', rows: 'data/reseaux_affiliation/*', columns: network },
    { title: 'Composition du réseau', rows: 'data/composition_reseau/*', columns: network },
    {
      title: 'Pièces déposées au RNA',
      rows: 'data/documents_rna/*',
      columns: [
        { label: 'Pièce', at: 'sous_type', compose: 'coded' },
        { label: 'Type', at: 'type' },
        { label: 'Dépôt', at: 'date_depot', as: 'date' },
        { label: 'Année', at: 'annee_depot' },
      ],
    },
  ],
  charts: [
    {
      title: 'Produits et charges',
      rows: 'data/etablissements/*/comptes/*',
      period: { every: 'year', at: ['annee'] },
      series: [
        { label: 'Produits', at: 'total_produits' },
        { label: 'Charges', at: 'total_charges' },
      ],
      unit: 'euros',
    },
  ],
};

const subsidies: EndpointReader = {
  section: 'associations',
  tables: [
    {
      title: 'Demandes de subvention',
      rows: 'data/*/data/demande_subvention',
      columns: [
        { label: 'Exercice', at: 'annee_exercice_demande' },
        { label: 'Dispositif', at: 'subvention_demandee/dispositif' },
        { label: 'Service instructeur', at: 'instruction/service_instructeur' },
        { label: 'Demandé', at: 'subvention_demandee/montant_demande', as: 'euros' },
        { label: 'Accordé', at: 'instruction/montant_accorde', as: 'euros' },
        { label: 'Statut', at: 'instruction/statut_demande' },
        { label: 'Commission', at: 'instruction/date_commission', as: 'date' },
        { label: 'Source', at: 'fournisseur' },
      ],
    },
    {
      title: 'Paiements',
      rows: 'data/*/data/paiements/*',
      columns: [
        { label: 'Versement', at: 'date_versement', as: 'date' },
        { label: 'Montant', at: 'montant_verse', as: 'euros' },
        { label: 'Programme', at: 'programme/libelle' },
        { label: 'BOP', at: 'numero_bop' },
        { label: 'Source', at: 'fournisseur' },
      ],
    },
  ],
};

const rna: EndpointReader = {
  section: 'associations',
  fields: [
    { label: 'Titre', at: 'data/titre', fact: true },
    { label: 'Numéro RNA', at: 'data/rna_id', fact: true },
    { label: 'Active', at: 'data/etat', as: 'yes_no', fact: true },
    { label: 'Objet', at: 'data/objet' },
    { label: 'Siège', at: 'data/adresse_siege', compose: 'address' },
    { label: 'SIRET du siège', at: 'data/siret_siege_social', as: 'siret' },
    { label: 'Création', at: 'data/date_creation', as: 'date' },
    { label: 'Déclaration', at: 'data/date_declaration', as: 'date' },
    { label: 'Publication', at: 'data/date_publication', as: 'date' },
    { label: 'Dissolution', at: 'data/date_dissolution', as: 'date' },
  ],
};

const rnaDocuments: EndpointReader = {
  section: 'associations',
  fields: [
    { label: 'Documents', at: 'meta/nombre_documents', as: 'number', fact: true },
    { label: 'Documents en défaut', at: 'meta/nombre_documents_deficients', as: 'number', fact: true },
  ],
  tables: [
    {
      title: 'Documents',
      rows: 'data/*/data',
      columns: [
        { label: 'Type', at: 'type' },
        { label: 'Date', at: 'timestamp', as: 'date' },
        { label: 'Durée de vie du lien', at: 'expires_in', as: 'duration' },
      ],
    },
  ],
};

export const associationReaders: Readonly<Record<string, EndpointReader>> = {
  'djepva/api-association/associations': association,
  'data_subvention/associations/subventions': subsidies,
  'ministere_interieur/rna/associations': rna,
  'ministere_interieur/rna/associations/documents': rnaDocuments,
};
