import type { JsonObject } from '../../../shared/domain/json';
import { vatNumberOf, type Siren } from '../../../shared/domain/identifiers';
import { seededRandom } from '../companies/seeded-random';
import type { Establishment, SandboxCompany } from '../companies/types';
import { notFound } from '../server/failure';
import { type Answer, type AnswerContext, collection, single } from '../server/route';
import { parisDay } from './dates';

const random = seededRandom('registers');

/** @throws Failure 404 for who declares no VAT (associations, individuals). */
export function vatNumber({ company, siren, family }: AnswerContext): Answer {
  if (company.kind !== 'company' || company.ceasedOn) throw notFound(family);
  return single({ tva_number: vatNumberOf(siren as Siren) });
}

/** @throws Failure 404 for who trades with no foreign country. */
export function eoriRegistration({ company, establishment: { siret, address }, family }: AnswerContext): Answer {
  if (!company.traits.includes('trader')) throw notFound(family);
  return single({
    id: `FR${siret}`,
    actif: true,
    code_pays: 'FR',
    code_postal: address.postcode,
    libelle: company.name,
    pays: 'FRANCE',
    rue: `${address.number} ${address.wayType} ${address.wayName}`,
    ville: address.commune,
  });
}

export function craftRegister({ company, family }: AnswerContext): Answer {
  if (!company.traits.includes('craft')) throw notFound(family);
  return single({ modalite_exercice: 'P', non_sedentaire: '0' });
}

/** @throws Failure 404 for who employs no one. */
export function collectiveAgreements({ company, family }: AnswerContext): Answer {
  if (company.headcount === 0) throw notFound(family);
  const { idcc, title } = company.sector.agreement;
  const data: JsonObject = {
    type: 'convention_collective',
    titre: `Convention collective nationale : ${title}`,
    titre_court: title,
    numero_idcc: idcc,
    active: true,
    etat: 'vigueur_etendue',
    synonymes: [title],
    url: `https://www.legifrance.gouv.fr/conv_coll/idcc/${idcc}`,
    date_publication: '1990-01-01',
  };
  return { data: [{ data, links: {}, meta: { internal_id: `KALICONT${String(idcc).padStart(12, '0')}` } }], links: {}, meta: {} };
}

/** @throws Failure 404 for associations, which the RNE does not hold. */
export function rneExtract(context: AnswerContext): Answer {
  const { company, siren, nowMs, family } = context;
  if (company.kind === 'association') throw notFound(family);
  const isPerson = company.kind === 'natural_person';
  const person = isPerson ? company.directors[0] : undefined;
  return single({
    document_url: context.documentLink({ kind: 'extrait_rne', company, variant: parisDay(nowMs) }, 86_400),
    identite_entreprise: {
      denomination: isPerson ? null : company.name,
      nom: person?.lastName.toUpperCase() ?? null,
      prenoms: person ? [person.firstName] : null,
      siren,
      date_immatriculation_rne: company.createdOn,
      date_debut_activite: company.createdOn,
      detail_cessation: null,
      dissolution: { date: company.ceasedOn, poursuite_activite: company.ceasedOn ? false : null, avec_liquidation: company.ceasedOn ? true : null },
      date_fin_personne: null,
      date_cloture_exercice: isPerson ? null : '31-12',
      date_premiere_cloture_exercice: null,
      nature_entreprise: natureOf(company),
      forme_juridique: { code: company.legalForm.code, libelle: company.legalForm.label },
      associe_unique: false,
      activite_principales_objet_social: company.sector.nafRev2.label,
      code_APE: ape(company),
      code_APRM: { code: null, libelle: null },
      capital_social: { montant: isPerson ? null : company.capital, devise: 'EUR' },
      adresse_siege_social: rneAddress(context.establishment),
    },
    dirigeants_et_associes: company.directors.map(({ role, lastName, firstName, bornOn, birthplace }) => ({
      qualite: role,
      nom: lastName.toUpperCase(),
      prenom: firstName,
      date_naissance: `${bornOn.slice(5, 7)}-${bornOn.slice(0, 4)}`,
      commune_residence: birthplace,
    })),
    etablissements: company.establishments.map((one) => rneEstablishment(one, company)),
    diffusion_commerciale: !company.traits.includes('partial_diffusion'),
    diffusion_insee: !company.traits.includes('partial_diffusion'),
    etablissements_fermes_total: company.establishments.filter(({ closedOn }) => closedOn).length,
    observations: [],
  });
}

function rneEstablishment(one: Establishment, company: SandboxCompany): JsonObject {
  return {
    type_etablissement: one.isHeadOffice ? 'Siège et principal' : 'Secondaire',
    date_debut_activite: one.openedOn,
    siret: one.siret,
    code_APE: ape(company),
    code_APRM: { code: null, libelle: null },
    nature_etablissement: natureOf(company),
    activite_principale: company.sector.nafRev2.label,
    autre_activite: null,
    adresse: rneAddress(one),
    statut: one.closedOn ? 'fermé' : 'actif',
  };
}

function natureOf({ traits, kind }: SandboxCompany): string {
  if (traits.includes('agricultural')) return 'AGRICOLE';
  if (traits.includes('craft')) return 'ARTISANALE';
  return kind === 'natural_person' ? 'LIBERALE' : 'COMMERCIALE';
}

const ape = ({ sector }: SandboxCompany): JsonObject => ({ code: sector.nafRev2.code.replace('.', ''), libelle: sector.nafRev2.label });

function rneAddress({ address }: Establishment): JsonObject {
  return {
    voie: `${address.number} ${address.wayType} ${address.wayName}`,
    code_postal: address.postcode,
    commune: address.commune,
    pays: 'FRANCE',
    complement: null,
  };
}

/** @throws Failure 404 for who has no share capital. */
export function beneficialOwners({ company, family }: AnswerContext): Answer {
  if (company.kind !== 'company') throw notFound(family);
  const owners = company.directors.slice(0, 2);
  const share = owners.length === 1 ? 100 : 50;
  const data = owners.map(({ firstName, lastName, bornOn }, rank): JsonObject => ({
    beneficiaire_uuid: random.uuid(`owner ${company.name} ${rank}`),
    nom: lastName.toUpperCase(),
    nom_usage: null,
    prenoms: [firstName],
    date_naissance: { annee: bornOn.slice(0, 4), mois: bornOn.slice(5, 7) },
    nationalite: 'Française',
    pays_residence: 'FRANCE',
    modalites: holdings(share),
  }));
  return collection(data, { count: data.length, beneficiaires_sans_modalites_uuids: [] });
}

function holdings(share: number): JsonObject {
  const none = { total: 0, pleine_propriete: 0, nue_propriete: 0 };
  const noVote = { ...none, usufruit: 0 };
  return {
    detention_de_capital: {
      parts_totale: share,
      parts_directes: { detention: true, pleine_propriete: share, nue_propriete: 0 },
      parts_indirectes: { detention: false, par_indivision: none, via_personnes_morales: none },
    },
    vocation_a_devenir_titulaire_de_parts: {
      parts_directes: { pleine_propriete: 0, nue_propriete: 0 },
      parts_indirectes: { par_indivision: none, via_personnes_morales: none },
    },
    droits_de_vote: {
      total: share,
      directes: { detention: true, pleine_propriete: share, nue_propriete: 0, usufruit: 0 },
      indirectes: { detention: false, par_indivision: noVote, via_personnes_morales: noVote },
    },
    pouvoirs_de_controle: { decision_ag: true, nommage_membres_conseil_administratif: false, autres: false },
    representant_legal: true,
    representant_legal_placement_sans_gestion_deleguee: false,
  };
}
