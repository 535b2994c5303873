import type { JsonObject } from '../../../shared/domain/json';
import { type Siren, vatNumberOf } from '../../../shared/domain/identifiers';
import { parisMidnight } from '../answers/dates';
import { establishmentHeadcount } from '../answers/insee';
import { workforceBand, workforceBandLabel } from '../answers/workforce';
import type { Establishment, SandboxCompany } from '../companies/types';
import { providerFailure } from '../server/failure';
import type { Answer, AnswerContext } from '../server/route';
import { families } from '../server/route-definition';

/** What version 2 wrote in place of a value whose provider did not answer. */
const UNAVAILABLE = 'Donnée indisponible';

/** Insee and Infogreffe merged; without Infogreffe the answer is partial (206). @throws Failure 451. */
export function company(context: AnswerContext): Answer {
  refuseUndiffused(context);
  const withoutRegister = context.isProviderDown(families.infogreffe);
  return {
    entreprise: { ...legalUnit(context), ...(withoutRegister ? unavailableRegister : registerFacts(context.company)) },
    etablissement_siege: establishmentFacts(context, context.company.establishments[0] ?? context.establishment),
    gateway_error: withoutRegister,
  };
}

/** @throws Failure 451. */
export function establishment(context: AnswerContext): Answer {
  refuseUndiffused(context);
  return { etablissement: establishmentFacts(context, context.establishment), gateway_error: false };
}

function refuseUndiffused({ company: { traits }, query, family }: AnswerContext): void {
  if (!traits.includes('partial_diffusion') || query.get('non_diffusables') === 'true') return;
  throw providerFailure(family, '005', 451, 'Entité non diffusible', "L'entité refuse la diffusion de ses données ; le paramètre non_diffusables les ouvre.");
}

function legalUnit({ company: one, siren }: AnswerContext): JsonObject {
  const person = one.kind === 'natural_person' ? one.directors[0] : undefined;
  return {
    siren,
    raison_sociale: person ? null : one.name,
    nom: person?.lastName ?? null,
    prenom: person?.firstName ?? null,
    nom_commercial: one.establishments[1]?.sign ?? null,
    enseigne: null,
    forme_juridique: one.legalForm.label,
    forme_juridique_code: one.legalForm.code,
    naf_entreprise: one.sector.nafRev2.code.replace('.', ''),
    libelle_naf_entreprise: one.sector.nafRev2.label,
    siret_siege_social: one.establishments[0]?.siret ?? '',
    categorie_entreprise: one.category,
    code_effectif_entreprise: workforceBandLabel(one.headcount).code,
    tranche_effectif_salarie_entreprise: workforceBand(one.headcount),
    date_creation: parisMidnight(one.createdOn),
    diffusable_commercialement: !one.traits.includes('partial_diffusion'),
    etat_administratif: { value: one.ceasedOn ? 'C' : 'A', date_cessation: one.ceasedOn ? parisMidnight(one.ceasedOn) : null },
    numero_tva_intracommunautaire: one.kind === 'company' && !one.ceasedOn ? vatNumberOf(siren as Siren) : null,
  };
}

function registerFacts({ capital, ceasedOn, directors, kind, traits }: SandboxCompany): JsonObject {
  if (kind !== 'company') return { capital_social: null, procedure_collective: false, date_radiation: null, mandataires_sociaux: [] };
  return {
    capital_social: capital,
    procedure_collective: traits.includes('insolvency'),
    date_radiation: ceasedOn,
    mandataires_sociaux: directors.map(({ lastName, firstName, role, bornOn }) => ({
      nom: lastName.toUpperCase(),
      prenom: firstName,
      fonction: role.toUpperCase(),
      dirigeant: true,
      date_naissance: bornOn,
      date_naissance_timestamp: parisMidnight(bornOn),
      raison_sociale: null,
      identifiant: null,
      type: 'PP',
    })),
  };
}

const unavailableRegister: JsonObject = {
  capital_social: UNAVAILABLE,
  procedure_collective: UNAVAILABLE,
  date_radiation: UNAVAILABLE,
  mandataires_sociaux: UNAVAILABLE,
};

function establishmentFacts({ company: one, nowMs }: AnswerContext, place: Establishment): JsonObject {
  const { address } = place;
  return {
    siege_social: place.isHeadOffice,
    siret: place.siret,
    naf: one.sector.nafRev2.code.replace('.', ''),
    libelle_naf: one.sector.nafRev2.label,
    date_mise_a_jour: Math.floor(nowMs / 86_400_000) * 86_400,
    tranche_effectif_salarie_etablissement: workforceBand(establishmentHeadcount(one, place)),
    date_creation_etablissement: parisMidnight(place.openedOn),
    commune_implantation: { code: address.communeCode, value: address.commune },
    pays_implantation: { code: 'FR', value: 'FRANCE' },
    diffusable_commercialement: !one.traits.includes('partial_diffusion'),
    enseigne: place.sign,
    adresse: {
      l1: one.name,
      l2: null,
      l3: null,
      l4: street(place),
      l5: null,
      l6: `${address.postcode} ${address.commune}`,
      l7: 'FRANCE',
      numero_voie: address.number,
      type_voie: address.wayType,
      nom_voie: address.wayName,
      complement_adresse: null,
      code_postal: address.postcode,
      localite: address.commune,
      code_insee_localite: address.communeCode,
      cedex: null,
    },
    etat_administratif: { value: place.closedOn ? 'F' : 'A', date_fermeture: place.closedOn ? parisMidnight(place.closedOn) : null },
  };
}

/** Number and way, as on an envelope. */
export function street({ address }: Establishment): string {
  return `${address.number} ${address.wayType} ${address.wayName}`;
}
