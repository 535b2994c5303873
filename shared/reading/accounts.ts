import type { Answer } from '../domain/consultation';
import { isJsonObject, type JsonValue } from '../domain/json';
import { readNumber } from './numbers';
import { bodyRoot, expand, isPrimitive, valueAt } from './pointer';
import { resourceOf } from './readers';

/** A figure of the accounts of one year, in euros. */
export type AccountItem =
  | 'turnover'
  | 'netIncome'
  | 'equity'
  | 'debts'
  | 'balanceTotal'
  | 'addedValue'
  | 'grossOperatingSurplus'
  | 'selfFinancing'
  | 'stableDebts'
  | 'cash'
  | 'workingCapital'
  | 'workingCapitalNeed';

/** A figure and where it was read. */
export interface AccountFigure {
  readonly amount: number;
  readonly consultationId: string;
  readonly pointer: string;
}

export interface AccountYear {
  /** Year in which the accounts were closed. */
  readonly year: number;
  readonly figures: Readonly<Partial<Record<AccountItem, AccountFigure>>>;
}

export type AccountAnswer = Pick<Answer, 'consultationId' | 'data' | 'meta'> & { readonly path: string };

/** Cells of the tax forms (DGFIP, 2050-SD to 2053-SD of the régime normal, 2033-SD of the simplified one). */
const formCells: Readonly<Record<string, AccountItem>> = {
  FL: 'turnover',
  HN: 'netIncome',
  DL: 'equity',
  EC: 'debts',
  EE: 'balanceTotal',
  CO: 'balanceTotal',
  '142': 'equity',
  '176': 'debts',
  '180': 'balanceTotal',
  '310': 'netIncome',
};

/** Computed values of the Banque de France, euros (API Entreprise OpenAPI). */
const centralBankValues: Readonly<Record<string, AccountItem>> = {
  valeur_ajoutee_bdf: 'addedValue',
  excedent_brut_exploitation: 'grossOperatingSurplus',
  capacite_autofinancement: 'selfFinancing',
  total_dettes_stables: 'stableDebts',
  disponibilites: 'cash',
  fonds_roulement_net_global: 'workingCapital',
  besoin_en_fonds_de_roulement: 'workingCapitalNeed',
};

interface Found extends AccountFigure {
  readonly year: number;
  readonly item: AccountItem;
}

/** Accounts of each year that the answers tell, oldest first; the first answer that gives a figure is kept. */
export function accountYears(answers: readonly AccountAnswer[]): AccountYear[] {
  const years = new Map<number, Partial<Record<AccountItem, AccountFigure>>>();
  for (const { year, item, ...figure } of answers.flatMap(figuresOf)) {
    const known = years.get(year) ?? {};
    known[item] ??= figure;
    years.set(year, known);
  }
  return [...years].sort(([one], [other]) => one - other).map(([year, figures]) => ({ year, figures }));
}

const resources: Readonly<Record<string, (answer: AccountAnswer, root: JsonValue) => Found[]>> = {
  'dgfip/etablissements/chiffres_affaires': turnoverFigures,
  'banque_de_france/unites_legales/bilans': centralBankFigures,
  'dgfip/unites_legales/liasses_fiscales': (answer, root) =>
    expand(root, 'data/declarations/*').flatMap((base) => cellFigures(answer, root, `${base}/donnees/*`, yearAt(root, `${base}/date_fin_exercice`))),
};

function figuresOf(answer: AccountAnswer): Found[] {
  return resources[resourceOf(answer.path)]?.(answer, bodyRoot(answer)) ?? [];
}

function turnoverFigures(answer: AccountAnswer, root: JsonValue): Found[] {
  return expand(root, 'data/*/data').flatMap((base) => found(answer, root, yearAt(root, `${base}/date_fin_exercice`), 'turnover', `${base}/chiffre_affaires`));
}

function centralBankFigures(answer: AccountAnswer, root: JsonValue): Found[] {
  return expand(root, 'data/*/data').flatMap((base) => {
    const year = yearAt(root, `${base}/annee`);
    const values = Object.entries(centralBankValues).flatMap(([key, item]) => found(answer, root, year, item, `${base}/valeurs_calculees/0/${key}/valeur`));
    return [...values, ...cellFigures(answer, root, `${base.slice(1)}/declarations/*/donnees/*`, year)];
  });
}

function cellFigures(answer: AccountAnswer, root: JsonValue, rows: string, year: number | null): Found[] {
  return expand(root, rows.replace(/^\//, '')).flatMap((base) => {
    const row = valueAt(root, base);
    const code = isJsonObject(row) ? row['code'] : undefined;
    const item = typeof code === 'string' && Object.hasOwn(formCells, code) ? formCells[code] : undefined;
    return item === undefined ? [] : found(answer, root, year, item, `${base}/valeurs/0`);
  });
}

function found({ consultationId }: AccountAnswer, root: JsonValue, year: number | null, item: AccountItem, pointer: string): Found[] {
  const value = valueAt(root, pointer);
  const amount = isPrimitive(value) ? readNumber(value) : undefined;
  return year === null || amount === undefined ? [] : [{ year, item, amount, consultationId, pointer }];
}

function yearAt(root: JsonValue, pointer: string): number | null {
  const value = valueAt(root, pointer);
  const year = typeof value === 'string' || typeof value === 'number' ? /^\d{4}/.exec(String(value))?.[0] : undefined;
  return year === undefined ? null : Number(year);
}
