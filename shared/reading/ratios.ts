import type { AccountFigure, AccountItem, AccountYear } from './accounts';

export const accountItemLabels: Readonly<Record<AccountItem, string>> = {
  turnover: 'Chiffre d’affaires',
  netIncome: 'Résultat net',
  equity: 'Capitaux propres',
  debts: 'Dettes',
  balanceTotal: 'Total du bilan',
  addedValue: 'Valeur ajoutée',
  grossOperatingSurplus: 'Excédent brut d’exploitation',
  selfFinancing: 'Capacité d’autofinancement',
  stableDebts: 'Dettes stables',
  cash: 'Disponibilités',
  workingCapital: 'Fonds de roulement net global',
  workingCapitalNeed: 'Besoin en fonds de roulement',
};

export type RatioUnit = 'percent' | 'years' | 'days';

/** A figure read in the accounts of the year before. */
interface Term {
  readonly item: AccountItem;
  readonly yearBefore?: true;
}

interface RatioSpec {
  readonly id: string;
  readonly label: string;
  /** How it is computed, in words. */
  readonly formula: string;
  /** What an agent reads in it. */
  readonly meaning: string;
  readonly unit: RatioUnit;
  readonly terms: readonly [Term, Term];
  /** Undefined where it has no meaning (division by zero, by a loss). */
  readonly compute: (first: number, second: number) => number | undefined;
}

const share = (part: number, whole: number): number | undefined => (whole > 0 ? (100 * part) / whole : undefined);

/** Ratios that a case officer reads in a file; each over the figures of one company. */
const ratioSpecs: readonly RatioSpec[] = [
  {
    ...{ id: 'growth', label: 'Évolution du chiffre d’affaires', unit: 'percent' },
    formula: '(chiffre d’affaires de l’année − celui de l’année précédente) ÷ celui de l’année précédente',
    meaning: 'Une baisse marquée appelle une explication.',
    terms: [{ item: 'turnover' }, { item: 'turnover', yearBefore: true }],
    compute: (now, before) => (before > 0 ? (100 * (now - before)) / before : undefined),
  },
  {
    ...{ id: 'net_margin', label: 'Marge nette', unit: 'percent' },
    formula: 'résultat net ÷ chiffre d’affaires',
    meaning: 'Ce qui reste de chaque euro vendu.',
    terms: [{ item: 'netIncome' }, { item: 'turnover' }],
    compute: share,
  },
  {
    ...{ id: 'operating_margin', label: 'Taux de marge d’exploitation', unit: 'percent' },
    formula: 'excédent brut d’exploitation ÷ chiffre d’affaires',
    meaning: 'Ce que l’activité dégage avant financement et impôt.',
    terms: [{ item: 'grossOperatingSurplus' }, { item: 'turnover' }],
    compute: share,
  },
  {
    ...{ id: 'added_value', label: 'Taux de valeur ajoutée', unit: 'percent' },
    formula: 'valeur ajoutée ÷ chiffre d’affaires',
    meaning: 'La part que l’entreprise produit elle-même.',
    terms: [{ item: 'addedValue' }, { item: 'turnover' }],
    compute: share,
  },
  {
    ...{ id: 'autonomy', label: 'Autonomie financière', unit: 'percent' },
    formula: 'capitaux propres ÷ total du bilan',
    meaning: 'Sous 20 %, l’entreprise dépend beaucoup de ses créanciers.',
    terms: [{ item: 'equity' }, { item: 'balanceTotal' }],
    compute: share,
  },
  {
    ...{ id: 'debt', label: 'Endettement', unit: 'percent' },
    formula: 'dettes ÷ capitaux propres',
    meaning: 'Au-delà de 200 %, les dettes pèsent plus du double des fonds propres.',
    terms: [{ item: 'debts' }, { item: 'equity' }],
    compute: share,
  },
  {
    ...{ id: 'repayment', label: 'Capacité de remboursement', unit: 'years' },
    formula: 'dettes stables ÷ capacité d’autofinancement',
    meaning: 'Années nécessaires pour rembourser ; au-delà de 4, prudence.',
    terms: [{ item: 'stableDebts' }, { item: 'selfFinancing' }],
    compute: (debts, flow) => (flow > 0 ? debts / flow : undefined),
  },
  {
    ...{ id: 'coverage', label: 'Couverture du besoin en fonds de roulement', unit: 'percent' },
    formula: 'fonds de roulement net global ÷ besoin en fonds de roulement',
    meaning: 'Sous 100 %, l’exploitation s’appuie sur la trésorerie ou la banque.',
    terms: [{ item: 'workingCapital' }, { item: 'workingCapitalNeed' }],
    compute: share,
  },
  {
    ...{ id: 'cash_days', label: 'Trésorerie en jours de chiffre d’affaires', unit: 'days' },
    formula: 'disponibilités × 365 ÷ chiffre d’affaires',
    meaning: 'Jours d’activité couverts par la trésorerie.',
    terms: [{ item: 'cash' }, { item: 'turnover' }],
    compute: (cash, turnover) => (turnover > 0 ? (365 * cash) / turnover : undefined),
  },
];

/** A ratio of one year with the figures it was computed from. */
export interface RatioValue {
  readonly value: number;
  readonly terms: readonly { readonly item: AccountItem; readonly year: number; readonly figure: AccountFigure }[];
}

export interface RatioRow extends Pick<RatioSpec, 'id' | 'label' | 'formula' | 'meaning' | 'unit'> {
  /** One a year, in the order of the years; null where a figure is missing or the ratio has no meaning. */
  readonly values: readonly (RatioValue | null)[];
}

/** The ratios that at least one year allows. */
export function ratioRows(years: readonly AccountYear[]): RatioRow[] {
  return ratioSpecs
    .map(({ terms, compute, ...words }) => ({ ...words, values: years.map(({ year }) => ratioOf(years, year, terms, compute)) }))
    .filter(({ values }) => values.some((value) => value !== null));
}

function ratioOf(years: readonly AccountYear[], year: number, terms: RatioSpec['terms'], compute: RatioSpec['compute']): RatioValue | null {
  const found = terms.flatMap(({ item, yearBefore }) => {
    const at = yearBefore ? year - 1 : year;
    const figure = years.find((candidate) => candidate.year === at)?.figures[item];
    return figure ? [{ item, year: at, figure }] : [];
  });
  const [first, second] = found;
  if (!first || !second) return null;
  const value = compute(first.figure.amount, second.figure.amount);
  return value === undefined ? null : { value, terms: found };
}

const oneDecimal = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 });
const unitWords: Readonly<Record<RatioUnit, (value: number) => string>> = {
  percent: () => '\u00a0%',
  years: (value) => (Math.abs(value) >= 2 ? '\u00a0ans' : '\u00a0an'),
  days: (value) => (Math.abs(value) >= 2 ? '\u00a0jours' : '\u00a0jour'),
};

/** « 12,4 % », « 3,2 ans », « 45 jours ». */
export function ratioText(value: number, unit: RatioUnit): string {
  return `${oneDecimal.format(unit === 'days' ? Math.round(value) : value)}${unitWords[unit](value)}`;
}
