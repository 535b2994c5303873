import type { JsonObject } from '../../../shared/domain/json';
import type { Director, SandboxCompany } from '../companies/types';
import { notFound } from '../server/failure';
import { type Answer, type AnswerContext, collection, single } from '../server/route';
import { parisDay, parisMidnight } from './dates';

/** @throws Failure 404 for an entity that no trade register knows. */
export function rcsExtract({ company, siren, establishment, nowMs, family }: AnswerContext): Answer {
  if (company.kind !== 'company') throw notFound(family);
  return single({
    siren,
    date_radiation: company.ceasedOn,
    date_extrait: parisDay(nowMs),
    date_immatriculation: company.createdOn,
    mandataires_sociaux: company.directors.map((director) => ({
      type: 'personne_physique',
      fonction: director.role.toUpperCase(),
      nom: director.lastName.toUpperCase(),
      prenom: director.firstName,
      date_naissance: director.bornOn.slice(0, 7),
    })),
    observations: observations(company),
    nom_commercial: company.establishments[1]?.sign ?? null,
    etablissement_principal: {
      activite: company.sector.nafRev2.label,
      origine_fonds: 'CREATION',
      mode_exploitation: 'EXPLOITATION DIRECTE',
      code_ape: company.sector.nafRev2.code.replace('.', ''),
    },
    capital: { montant: company.capital, devise: 'EUROS', code_devise: 'EUR' },
    greffe: { valeur: establishment.address.commune, code: greffeCode(establishment.address.postcode) },
    personne_physique: emptyNaturalPerson,
    personne_morale: {
      forme_juridique: { valeur: company.legalForm.label.toUpperCase(), code: company.legalForm.code },
      denomination: company.name,
      date_cloture_exercice_comptable: '12-31',
      date_fin_de_vie: `${Number(company.createdOn.slice(0, 4)) + 99}${company.createdOn.slice(4)}`,
    },
  });
}

/** @throws Failure 404 for an entity that no trade register knows. */
export function directors({ company, establishment, family }: AnswerContext): Answer {
  if (company.kind !== 'company') throw notFound(family);
  const people = company.directors.map((director) => directorData(director, establishment.address));
  return collection(people, { personnes_physiques_count: people.length, personnes_morales_count: 0, count: people.length });
}

function directorData(director: Director, greffe: { readonly commune: string; readonly postcode: string }): JsonObject {
  return {
    type: 'personne_physique',
    fonction: director.role.toUpperCase(),
    nom: director.lastName.toUpperCase(),
    prenom: director.firstName,
    date_naissance: director.bornOn,
    date_naissance_timestamp: parisMidnight(director.bornOn),
    lieu_naissance: director.birthplace,
    pays_naissance: 'FRANCE',
    code_pays_naissance: 'FR',
    nationalite: 'FRANCAISE',
    code_nationalite: 'FR',
    code_greffe: greffeCode(greffe.postcode),
    libelle_greffe: greffe.commune,
  };
}

function observations({ traits }: SandboxCompany): readonly JsonObject[] {
  return traits.includes('insolvency')
    ? [{ numero: '2', libelle: "JUGEMENT D'OUVERTURE D'UNE PROCEDURE DE REDRESSEMENT JUDICIAIRE", date: '2026-03-12' }]
    : [];
}

const greffeCode = (postcode: string): string => `${postcode.slice(0, 2)}01`;

const emptyNaturalPerson: JsonObject = {
  adresse: {
    nom_postal: null,
    numero: null,
    type: null,
    voie: null,
    ligne_1: null,
    ligne_2: null,
    localite: null,
    code_postal: null,
    bureau_distributeur: null,
    pays: null,
  },
  nationalite: { valeur: null, code: null },
  nom: null,
  prenom: null,
  naissance: { pays: { valeur: null, code: null }, date: null, lieu: null },
};
