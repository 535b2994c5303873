import type { JsonObject } from '../../../shared/domain/json';
import type { Address, CodeAndLabel, Establishment, SandboxCompany } from '../companies/types';
import type { Answer, AnswerContext } from '../server/route';
import { single } from '../server/route';
import { parisMidnight } from './dates';
import { workforceBand } from './workforce';

/** In version 4 the main activity is written in NAF 2025, beside the older code. */
export type InseeVersion = 3 | 4;

export const legalUnit =
  (version: InseeVersion) =>
  ({ company, siren, redirectedFrom, establishment, nowMs, apiUrl }: AnswerContext): Answer => {
    const base = `${apiUrl}/v${version}/insee/sirene/etablissements/${establishment.siret}`;
    return single(
      { ...legalUnitData(company, siren, version), date_cessation: company.ceasedOn ? parisMidnight(company.ceasedOn) : null },
      { siege_social: base, siege_social_adresse: `${apiUrl}/v3/insee/sirene/etablissements/${establishment.siret}/adresse` },
      { date_derniere_mise_a_jour: lastUpdate(nowMs), redirect_from_siren: redirectedFrom },
    );
  };

export const establishment =
  (version: InseeVersion) =>
  (context: AnswerContext): Answer =>
    single(
      establishmentData(context, version),
      { unite_legale: `${context.apiUrl}/v${version}/insee/sirene/unites_legales/${context.siren}` },
      { date_derniere_mise_a_jour: lastUpdate(context.nowMs), redirect_from_siret: null },
    );

export const headOffice =
  (version: InseeVersion) =>
  (context: AnswerContext): Answer =>
    establishment(version)({ ...context, establishment: context.company.establishments[0] ?? context.establishment });

export function establishmentAddress({ company, siren, establishment: place, nowMs, apiUrl }: AnswerContext): Answer {
  const base = `${apiUrl}/v4/insee/sirene`;
  return single(
    addressData(place.address, company),
    { unite_legale: `${base}/unites_legales/${siren}`, etablissement: `${base}/etablissements/${place.siret}` },
    { date_derniere_mise_a_jour: lastUpdate(nowMs) },
  );
}

/** A closed establishment hands its activity over to the head office; the others have no link. */
export function successions({ company, establishment: place }: AnswerContext): Answer {
  const closed = company.establishments.filter((one) => one.closedOn && !company.ceasedOn);
  const link = (siret: string, date: string): JsonObject => ({
    siret,
    date_succession: date,
    transfert_siege: false,
    continuite_economique: true,
  });
  const headSiret = company.establishments[0]?.siret ?? place.siret;
  return single({
    predecesseurs: place.isHeadOffice ? closed.map((one) => link(one.siret, one.closedOn ?? '')) : [],
    successeurs: place.closedOn && !place.isHeadOffice ? [link(headSiret, place.closedOn)] : [],
  });
}

function legalUnitData(company: SandboxCompany, siren: string, version: InseeVersion): JsonObject {
  const diffusion = diffusionOf(company);
  return {
    siren,
    rna: company.rna,
    siret_siege_social: company.establishments[0]?.siret ?? '',
    type: company.kind === 'natural_person' ? 'personne_physique' : 'personne_morale',
    personne_morale_attributs: {
      raison_sociale: company.kind === 'natural_person' ? null : company.name,
      sigle: company.acronym,
    },
    personne_physique_attributs: naturalPersonData(company),
    categorie_entreprise: company.category,
    status_diffusion: diffusion,
    diffusable_commercialement: diffusion === 'diffusible',
    forme_juridique: { code: company.legalForm.code, libelle: company.legalForm.label },
    ...activities(company, version),
    tranche_effectif_salarie: workforceBand(company.headcount),
    etat_administratif: company.ceasedOn ? 'C' : 'A',
    economie_sociale_et_solidaire: company.kind === 'association',
    date_creation: parisMidnight(company.createdOn),
  };
}

function naturalPersonData({ kind, directors }: SandboxCompany): JsonObject {
  const person = kind === 'natural_person' ? directors[0] : undefined;
  return {
    pseudonyme: null,
    prenom_usuel: person?.firstName ?? null,
    prenom_1: person?.firstName ?? null,
    prenom_2: null,
    prenom_3: null,
    prenom_4: null,
    nom_usage: null,
    nom_naissance: person?.lastName ?? null,
    sexe: person?.sex ?? null,
  };
}

function establishmentData({ company, siren, establishment: place }: AnswerContext, version: InseeVersion): JsonObject {
  const diffusion = diffusionOf(company);
  return {
    siret: place.siret,
    siege_social: place.isHeadOffice,
    etat_administratif: place.closedOn ? 'F' : 'A',
    date_fermeture: place.closedOn ? parisMidnight(place.closedOn) : null,
    ...activities(company, version),
    tranche_effectif_salarie: workforceBand(establishmentHeadcount(company, place)),
    status_diffusion: diffusion,
    diffusable_commercialement: diffusion === 'diffusible',
    enseigne: place.sign,
    unite_legale: legalUnitData(company, siren, version),
    adresse: addressData(place.address, company),
    date_creation: parisMidnight(place.openedOn),
  };
}

function activities({ sector }: SandboxCompany, version: InseeVersion): JsonObject {
  const older = activity(sector.nafRev2, 'NAFRev2');
  return version === 3
    ? { activite_principale: older }
    : { activite_principale: activity(sector.naf2025, 'NAF2025'), activite_principale_naf_rev2: older };
}

function activity({ code, label }: CodeAndLabel, nomenclature: string): JsonObject {
  return { code, libelle: label, nomenclature };
}

function addressData(address: Address, company: SandboxCompany): JsonObject {
  const street = `${address.number} ${address.wayType} ${address.wayName}`;
  return {
    numero_voie: address.number,
    indice_repetition_voie: null,
    type_voie: address.wayType,
    libelle_voie: address.wayName,
    complement_adresse: null,
    code_commune: address.communeCode,
    code_postal: address.postcode,
    distribution_speciale: null,
    code_cedex: null,
    libelle_cedex: null,
    libelle_commune: address.commune,
    libelle_commune_etranger: null,
    code_pays_etranger: null,
    libelle_pays_etranger: null,
    status_diffusion: diffusionOf(company),
    acheminement_postal: {
      l1: company.name,
      l2: null,
      l3: null,
      l4: street,
      l5: null,
      l6: `${address.postcode} ${address.commune}`,
      l7: 'FRANCE',
    },
  };
}

function diffusionOf({ traits }: SandboxCompany): string {
  return traits.includes('partial_diffusion') ? 'partiellement_diffusible' : 'diffusible';
}

/** The head office keeps half of the staff, the other open establishments share the rest. */
export function establishmentHeadcount(company: SandboxCompany, place: Establishment): number {
  const others = company.establishments.filter((one) => !one.isHeadOffice && !one.closedOn).length;
  if (place.closedOn) return 0;
  if (others === 0) return company.headcount;
  const headOfficeShare = Math.ceil(company.headcount / 2);
  return place.isHeadOffice ? headOfficeShare : Math.floor((company.headcount - headOfficeShare) / others);
}

function lastUpdate(nowMs: number): number {
  return Math.floor(nowMs / 86_400_000) * 86_400;
}
