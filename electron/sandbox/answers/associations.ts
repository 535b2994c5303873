import type { JsonObject } from '../../../shared/domain/json';
import type { Address, SandboxCompany } from '../companies/types';
import { notFound } from '../server/failure';
import { type Answer, type AnswerContext, collection, single } from '../server/route';
import { monthsLater, parisDay, parisMidnight } from './dates';
import { workforceBandLabel } from './workforce';

const ONE_DAY_S = 86_400;

/** Record of the RNA and of Sirene together; the protected variant adds people and documents. @throws Failure 404 for who is no association. */
export const association =
  (variant: 'open' | 'protected') =>
  (context: AnswerContext): Answer => {
    const { company, establishment, siren, nowMs, family } = context;
    if (company.kind !== 'association') throw notFound(family);
    const address = associationAddress(establishment.address);
    const today = parisDay(nowMs);
    const data: JsonObject = {
      ...identity(company, siren, establishment.siret),
      adresse_siege: address,
      adresse_gestion: address,
      alsace_moselle: localLaw(company),
      composition_reseau: [],
      agrements: company.traits.includes('subsidised') ? [approval(context)] : [],
      activites: activities(company),
      etablissements: siren === '' ? [] : company.establishments.map(({ siret }) => place(siret, context, variant)),
      ...(variant === 'protected' ? { reseaux_affiliation: [], documents_rna: [bylaws(context)] } : {}),
    };
    const meta = { internal_id: company.rna ?? siren, date_derniere_mise_a_jour_sirene: siren === '' ? null : today, date_derniere_mise_a_jour_rna: company.rna ? today : null };
    return single(data, {}, meta);
  };

function identity(company: SandboxCompany, siren: string, siret: string): JsonObject {
  return {
    rna: company.rna,
    ancien_id: null,
    siren: siren || null,
    nom: company.name,
    active: !company.ceasedOn,
    sigle: company.acronym,
    reconnue_utilite_publique: false,
    siret_siege: siret || null,
    forme_juridique: { code: company.legalForm.code, libelle: company.legalForm.label },
    regime: company.traits.includes('alsace_moselle') ? 'Alsace-Moselle' : 'Loi 1901',
    groupement: 'Simple',
    eligibilite_cec: true,
    raison_non_eligibilite_cec: null,
    impots_commerciaux: false,
    date_creation: company.createdOn,
    date_dissolution: null,
    date_publication_reconnue_utilite_publique: null,
    date_publication_journal_officiel: company.traits.includes('alsace_moselle') ? null : company.createdOn,
  };
}

function associationAddress(address: Address): JsonObject {
  return {
    complement: null,
    numero_voie: address.number,
    type_voie: address.wayType.toLowerCase(),
    libelle_voie: address.wayName,
    distribution: null,
    code_insee: address.communeCode,
    code_postal: address.postcode,
    commune: address.commune,
  };
}

function localLaw({ traits, createdOn }: SandboxCompany): JsonObject {
  const applies = traits.includes('alsace_moselle');
  return {
    tribunal_instance: applies ? "Tribunal d'instance de Metz" : null,
    volume: applies ? '122' : null,
    folio: applies ? '082' : null,
    date_publication_registre_association: applies ? createdOn : null,
  };
}

function activities({ sector, headcount }: SandboxCompany): JsonObject {
  const band = workforceBandLabel(headcount);
  return {
    objet: 'Faire vivre un lieu imaginaire et y accueillir le public.',
    objet_social1: { code: '006000', libelle: 'culture, pratiques d’activités artistiques et culturelles' },
    objet_social2: { code: null, libelle: null },
    champ_action_territorial: 'départemental',
    activite_principale: { code: sector.nafRev2.code, libelle: sector.nafRev2.label, annee: '2024' },
    tranche_effectif: { code: band.code, libelle: band.label, annee: '2023' },
    economie_sociale_et_solidaire: true,
    date_appartenance_ess: null,
  };
}

function place(siret: string, context: AnswerContext, variant: 'open' | 'protected'): JsonObject {
  const { company, siren } = context;
  const one = company.establishments.find((candidate) => candidate.siret === siret) ?? context.establishment;
  const band = workforceBandLabel(company.headcount);
  // Accounts, staff and representatives are filed once, with the head office.
  const years = one.isHeadOffice ? company.years : [];
  const open: JsonObject = {
    siren,
    siret,
    actif: !one.closedOn,
    siege: one.isHeadOffice,
    nom: company.name,
    telephone: null,
    courriel: null,
    date_debut_activite: one.openedOn,
    adresse: associationAddress(one.address),
    activite_principale: { code: company.sector.nafRev2.code, libelle: company.sector.nafRev2.label },
    tranche_effectif: { code: band.code, libelle: band.label },
    rhs: years.slice(0, 1).map(({ closedOn }) => staff(closedOn.slice(0, 4), company.headcount)),
    comptes: years.map(({ closedOn, turnover, netIncome }) => accounts(closedOn.slice(0, 4), turnover, netIncome)),
  };
  if (variant === 'open') return open;
  return { ...open, representants_legaux: one.isHeadOffice ? representatives(company) : [], documents_dac: one.isHeadOffice ? [yearlyReport(context)] : [] };
}

function staff(annee: string, headcount: number): JsonObject {
  return {
    annee,
    nombre_benevoles: 40,
    nombre_volontaires: 2,
    nombre_salaries: headcount,
    nombre_salaries_etpt: headcount * 0.8,
    nombre_emplois_aides: 0,
    nombre_personnels_detaches: 0,
    nombre_adherents: { hommes: 61, femmes: 74, total: 135 },
  };
}

