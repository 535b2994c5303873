import { isJsonObject, type JsonObject, type JsonValue } from '../../../shared/domain/json';
import * as certifications from '../answers/certifications';
import { parisDay, parisMidnight } from '../answers/dates';
import * as infogreffe from '../answers/infogreffe';
import * as registers from '../answers/registers';
import { acts as actsOf } from '../answers/inpi';
import type { ArchiveKind } from '../documents/document-kind';
import { notFound } from '../server/failure';
import type { Answer, AnswerContext } from '../server/route';
import { street } from './companies';

const ONE_DAY_S = 86_400;

/** The `data` of a version 3 answer. */
function dataOf(answer: Answer): JsonObject {
  const data = isJsonObject(answer) ? answer['data'] : undefined;
  return isJsonObject(data) ? data : {};
}

/** The `data` of each item of a version 3 collection. */
function itemsOf(answer: Answer): readonly JsonObject[] {
  const items = isJsonObject(answer) ? answer['data'] : undefined;
  return Array.isArray(items) ? (items as readonly JsonValue[]).map(dataOf) : [];
}

/** @throws Failure 404 for an entity that no trade register knows. */
export function tradeRegister(context: AnswerContext): Answer {
  const { observations = [] } = dataOf(infogreffe.rcsExtract(context));
  const { company, siren, nowMs } = context;
  return {
    siren,
    date_immatriculation: company.createdOn,
    date_immatriculation_timestamp: parisMidnight(company.createdOn),
    date_extrait: parisDay(nowMs),
    observations,
  };
}

/** The list of the acts, and one ZIP that holds them all. @throws Failure 404 outside of the INPI. */
export function actsArchive(context: AnswerContext): Answer {
  const { company, siren } = context;
  refuseOutsideInpi(context);
  return {
    actes: actsOf(company).map(({ date, type }) => ({ siren, code_greffe: '0101', date_depot: date, nature_archive: type })),
    url_documents: archive(context, 'archive_actes'),
  };
}

/** @throws Failure 404 outside of the INPI. */
export function accountsArchive(context: AnswerContext): Answer {
  const { company, siren } = context;
  refuseOutsideInpi(context);
  return {
    bilans: company.years.map(({ closedOn }, rank) => ({
      id_fichier: rank + 1,
      siren,
      denomination_sociale: company.name,
      code_greffe: '0101',
      date_cloture: closedOn,
      nature_archive: 'B-S',
      confidentiel: 0,
    })),
    url_documents: archive(context, 'archive_bilans'),
  };
}

function archive({ company, documentLink }: AnswerContext, kind: ArchiveKind): string {
  return documentLink({ kind, company, variant: company.years[0]?.closedOn ?? company.createdOn }, ONE_DAY_S);
}

function refuseOutsideInpi({ company, family }: AnswerContext): void {
  if (company.kind !== 'company') throw notFound(family);
}

/** Patents, models and trademarks. @throws Failure 404 outside of the INPI. */
export function industrialProperty(context: AnswerContext): Answer {
  refuseOutsideInpi(context);
  const { company } = context;
  const mark = { titre: company.name.toUpperCase(), date_depot: company.createdOn, statut: 'Marque enregistrée' };
  return {
    brevets: { count: 0, latests_brevets: [] },
    modeles: { count: 0, latests_modeles: [] },
    marques: { count: 1, latests_marques: [mark] },
  };
}

/** @throws Failure 404 for who employs no one. */
export function collectiveAgreements(context: AnswerContext): Answer {
  return { siret: context.establishment.siret, conventions: itemsOf(registers.collectiveAgreements(context)) };
}

/** @throws Failure 404 for who is no craftsman. */
export function craft(context: AnswerContext): Answer {
  const { company, siren, establishment } = context;
  const data = dataOf(registers.craftRegister(context));
  return {
    entreprise: { siren, denomination: company.name, date_immatriculation_rm: company.createdOn, adresse: street(establishment), ...data },
  };
}

/** @throws Failure 404 for who trades with no foreign country. */
export function customs(context: AnswerContext): Answer {
  const { id = null, libelle = null, ...rest } = dataOf(registers.eoriRegistration(context));
  return { numero_eori: id, raison_sociale: libelle, ...rest };
}

/** @throws Failure 404 for who holds no certificate. */
export function energyCertificates(context: AnswerContext): Answer {
  const items = itemsOf(certifications.rgeCertificates(context));
  return {
    domaines: items.flatMap(({ domaine }) => domaine ?? []),
    qualifications: items.map(({ nom_certificat: nom = null, url = null, date_attribution: debut = null, date_expiration: fin = null }) => ({
      nom,
      url_certificat: url,
      date_attribution: debut,
      date_expiration: fin,
    })),
  };
}

/** @throws Failure 404 for who is no engineer. */
export function engineering(context: AnswerContext): Answer {
  return { siren: context.siren, ...dataOf(certifications.opqibiCertificate(context)) };
}

/** @throws Failure 404 for who sells nothing organic. */
export function organic({ company, establishment, nowMs, family }: AnswerContext): Answer {
  if (!company.traits.includes('agricultural')) throw notFound(family);
  return {
    certifications: [
      {
        siret: establishment.siret,
        raison_sociale: company.name,
        organisme_certificateur: 'ORGANISME FICTIF',
        etat_certification: 'ENGAGEE',
        date_engagement: company.createdOn,
        date_releve: parisDay(nowMs),
        activites: ['Production'],
      },
    ],
  };
}
