import type { EndpointReader, FieldSpec } from '../reader';

/** Fields of a unité légale, at the root of its own answer or inside an établissement. */
function legalUnitFields(base: string, asFacts: boolean): FieldSpec[] {
  const fact = asFacts ? { fact: true as const } : {};
  return [
    { label: 'Raison sociale', at: `${base}/personne_morale_attributs/raison_sociale`, ...fact },
    { label: 'Identité', at: `${base}/personne_physique_attributs`, compose: 'person', ...fact },
    { label: 'SIREN', at: `${base}/siren`, as: 'siren' },
    { label: 'État de l’unité légale', at: `${base}/etat_administratif`, as: { enum: 'legal_unit_state' }, ...fact },
    { label: 'Forme juridique', at: `${base}/forme_juridique`, compose: 'coded', ...fact },
    { label: 'Activité principale', at: `${base}/activite_principale`, compose: 'naf', ...fact },
    { label: 'Activité principale en NAF 2008', at: `${base}/activite_principale_naf_rev2`, compose: 'naf' },
    { label: 'Effectif de l’unité légale', at: `${base}/tranche_effectif_salarie`, compose: 'headcount', ...fact },
    { label: 'Catégorie d’entreprise', at: `${base}/categorie_entreprise`, as: { enum: 'company_size' } },
    { label: 'Date de création de l’unité légale', at: `${base}/date_creation`, as: 'date' },
    { label: 'Date de cessation', at: `${base}/date_cessation`, as: 'date' },
    { label: 'SIRET du siège', at: `${base}/siret_siege_social`, as: 'siret' },
    { label: 'Sigle', at: `${base}/personne_morale_attributs/sigle` },
    { label: 'Numéro RNA', at: `${base}/rna` },
    { label: 'Économie sociale et solidaire', at: `${base}/economie_sociale_et_solidaire`, as: 'yes_no' },
    { label: 'Diffusion', at: `${base}/status_diffusion`, as: { enum: 'diffusion' } },
    { label: 'Utilisable à des fins commerciales', at: `${base}/diffusable_commercialement`, as: 'yes_no' },
    { label: 'Type de personne', at: `${base}/type`, as: { enum: 'person_type' } },
    { label: 'Sexe', at: `${base}/personne_physique_attributs/sexe`, as: { enum: 'sex' } },
    { label: 'Pseudonyme', at: `${base}/personne_physique_attributs/pseudonyme` },
    { label: 'Prénoms à l’état civil', at: `${base}/personne_physique_attributs/prenom_1` },
    { label: 'Deuxième prénom', at: `${base}/personne_physique_attributs/prenom_2` },
    { label: 'Troisième prénom', at: `${base}/personne_physique_attributs/prenom_3` },
    { label: 'Quatrième prénom', at: `${base}/personne_physique_attributs/prenom_4` },
    { label: 'Prénom usuel', at: `${base}/personne_physique_attributs/prenom_usuel` },
    { label: 'Nom d’usage', at: `${base}/personne_physique_attributs/nom_usage` },
    { label: 'Nom de naissance', at: `${base}/personne_physique_attributs/nom_naissance` },
  ];
}

const metaFields: readonly FieldSpec[] = [
  { label: 'Mise à jour par l’INSEE', at: 'meta/date_derniere_mise_a_jour', as: 'date' },
  { label: 'SIREN demandé (doublon)', at: 'meta/redirect_from_siren', as: 'siren' },
  { label: 'SIRET demandé (doublon)', at: 'meta/redirect_from_siret', as: 'siret' },
];

function addressFields(base: string, fact: boolean): FieldSpec[] {
  return [
    { label: 'Adresse', at: base, compose: 'address', ...(fact ? { fact: true as const } : {}) },
    { label: 'Adresse postale, ligne 1', at: `${base}/acheminement_postal/l1` },
    { label: 'Adresse postale, ligne 2', at: `${base}/acheminement_postal/l2` },
    { label: 'Adresse postale, ligne 3', at: `${base}/acheminement_postal/l3` },
    { label: 'Adresse postale, ligne 4', at: `${base}/acheminement_postal/l4` },
    { label: 'Adresse postale, ligne 5', at: `${base}/acheminement_postal/l5` },
    { label: 'Adresse postale, ligne 6', at: `${base}/acheminement_postal/l6` },
    { label: 'Adresse postale, ligne 7', at: `${base}/acheminement_postal/l7` },
    { label: 'Code commune INSEE', at: `${base}/code_commune` },
    { label: 'Pays étranger (code)', at: `${base}/code_pays_etranger` },
    { label: 'Diffusion de l’adresse', at: `${base}/status_diffusion`, as: { enum: 'diffusion' } },
  ];
}

const establishmentFields: readonly FieldSpec[] = [
  { label: 'SIRET', at: 'data/siret', as: 'siret', fact: true },
  { label: 'État de l’établissement', at: 'data/etat_administratif', as: { enum: 'establishment_state' }, fact: true },
  { label: 'Siège social', at: 'data/siege_social', as: 'yes_no' },
  { label: 'Enseigne', at: 'data/enseigne' },
  ...addressFields('data/adresse', true),
  { label: 'Activité de l’établissement', at: 'data/activite_principale', compose: 'naf', fact: true },
  { label: 'Activité en NAF 2008', at: 'data/activite_principale_naf_rev2', compose: 'naf' },
  { label: 'Effectif de l’établissement', at: 'data/tranche_effectif_salarie', compose: 'headcount', fact: true },
  { label: 'Date de création', at: 'data/date_creation', as: 'date' },
  { label: 'Date de fermeture', at: 'data/date_fermeture', as: 'date' },
  { label: 'Diffusion de l’établissement', at: 'data/status_diffusion', as: { enum: 'diffusion' } },
  { label: 'Établissement utilisable à des fins commerciales', at: 'data/diffusable_commercialement', as: 'yes_no' },
  ...legalUnitFields('data/unite_legale', false),
  ...metaFields,
];

const establishment: EndpointReader = { section: 'identity', fields: establishmentFields };

const succession = [
  { label: 'SIRET', at: 'siret', as: 'siret' },
  { label: 'Date', at: 'date_succession', as: 'date' },
  { label: 'Transfert du siège', at: 'transfert_siege', as: 'yes_no' },
  { label: 'Continuité économique', at: 'continuite_economique', as: 'yes_no' },
] as const satisfies readonly FieldSpec[];

export const inseeReaders: Readonly<Record<string, EndpointReader>> = {
  'insee/sirene/unites_legales': { section: 'identity', fields: [...legalUnitFields('data', true), ...metaFields] },
  'insee/sirene/unites_legales/siege_social': establishment,
  'insee/sirene/etablissements': establishment,
  'insee/sirene/etablissements/adresse': { section: 'identity', fields: [...addressFields('data', true), ...metaFields] },
  'insee/sirene/etablissements/successions': {
    section: 'identity',
    tables: [
      { title: 'Établissements prédécesseurs', rows: 'data/predecesseurs/*', columns: succession },
      { title: 'Établissements successeurs', rows: 'data/successeurs/*', columns: succession },
    ],
  },
};
