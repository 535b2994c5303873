import { currentGenerationEndpoints } from './endpoints';
import { documentSource, type EndpointDraft, endpointsOf } from './endpoint-factory';
import { corporateTaxSiren, monthInPath, undiffusible, userId, vatSiren, yearInPath } from './parameters-v2';
import type { Endpoint } from './types';

/** Shown where version 2 is chosen. The service answers 410 on all its routes but `/v2/privileges` and `/v2/ping`. */
export const V2_CLOSED_SENTENCE =
  'La version 2 d’API Entreprise est fermée\u00a0: le service répond que ces adresses n’existent plus. Elle ne sert qu’avec le bac à sable ou une passerelle qui la parle encore.';

const V2_PERIMETER = 'Version 2, fermée depuis\u00a0: voyez la donnée qui la remplace.';

/** The same in a few words, beside what it offers. */
export const V2_MARK = 'Version 2 (2021), fermée par le service depuis\u00a0: réponse 410';

type V2Draft = Omit<EndpointDraft, 'version' | 'opening' | 'perimeter' | 'deprecated' | 'useCases'>;

/** Purposes weigh on version 2 as on what replaces it. */
function v2(id: string, label: string, draft: V2Draft): Endpoint {
  const successor = currentGenerationEndpoints.find((endpoint) => endpoint.id === draft.replacedBy?.[0]);
  const [endpoint] = endpointsOf({ id, label }, [
    {
      pool: 'v2_data',
      ...draft,
      // Told apart from the data that replaces it, in lists, in the journal and in print.
      title: `${draft.title} (version 2)`,
      version: 2,
      opening: draft.scopes.includes('open_data') ? 'open' : 'protected',
      perimeter: successor?.perimeter ?? V2_PERIMETER,
      deprecated: true,
      useCases: successor?.useCases ?? {},
    },
  ]);
  if (!endpoint) throw new Error(`no endpoint made of ${draft.path}`);
  return endpoint;
}

