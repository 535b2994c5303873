import { notFound } from '../server/failure';
import { type Answer, type AnswerContext, collection } from '../server/route';

/** Up to three closed years, most recent first. @throws Failure 404 when no accounts are filed. */
export function turnovers({ company, family }: AnswerContext): Answer {
  if (company.years.length === 0 || company.ceasedOn) throw notFound(family);
  return collection(company.years.map(({ turnover, closedOn }) => ({ chiffre_affaires: turnover, date_fin_exercice: closedOn })));
}
