import type { JsonValue } from '../domain/json';
import { readDate } from './dates';
import { readNumber } from './numbers';
import { expand, isPrimitive, valueAt } from './pointer';
import type { ChartSpec } from './reader';

export interface ChartModel {
  readonly title: string;
  readonly unit: ChartSpec['unit'];
  readonly series: readonly string[];
  /** A value is null where the provider gave none: a gap, not a zero. */
  readonly points: readonly { readonly category: string; readonly values: readonly (number | null)[] }[];
}

/** Charts worth drawing: at least two points that carry a number. */
export function buildCharts(root: JsonValue, specs: readonly ChartSpec[]): ChartModel[] {
  return specs.map((spec) => buildChart(root, spec)).filter((chart) => chart.points.filter(hasNumber).length >= 2);
}

function hasNumber(point: ChartModel['points'][number]): boolean {
  return point.values.some((value) => value !== null);
}

function buildChart(root: JsonValue, spec: ChartSpec): ChartModel {
  const points = expand(root, spec.rows).map((base) => ({
    category: spec.category.map((at) => categoryText(valueAt(root, `${base}/${at}`))).join('/'),
    values: spec.series.map(({ at }) => numberAt(root, `${base}/${at}`)),
  }));
  if (spec.oldestFirst) points.reverse();
  return { title: spec.title, unit: spec.unit, series: spec.series.map(({ label }) => label), points };
}

function numberAt(root: JsonValue, pointer: string): number | null {
  const value = valueAt(root, pointer);
  return isPrimitive(value) ? (readNumber(value) ?? null) : null;
}

/** A closing day becomes its month and year, which fits under a bar. */
function categoryText(value: JsonValue | undefined): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '?';
  const text = String(value);
  const day = /^(\d{4})-(\d{2})-\d{2}$/.exec(text);
  if (day) return `${day[2]}/${day[1]}`;
  return text.length === 6 ? (readDate(text) ?? text) : text;
}
