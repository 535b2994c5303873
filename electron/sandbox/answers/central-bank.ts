import type { JsonObject } from '../../../shared/domain/json';
import type { FinancialYear } from '../companies/types';
import { notFound } from '../server/failure';
import { type Answer, type AnswerContext, collection } from '../server/route';

/** Turnover from which the Banque de France keeps accounts (since January 2025), euros. */
const TURNOVER_FLOOR = 1_250_000;

/** Three balance sheets, amounts as strings. @throws Failure 404 under the turnover floor. */
export function centralBankAccounts({ company, family }: AnswerContext): Answer {
  const known = company.years[0];
  if (!known || known.turnover < TURNOVER_FLOOR || company.ceasedOn) throw notFound(family);
  return collection(company.years.map(balanceSheet), { count: company.years.length });
}

function balanceSheet(year: FinancialYear): JsonObject {
  const { turnover, netIncome, equity, debts, closedOn } = year;
  return {
    annee: closedOn.slice(0, 4),
    date_arrete_exercice: closedOn.slice(0, 7).replace('-', ''),
    valeurs_calculees: [
      {
        disponibilites: value(turnover * 0.06),
        total_dettes_stables: value(debts * 0.4),
        valeur_ajoutee_bdf: value(turnover * 0.48),
        besoin_en_fonds_de_roulement: value(turnover * 0.11),
        excedent_brut_exploitation: value(turnover * 0.07),
        capacite_autofinancement: value(netIncome * 1.3),
        fonds_roulement_net_global: value(equity * 0.35),
        ratio_fonds_roulement_net_global_sur_besoin_en_fonds_de_roulement: { valeur: 70, evolution: null },
        dettes4_maturite_a_un_an_au_plus: value(debts * 0.5),
      },
    ],
    declarations: [
      {
        numero_imprime: '2051',
        donnees: [
          {
            code: 'DL',
            code_EDI: 'DL:C516:5004:1:MOA',
            evolution: null,
            code_absolu: '2006876',
            code_type_donnee: 'MOA',
            intitule: 'Capitaux propres',
            code_nref: '306876',
            valeurs: [String(equity)],
          },
        ],
      },
    ],
  };
}

const value = (amount: number): JsonObject => ({ valeur: String(Math.round(amount)), evolution: null });
