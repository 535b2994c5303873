import { isJsonObject } from '../../../shared/domain/json';
import * as attestations from '../answers/attestations';
import * as certifications from '../answers/certifications';
import { parisDay } from '../answers/dates';
import * as social from '../answers/social';
import type { DocumentKind } from '../documents/document-kind';
import { checkTaxSirens } from '../server/parameter-checks';
import { notFound } from '../server/failure';
import type { Answer, AnswerContext } from '../server/route';
import type { Trait } from '../companies/types';

const ONE_DAY_S = 86_400;

/** Version 2 gave a link and nothing else. */
const linkTo = (context: AnswerContext, answer: Answer): Answer => {
  const data = isJsonObject(answer) ? answer['data'] : undefined;
  const url = isJsonObject(data) ? data['document_url'] : undefined;
  if (typeof url !== 'string') throw notFound(context.family);
  return { url };
};

/** `siren_is` and `siren_tva` name who pays for the group. @throws Failure 00311, 00312, 03003. */
export function fiscal(context: AnswerContext): Answer {
  checkTaxSirens(context.query);
  return linkTo(context, attestations.fiscalAttestation(3)(context));
}

/** @throws Failure 04501, 04503, 04003. */
export const vigilance = (context: AnswerContext): Answer => linkTo(context, attestations.vigilanceAttestation(3)(context));

export const qualibat = (context: AnswerContext): Answer => linkTo(context, certifications.qualibatCertificate(3)(context));

/** A document given to the companies that bear a trait, 404 to the others. */
export const forTrait =
  (kind: DocumentKind, trait: Trait) =>
  (context: AnswerContext): Answer =>
    linkTo(context, attestations.documentForTrait(kind, trait, ONE_DAY_S)(context));

/** @throws Failure 404 outside the agricultural regime. */
export function agriculturalContributions(context: AnswerContext): Answer {
  social.agriculturalCompliance(context);
  return { a_jour: true, analyse_en_cours: false };
}

/** @throws Failure 404 for who is no member. */
export function retirementEligibility(context: AnswerContext): Answer {
  const answer = social.retirementCompliance(context);
  const data = isJsonObject(answer) && isJsonObject(answer['data']) ? answer['data'] : {};
  const eligible = data['eligible'] === true;
  return { eligible, message: eligible ? 'Compte à jour de ses cotisations' : 'Compte non éligible à la délivrance de l’attestation' };
}

/** Employment of disabled workers: companies of twenty people and more. @throws Failure 404 under. */
export function disabilityEmployment({ company, nowMs, family }: AnswerContext): Answer {
  if (company.headcount < 20 || company.ceasedOn) throw notFound(family);
  const today = parisDay(nowMs);
  return { derniere_annee_de_conformite_connue: String(Number(today.slice(0, 4)) - 2), dump_date: today };
}