function accounts(annee: string, income: number, result: number): JsonObject {
  return {
    annee,
    commisaire_aux_comptes: false,
    montant_dons: Math.round(income * 0.05),
    cause_subventions: null,
    montant_subventions: Math.round(income * 0.4),
    montant_aides_sur_3ans: Math.round(income * 1.1),
    total_charges: income - result,
    total_resultat: result,
    total_produits: income,
  };
}

function representatives({ directors }: SandboxCompany): readonly JsonObject[] {
  return directors.map(({ sex, lastName, firstName, role }) => ({
    civilite: sex === 'F' ? 'Madame' : 'Monsieur',
    nom: lastName.toUpperCase(),
    prenom: firstName,
    fonction: role,
    valideur_cec: true,
    publication_internet: true,
    telephone: null,
    courriel: null,
  }));
}

function yearlyReport(context: AnswerContext): JsonObject {
  const { company } = context;
  const year = company.years[0]?.closedOn.slice(0, 4) ?? '2025';
  return {
    id: `dac-${company.siren ?? ''}-${year}`,
    nom: `Rapport annuel ${year}.pdf`,
    annee_validite: year,
    commentaire: null,
    etat: 'courant',
    type: 'Rapport annuel',
    date_depot: `${Number(year) + 1}-06-30`,
    url: context.documentLink({ kind: 'document_association', company, variant: `rapport ${year}` }, ONE_DAY_S),
  };
}

/** Given by the State's service in the département, which is where the association is known. */
function approval(context: AnswerContext): JsonObject {
  const { company } = context;
  const year = Number(company.createdOn.slice(0, 4)) + 3;
  return {
    numero: `JEP-${year}-014`,
    date_attribution: `${year}-03-15`,
    type: 'JEP',
    niveau: 'local',
    attributeur: 'Service départemental à la jeunesse, à l’engagement et aux sports',
    url: context.documentLink({ kind: 'document_association', company, variant: `agrement-${year}` }, ONE_DAY_S),
  };
}

function bylaws(context: AnswerContext): JsonObject {
  const { company } = context;
  return {
    id: `rna-${company.rna ?? company.siren ?? ''}-statuts`,
    type: 'Pièce',
    sous_type: { code: 'STC', libelle: 'Statuts' },
    date_depot: company.createdOn,
    annee_depot: company.createdOn.slice(0, 4),
    url: context.documentLink({ kind: 'document_association', company, variant: company.createdOn }, ONE_DAY_S),
  };
}

/** Older record, for associations of the RNA only. @throws Failure 404 for the others. */
export function rnaRecord({ company, establishment, family, nowMs }: AnswerContext): Answer {
  if (!company.rna) throw notFound(family);
  return single({
    rna_id: company.rna,
    titre: company.name,
    objet: 'Faire vivre un lieu imaginaire et y accueillir le public.',
    siret: establishment.siret || null,
    siret_siege_social: establishment.siret || null,
    date_creation: company.createdOn,
    date_declaration: company.createdOn,
    date_publication: company.createdOn,
    date_dissolution: null,
    adresse_siege: associationAddress(establishment.address),
    etat: true,
    groupement: 'Simple',
    mise_a_jour: parisDay(nowMs),
  });
}

export function rnaDocuments(context: AnswerContext): Answer {
  const { company, family } = context;
  if (!company.rna) throw notFound(family);
  const url = context.documentLink({ kind: 'document_association', company, variant: company.createdOn }, ONE_DAY_S);
  return collection(
    [{ timestamp: String(parisMidnight(company.createdOn)), type: 'Statuts', url, expires_in: ONE_DAY_S, errors: [] }],
    { nombre_documents: 1, nombre_documents_deficients: 0 },
  );
}

/** @throws Failure 404 for associations that asked for nothing. */
export function subsidies({ company, family }: AnswerContext): Answer {
  if (!company.traits.includes('subsidised')) throw notFound(family);
  return collection(company.years.map(({ closedOn, turnover }) => subsidy(closedOn, Math.round(turnover * 0.2))));
}

function subsidy(closedOn: string, amount: number): JsonObject {
  const year = Number(closedOn.slice(0, 4));
  const reference = `${String(year).slice(2)}/0001234`;
  const moment = (day: string): string => `${monthsLater(`${year}-01-15`, Number(day))}T00:00:00.000Z`;
  return {
    demande_subvention: {
      fournisseur: 'OSIRIS',
      date_mise_a_jour_information: moment('8'),
      annee_exercice_demande: year,
      identifiant_engagement_juridique: reference,
      jointure_demandes_et_versements: reference,
      subvention_demandee: { dispositif: 'Vie associative locale', sous_dispositif: 'Fonctionnement', montant_demande: amount + 500 },
      description_des_projets: {
        estimation_cout_total: amount * 3,
        projet: [{ rang: 1, intitule: 'Saison ouverte à tous', objectifs: 'Accueillir un public nouveau', indicateurs: null }],
      },
      instruction: { service_instructeur: 'DRAJES', date_commission: moment('5'), statut_demande: 'Accordé', montant_accorde: amount },
    },
    paiements: [
      {
        fournisseur: 'Chorus',
        date_mise_a_jour_information: moment('9'),
        jointure_demandes_et_versements: reference,
        montant_verse: amount,
        date_versement: moment('7'),
        centre_financier: 'UO fictive',
        domaine_fonctionnel: 'vie associative',
        activitee: 'fonctionnement',
        numero_bop: '163',
        programme: { numero: '163', libelle: 'Jeunesse et vie associative', fournisseur: 'Chorus', date_mise_a_jour_information: moment('9') },
      },
    ],
  };
}
