import type { JsonObject } from '../../../shared/domain/json';

/** Insee's bands: code, lower and upper bounds (null: no upper bound). */
const bands: readonly (readonly [string, number, number | null])[] = [
  ['00', 0, 0],
  ['01', 1, 2],
  ['02', 3, 5],
  ['03', 6, 9],
  ['11', 10, 19],
  ['12', 20, 49],
  ['21', 50, 99],
  ['22', 100, 199],
  ['31', 200, 249],
  ['32', 250, 499],
  ['41', 500, 999],
];

/** Band of a headcount, as Insee writes it. */
export function workforceBand(headcount: number): JsonObject {
  const found = bands.find(([, from, to]) => headcount >= from && (to === null || headcount <= to)) ?? ['53', 10_000, null];
  const [code, from, to] = found;
  return { code, intitule: intitule(from, to), date_reference: '2023', de: from, a: to };
}

export function workforceBandLabel(headcount: number): { readonly code: string; readonly label: string } {
  const [code, from, to] = bands.find(([, low, high]) => headcount >= low && (high === null || headcount <= high)) ?? ['53', 10_000, null];
  return { code, label: intitule(from, to) };
}

function intitule(from: number, to: number | null): string {
  if (to === 0) return '0 salarié';
  return to === null ? `${from} salariés et plus` : `${from} à ${to} salariés`;
}
