import { parisDay } from '../answers/dates';
import { establishmentHeadcount } from '../answers/insee';
import { notFound } from '../server/failure';
import type { Answer, AnswerContext } from '../server/route';

/** The last closed year. */
export function yearly({ company, siren, nowMs }: AnswerContext): Answer {
  return { siren, annee: String(Number(parisDay(nowMs).slice(0, 4)) - 1), effectifs_annuels: headcountText(company.headcount) };
}

/** @throws Failure 404 for a month that is not over. */
export function monthlyOfCompany(context: AnswerContext): Answer {
  const { siren, company } = context;
  return { siren, ...monthOf(context), effectifs_mensuels: headcountText(company.headcount) };
}

/** @throws Failure 404 for a month that is not over. */
export function monthlyOfEstablishment(context: AnswerContext): Answer {
  const { company, establishment } = context;
  return { siret: establishment.siret, ...monthOf(context), effectifs_mensuels: headcountText(establishmentHeadcount(company, establishment)) };
}

function monthOf({ parameters, nowMs, family }: AnswerContext): { readonly annee: string; readonly mois: string } {
  const { annee = '', mois = '' } = parameters;
  if (`${annee}-${mois}` >= parisDay(nowMs).slice(0, 7)) throw notFound(family);
  return { annee, mois };
}

const headcountText = (headcount: number): string => headcount.toFixed(2);
