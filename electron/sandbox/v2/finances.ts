import { isJsonObject, type JsonObject, type JsonValue } from '../../../shared/domain/json';
import { centralBankAccounts } from '../answers/central-bank';
import { parisMidnight } from '../answers/dates';
import { taxForms, taxFormLabels } from '../answers/tax-details';
import { notFound } from '../server/failure';
import type { Answer, AnswerContext } from '../server/route';

/** Amounts are texts, and each date is written twice. @throws Failure 404 when no accounts are filed. */
export function turnovers({ company, family }: AnswerContext): Answer {
  if (company.years.length === 0 || company.ceasedOn) throw notFound(family);
  return {
    exercices: company.years.map(({ turnover, closedOn }) => ({
      ca: String(turnover),
      date_fin_exercice: `${closedOn}T00:00:00+01:00`,
      date_fin_exercice_timestamp: parisMidnight(closedOn),
    })),
  };
}

/** Thousands of euros, where version 3 counts in euros. @throws Failure 404 under the turnover floor. */
export function centralBank(context: AnswerContext): Answer {
  // Called for its perimeter: the figures are laid out otherwise here.
  centralBankAccounts(context);
  return {
    monnaie: 'kEuros',
    bilans: context.company.years.map(({ closedOn, turnover, netIncome, equity, debts }) => ({
      date_arret_exercice: closedOn.slice(0, 7).replace('-', ''),
      duree_exercice: '12',
      chiffre_affaires_ht: thousands(turnover),
      resultat_exercice: thousands(netIncome),
      fonds_roulement_net_global: thousands(equity * 0.35),
      besoin_en_fonds_de_roulement: thousands(turnover * 0.11),
      excedent_brut_exploitation: thousands(turnover * 0.07),
      capitaux_propres: thousands(equity),
      dettes_financieres: thousands(debts * 0.4),
    })),
  };
}

const thousands = (euros: number): JsonObject => ({ valeur: String(Math.round(euros / 1_000)), evolution: null });

/** Declarations, and the obligations of the company. @throws Failure 404 when nothing was filed. */
export function wholeTaxReturn(context: AnswerContext): Answer {
  const { obligations_fiscales: obligations = [], declarations = [] } = taxReturnOf(context);
  return { obligations_fiscales: obligations, declarations };
}

/** Values by code, whose meaning is in the dictionary. @throws Failure 404 when nothing was filed. */
export function taxDeclarations(context: AnswerContext): Answer {
  return { declarations: withoutLabels(taxReturnOf(context)['declarations'] ?? []) };
}

/** About no company: the meaning of the codes of a year. */
export function taxDictionary(parameters: Readonly<Record<string, string>>): Answer {
  return {
    dictionnaire: taxFormLabels.map(({ number, lines }) => ({
      numero_imprime: number,
      millesime: `${parameters['annee'] ?? ''}01`,
      declaration: lines.map(({ code, label }) => ({ code, intitule: label })),
    })),
  };
}

function taxReturnOf(context: AnswerContext): JsonObject {
  const answer = taxForms({ ...context, parameters: { ...context.parameters, year: context.parameters['annee'] ?? '' } });
  const data = isJsonObject(answer) ? answer['data'] : undefined;
  return isJsonObject(data) ? data : {};
}

function withoutLabels(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(withoutLabels);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'intitule');
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutLabels(item)]));
}
