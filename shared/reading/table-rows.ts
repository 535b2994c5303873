import type { JsonValue } from '../domain/json';
import { type AbsentPeriods, absentBetween, comparePeriods, compareTexts, periodAt } from './periods';
import { expand, leavesOf, valueAt } from './pointer';
import type { TableSpec } from './reader';

/** A row of the answer, or periods between two of its rows that it does not tell. */
export type TableRow = { readonly base: string } | { readonly absent: AbsentPeriods };

/** Rows of a table: most recent first where it has an order in time, whatever the order of the answer, then those whose period cannot be read. */
export function tableRows(root: JsonValue, { rows, columns, order, absent }: TableSpec): TableRow[] {
  const bases = expand(root, rows);
  if (!order) return bases.map((base) => ({ base }));
  const written = (base: string): string => JSON.stringify(columns.map(({ at }) => leavesOf(valueAt(root, `${base}/${at}`) ?? null).map(({ value }) => value)));
  const placed = bases
    .map((base) => ({ base, period: periodAt(root, base, order), text: written(base) }))
    .sort((one, other) => compareTexts(one.text, other.text));
  const dated = placed
    .flatMap(({ base, period }) => (period === null ? [] : [{ base, period }]))
    .sort((one, other) => comparePeriods(other.period, one.period));
  const undated = placed.filter(({ period }) => period === null).map(({ base }) => ({ base }));
  return [
    ...dated.flatMap(({ base, period }, index) => {
      const later = dated[index - 1]?.period;
      const skipped = absent && later ? absentBetween(period, later, order.every).reverse() : [];
      return [...skipped.map((periods) => ({ absent: periods })), { base }];
    }),
    ...undated,
  ];
}
