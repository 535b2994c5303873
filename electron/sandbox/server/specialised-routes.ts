import * as associations from '../answers/associations';
import { documentForTrait } from '../answers/attestations';
import { centralBankAccounts } from '../answers/central-bank';
import * as certifications from '../answers/certifications';
import * as registers from '../answers/registers';
import * as social from '../answers/social';
import * as tax from '../answers/tax-details';
import type { Route } from './route';
import { families, route } from './route-definition';

const ONE_DAY_S = 86_400;
const holidayFunds = ['certificat_cnetp', 'certification_cnetp', 'attestation_cotisations_conges_payes_chomage_intemperies_cibtp_cnetp'];
const openAssociations = ['associations', 'open_data'];
const buildingRetirement = ['probtp', 'cotisations_probtp'];

const buildingRoutes: readonly Route[] = [
  route({ path: '/v3/cibtp/etablissements/{siret}/attestation_cotisations_conges_payes_chomage_intemperies', family: families.cibtp, pool: 'cibtp', scopes: holidayFunds, answer: social.cibtpCertificate }),
  route({ path: '/v3/cnetp/unites_legales/{siren}/attestation_cotisations_conges_payes_chomage_intemperies', family: families.cnetp, pool: 'documents', scopes: holidayFunds, answer: documentForTrait('certificat_cnetp', 'public_works', ONE_DAY_S) }),
  route({ path: '/v3/fntp/unites_legales/{siren}/carte_professionnelle_travaux_publics', family: families.fntp, pool: 'documents', scopes: ['fntp_carte_pro', 'open_data'], answer: documentForTrait('carte_fntp', 'public_works', ONE_DAY_S) }),
  route({ path: '/v3/probtp/etablissements/{siret}/attestation_cotisations_retraite', family: families.probtp, pool: 'documents', scopes: buildingRetirement, answer: documentForTrait('attestation_probtp', 'building', ONE_DAY_S) }),
  route({ path: '/v3/probtp/etablissements/{siret}/conformite_cotisations_retraite', family: families.probtp, pool: 'data', scopes: buildingRetirement, answer: social.retirementCompliance }),
  ...([3, 4] as const).map((version) =>
    route({ path: `/v${version}/qualibat/etablissements/{siret}/certification_batiment`, family: families.qualibat, pool: 'documents', scopes: ['qualibat', 'open_data'], cache: version === 4 ? 'end_of_day' : null, answer: certifications.qualibatCertificate(version) }),
  ),
  route({ path: '/v3/qualifelec/etablissements/{siret}/certificats', family: families.qualifelec, pool: 'data', scopes: ['open_data'], answer: certifications.qualifelecCertificates }),
  route({ path: '/v3/ademe/etablissements/{siret}/certification_rge', family: families.ademe, pool: 'data', scopes: ['certificat_rge_ademe', 'open_data'], answer: certifications.rgeCertificates }),
  route({ path: '/v3/opqibi/unites_legales/{siren}/certification_ingenierie', family: families.opqibi, pool: 'data', scopes: ['certificat_opqibi', 'certification_opqibi', 'open_data'], answer: certifications.opqibiCertificate }),
];

