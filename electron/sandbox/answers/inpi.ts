import type { JsonObject } from '../../../shared/domain/json';
import { seededRandom } from '../companies/seeded-random';
import type { SandboxCompany } from '../companies/types';
import { notFound } from '../server/failure';
import { type Answer, type AnswerContext, single } from '../server/route';
import { monthsLater } from './dates';

const random = seededRandom('inpi');

/** Actes since 1993, annual accounts since 2017 (perimeter of the INPI). @throws Failure 404 outside of it. */
export function actsAndAccounts(context: AnswerContext): Answer {
  const { company, family } = context;
  if (company.kind !== 'company') throw notFound(family);
  return single({ actes: filedActs(context), bilans: accounts(context) });
}

function filedActs({ company, twoStepLink }: AnswerContext): readonly JsonObject[] {
  return acts(company).map(({ date, type, decision }, rank) => {
    const id = random.hex(`acte ${company.name} ${rank}`, 24);
    return {
      id,
      nom_document: `ACTE_${id.slice(0, 8)}`,
      date_depot: date,
      date_mise_a_jour: date,
      types_actes: [{ type_acte: type, type_decision: decision }],
      url: twoStepLink({ kind: 'acte', company, variant: date }),
    };
  });
}

/** Acts that the register keeps of a company. */
export function acts(company: SandboxCompany): readonly { readonly date: string; readonly type: string; readonly decision: string }[] {
  const created = company.createdOn < '1993-01-01' ? '1993-06-01' : company.createdOn;
  return [
    { date: created, type: 'Statuts constitutifs', decision: 'Constitution' },
    { date: monthsLater(created, 20), type: 'Procès-verbal', decision: 'Augmentation du capital social' },
  ];
}

function accounts({ company, twoStepLink }: AnswerContext): readonly JsonObject[] {
  return company.years.map(({ closedOn }) => {
    const id = random.hex(`bilan ${company.name} ${closedOn}`, 24);
    const filedOn = monthsLater(closedOn, 6);
    return {
      id,
      nom_document: `BILAN_${id.slice(0, 8)}`,
      date_depot: filedOn,
      date_cloture: closedOn,
      date_mise_a_jour: filedOn,
      type: company.headcount > 50 ? 'bilan complet' : 'bilan simplifié',
      url: twoStepLink({ kind: 'bilan', company, variant: closedOn }),
    };
  });
}