/** The 2021 generation: no envelope around its answers, and errors that are plain sentences. */
export const v2Endpoints: readonly Endpoint[] = [
  v2('insee', 'Insee', {
    resource: 'entreprises',
    path: '/v2/entreprises/{siren}',
    title: 'Entreprise et siège social',
    scopes: ['entreprises', 'unites_legales_etablissements_insee'],
    parameters: [undiffusible],
    replacedBy: ['insee.unite_legale.v4', 'insee.siege_social.v4', 'infogreffe.mandataires_sociaux.v3', 'european_commission.numero_tva.v3'],
  }),
  v2('insee', 'Insee', {
    resource: 'etablissements',
    path: '/v2/etablissements/{siret}',
    title: 'Établissement',
    scopes: ['etablissements', 'unites_legales_etablissements_insee'],
    parameters: [undiffusible],
    replacedBy: ['insee.etablissement.v4'],
  }),
  v2('infogreffe', 'Infogreffe', {
    resource: 'extraits_rcs',
    path: '/v2/extraits_rcs_infogreffe/{siren}',
    title: 'Extrait RCS',
    scopes: ['extraits_rcs', 'open_data'],
    replacedBy: ['infogreffe.extrait_rcs.v3'],
  }),
  v2('ministere_interieur', 'Ministère de l’Intérieur', {
    resource: 'associations',
    path: '/v2/associations/{siret_or_rna}',
    title: 'Association',
    scopes: ['associations', 'open_data'],
    replacedBy: ['djepva.association_open_data.v4', 'djepva.association.v4'],
  }),
  v2('ministere_interieur', 'Ministère de l’Intérieur', {
    resource: 'documents_associations',
    path: '/v2/documents_associations/{siret_or_rna}',
    title: 'Documents de l’association',
    scopes: ['documents_association', 'open_data'],
    pool: 'v2_documents',
    documents: [documentSource({ link: '/documents/*/url', label: 'Document de l’association', fileLabel: 'document_association' })],
    replacedBy: ['djepva.association_open_data.v4', 'djepva.association.v4'],
  }),
  v2('inpi', 'INPI', {
    resource: 'actes',
    path: '/v2/actes_inpi/{siren}',
    title: 'Actes',
    scopes: ['actes_inpi', 'open_data'],
    pool: 'v2_actes_inpi',
    documents: [documentSource({ link: '/url_documents', label: 'Archive des actes', fileLabel: 'actes_inpi' })],
    replacedBy: ['inpi.actes_bilans.v3'],
  }),
  v2('inpi', 'INPI', {
    resource: 'bilans',
    path: '/v2/bilans_inpi/{siren}',
    title: 'Bilans',
    scopes: ['bilans_inpi', 'open_data'],
    pool: 'v2_bilans_inpi',
    documents: [documentSource({ link: '/url_documents', label: 'Archive des bilans', fileLabel: 'bilans_inpi' })],
    replacedBy: ['inpi.actes_bilans.v3'],
  }),
  v2('inpi', 'INPI', {
    resource: 'extraits_courts',
    path: '/v2/extraits_courts_inpi/{siren}',
    title: 'Brevets, modèles et marques',
    scopes: ['extrait_court_inpi', 'open_data'],
  }),
  v2('ministeres_sociaux', 'Ministères sociaux', {
    resource: 'conventions_collectives',
    path: '/v2/conventions_collectives/{siret}',
    title: 'Conventions collectives',
    scopes: ['conventions_collectives', 'open_data'],
    replacedBy: ['ministeres_sociaux.conventions_collectives.v3'],
  }),
  v2('cma_france', 'CMA France', {
    resource: 'entreprises_artisanales',
    path: '/v2/entreprises_artisanales_cma/{siren}',
    title: 'Entreprise artisanale',
    scopes: ['entreprises_artisanales', 'open_data'],
    replacedBy: ['cma_france.entreprise_artisanale.v3'],
  }),
  v2('urssaf', 'Urssaf', {
    resource: 'effectifs_annuels',
    path: '/v2/effectifs_annuels_acoss_covid/{siren}',
    title: 'Effectifs annuels de l’entreprise',
    scopes: [],
    pool: 'v2_effectifs',
    replacedBy: ['gip_mds.effectifs_annuels.v3'],
  }),
  v2('urssaf', 'Urssaf', {
    resource: 'effectifs_mensuels_etablissement',
    path: '/v2/effectifs_mensuels_acoss_covid/{annee}/{mois}/etablissement/{siret}',
    title: 'Effectifs mensuels de l’établissement',
    scopes: [],
    pool: 'v2_effectifs',
    parameters: [yearInPath, monthInPath],
    replacedBy: ['gip_mds.effectifs_mensuels.v3'],
  }),
  v2('urssaf', 'Urssaf', {
    resource: 'effectifs_mensuels_entreprise',
    path: '/v2/effectifs_mensuels_acoss_covid/{annee}/{mois}/entreprise/{siren}',
    title: 'Effectifs mensuels de l’entreprise',
    scopes: [],
    pool: 'v2_effectifs',
    parameters: [yearInPath, monthInPath],
  }),
  v2('dgfip', 'DGFIP', {
    resource: 'exercices',
    path: '/v2/exercices/{siret}',
    title: 'Chiffre d’affaires',
    scopes: ['exercices', 'chiffre_affaires_dgfip'],
    replacedBy: ['dgfip.chiffres_affaires.v3'],
  }),
  v2('banque_de_france', 'Banque de France', {
    resource: 'bilans',
    path: '/v2/bilans_entreprises_bdf/{siren}',
    title: 'Bilans',
    scopes: ['bilans_entreprise_bdf', 'bilans_bdf'],
    replacedBy: ['banque_de_france.bilans.v3'],
  }),
  v2('dgfip', 'DGFIP', {
    resource: 'liasses_fiscales_complete',
    path: '/v2/liasses_fiscales_dgfip/{annee}/complete/{siren}',
    title: 'Liasse fiscale complète',
    scopes: ['liasse_fiscale', 'liasses_fiscales_dgfip'],
    parameters: [yearInPath],
    replacedBy: ['dgfip.liasses_fiscales.v3'],
  }),
  v2('dgfip', 'DGFIP', {
    resource: 'liasses_fiscales_declarations',
    path: '/v2/liasses_fiscales_dgfip/{annee}/declarations/{siren}',
    title: 'Déclarations de la liasse fiscale',
    scopes: ['liasse_fiscale', 'liasses_fiscales_dgfip'],
    parameters: [yearInPath],
    replacedBy: ['dgfip.liasses_fiscales.v3'],
  }),
  v2('dgfip', 'DGFIP', {
    resource: 'liasses_fiscales_dictionnaire',
    path: '/v2/liasses_fiscales_dgfip/{annee}/dictionnaire',
    title: 'Dictionnaire des liasses fiscales',
    scopes: ['liasse_fiscale', 'liasses_fiscales_dgfip'],
    parameters: [yearInPath],
    replacedBy: ['dgfip.liasses_fiscales.v3'],
  }),
  v2('dgfip', 'DGFIP', {
    resource: 'attestation_fiscale',
    path: '/v2/attestations_fiscales_dgfip/{siren}',
    title: 'Attestation fiscale',
    scopes: ['attestations_fiscales', 'attestation_fiscale_dgfip'],
    pool: 'v2_attestation_fiscale',
    parameters: [userId, corporateTaxSiren, vatSiren],
    documents: [documentSource({ link: '/url', label: 'Attestation fiscale', fileLabel: 'attestation_fiscale' })],
    replacedBy: ['dgfip.attestation_fiscale.v4'],
  }),
  v2('urssaf', 'Urssaf', {
    resource: 'attestation_vigilance',
    path: '/v2/attestations_sociales_acoss/{siren}',
    title: 'Attestation de vigilance',
    scopes: ['attestations_sociales', 'attestation_sociale_urssaf'],
    pool: 'v2_documents',
    documents: [documentSource({ link: '/url', label: 'Attestation de vigilance', fileLabel: 'attestation_vigilance' })],
    replacedBy: ['urssaf.attestation_vigilance.v4'],
  }),
  v2('agefiph', 'Agefiph', {
    resource: 'attestations',
    path: '/v2/attestations_agefiph/{siret}',
    title: 'Attestation Agefiph',
    scopes: ['attestations_agefiph'],
    pool: 'v2_agefiph',
  }),
  v2('msa', 'MSA', {
    resource: 'cotisations',
    path: '/v2/cotisations_msa/{siret}',
    title: 'Cotisations agricoles',
    scopes: ['msa_cotisations', 'cotisations_msa'],
    replacedBy: ['msa.conformite_cotisations.v3'],
  }),
  v2('probtp', 'PRO BTP', {
    resource: 'attestation_cotisations_retraite',
    path: '/v2/attestations_cotisation_retraite_probtp/{siret}',
    title: 'Attestation de cotisations retraite',
    scopes: ['probtp', 'cotisations_probtp'],
    pool: 'v2_documents',
    documents: [documentSource({ link: '/url', label: 'Attestation de cotisations retraite', fileLabel: 'attestation_retraite_probtp' })],
    replacedBy: ['probtp.attestation_cotisations_retraite.v3'],
  }),
  v2('probtp', 'PRO BTP', {
    resource: 'eligibilite_cotisations_retraite',
    path: '/v2/eligibilites_cotisation_retraite_probtp/{siret}',
    title: 'Éligibilité aux cotisations retraite',
    scopes: ['probtp', 'cotisations_probtp'],
    replacedBy: ['probtp.conformite_cotisations_retraite.v3'],
  }),
  v2('fntp', 'FNTP', {
    resource: 'carte_professionnelle',
    path: '/v2/cartes_professionnelles_fntp/{siren}',
    title: 'Carte professionnelle travaux publics',
    scopes: ['fntp_carte_pro', 'open_data'],
    pool: 'v2_documents',
    documents: [documentSource({ link: '/url', label: 'Carte professionnelle travaux publics', fileLabel: 'carte_professionnelle_fntp' })],
    replacedBy: ['fntp.carte_professionnelle.v3'],
  }),
  v2('cnetp', 'CNETP', {
    resource: 'certificat',
    path: '/v2/certificats_cnetp/{siren}',
    title: 'Certificat de cotisations CNETP',
    scopes: ['certificat_cnetp', 'certification_cnetp'],
    pool: 'v2_documents',
    documents: [documentSource({ link: '/url', label: 'Certificat de cotisations CNETP', fileLabel: 'certificat_cnetp' })],
    replacedBy: ['cnetp.attestation_cotisations.v3'],
  }),
  v2('ademe', 'ADEME', {
    resource: 'certificats_rge',
    path: '/v2/certificats_rge_ademe/{siret}',
    title: 'Certificats RGE',
    scopes: ['certificat_rge_ademe', 'open_data'],
    documents: [documentSource({ link: '/qualifications/*/url_certificat', label: 'Certificat RGE', fileLabel: 'certificat_rge' })],
    replacedBy: ['ademe.certification_rge.v3'],
  }),
  v2('qualibat', 'Qualibat', {
    resource: 'certificat',
    path: '/v2/certificats_qualibat/{siret}',
    title: 'Certificat Qualibat',
    scopes: ['qualibat', 'open_data'],
    pool: 'v2_documents',
    documents: [documentSource({ link: '/url', label: 'Certificat Qualibat', fileLabel: 'certificat_qualibat' })],
    replacedBy: ['qualibat.certification_batiment.v4'],
  }),
  v2('opqibi', 'OPQIBI', {
    resource: 'certificat',
    path: '/v2/certificats_opqibi/{siren}',
    title: 'Certificat OPQIBI',
    scopes: ['certificat_opqibi', 'open_data'],
    documents: [documentSource({ link: '/url', label: 'Page du certificat OPQIBI', fileLabel: 'certificat_opqibi', fetch: 'page' })],
    replacedBy: ['opqibi.certification_ingenierie.v3'],
  }),
  v2('agence_bio', 'Agence Bio', {
    resource: 'certificat',
    path: '/v2/certificats_agence_bio/{siret}',
    title: 'Certificat bio',
    scopes: ['certificat_agence_bio', 'open_data'],
  }),
  v2('douanes', 'Douanes', {
    resource: 'eori',
    path: '/v2/eori_douanes/{siret_or_eori}',
    title: 'Immatriculation EORI',
    scopes: ['eori_douanes', 'open_data'],
    replacedBy: ['douanes.immatriculation_eori.v3'],
  }),
];