const registerRoutes: readonly Route[] = [
  route({ path: '/v3/european_commission/unites_legales/{siren}/numero_tva', family: families.europe, pool: 'data', scopes: [], answer: registers.vatNumber }),
  route({ path: '/v3/douanes/etablissements/{siret_or_eori}/immatriculations_eori', family: families.customs, pool: 'data', scopes: ['eori_douanes', 'open_data'], answer: registers.eoriRegistration }),
  route({ path: '/v3/cma_france/rnm/unites_legales/{siren}', family: families.cma, pool: 'data', scopes: ['entreprises_artisanales', 'open_data'], answer: registers.craftRegister }),
  route({ path: '/v3/fabrique_numerique_ministeres_sociaux/etablissements/{siret}/conventions_collectives', family: families.agreements, pool: 'data', scopes: ['conventions_collectives', 'open_data'], answer: registers.collectiveAgreements }),
  route({ path: '/v3/inpi/rne/unites_legales/{siren}/extrait_rne', family: families.inpi, pool: 'inpi_extrait_rne', scopes: ['unites_legales_etablissements_insee'], cache: 'night', answer: registers.rneExtract }),
  route({ path: '/v3/inpi/rne/unites_legales/{siren}/beneficiaires_effectifs', family: families.inpi, pool: 'inpi_beneficiaires', scopes: ['beneficiaires_effectifs_inpi'], cache: 'night', answer: registers.beneficialOwners }),
  route({ path: '/v3/carif_oref/etablissements/{siret}/certifications_qualiopi_france_competences', family: families.carif, pool: 'data', scopes: ['certifications_qualiopi_france_competences'], answer: certifications.qualiopiCertification }),
];

const financialAndSocialRoutes: readonly Route[] = [
  route({ path: '/v3/dgfip/unites_legales/{siren}/liasses_fiscales/{year}', family: families.dgfip, pool: 'data', scopes: ['liasse_fiscale', 'liasses_fiscales_dgfip'], cache: 'hour', answer: tax.taxForms }),
  route({ path: '/v3/dgfip/unites_legales/{siren}/liens_capitalistiques/{year}', family: families.dgfip, pool: 'data', scopes: ['liasse_fiscale', 'liasses_fiscales_dgfip', 'liens_capitalistiques_dgfip'], cache: 'hour', answer: tax.capitalLinks }),
  route({ path: '/v3/banque_de_france/unites_legales/{siren}/bilans', family: families.centralBank, pool: 'data', scopes: ['bilans_entreprise_bdf', 'bilans_bdf'], cache: 'end_of_day', answer: centralBankAccounts }),
  route({ path: '/v3/gip_mds/unites_legales/{siren}/effectifs_annuels/{year}', family: families.gipMds, pool: 'effectifs', scopes: ['effectifs_urssaf'], answer: social.yearlyWorkforce }),
  route({ path: '/v3/gip_mds/etablissements/{siret}/effectifs_mensuels/{month}/annee/{year}', family: families.gipMds, pool: 'effectifs', scopes: ['effectifs_urssaf'], answer: social.monthlyWorkforce }),
  route({ path: '/v3/msa/etablissements/{siret}/conformite_cotisations', family: families.msa, pool: 'data', scopes: ['msa_cotisations', 'cotisations_msa'], answer: social.agriculturalCompliance }),
];

const associationRoutes: readonly Route[] = [
  route({ path: '/v4/djepva/api-association/associations/{siren_or_rna}', family: families.djepva, pool: 'data', scopes: ['associations_donnees_protegees', 'associations_djepva'], cache: 'hour', acceptsNoSiren: true, answer: associations.association('protected') }),
  route({ path: '/v4/djepva/api-association/associations/open_data/{siren_or_rna}', family: families.djepva, pool: 'data', scopes: openAssociations, acceptsNoSiren: true, answer: associations.association('open') }),
  route({ path: '/v3/ministere_interieur/rna/associations/{siret_or_rna}', family: families.interior, pool: 'data', scopes: openAssociations, cache: 'hour', acceptsNoSiren: true, answer: associations.rnaRecord }),
  route({ path: '/v3/ministere_interieur/rna/associations/{siret_or_rna}/documents', family: families.interior, pool: 'documents', scopes: openAssociations, cache: 'hour', acceptsNoSiren: true, answer: associations.rnaDocuments }),
  route({ path: '/v3/data_subvention/associations/{siren_or_siret_or_rna}/subventions', family: families.subsidies, pool: 'data', scopes: ['data_subvention_subventions'], acceptsNoSiren: true, answer: associations.subsidies }),
];

/** Endpoints beyond Sirene, the trade register and the two attestations. */
export const specialisedRoutes: readonly Route[] = [...buildingRoutes, ...registerRoutes, ...financialAndSocialRoutes, ...associationRoutes];
