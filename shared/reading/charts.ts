import type { JsonPrimitive, JsonValue } from '../domain/json';
import { formatValue, isBlank, NOT_COMMUNICATED } from './formats';
import { readNumber } from './numbers';
import { absentBetween, comparePeriods, compareTexts, type Period, periodAt } from './periods';
import { expand, isPrimitive, valueAt } from './pointer';
import type { ChartSpec, KindSeries } from './reader';

export interface ChartModel {
  readonly title: string;
  readonly unit: ChartSpec['unit'];
  readonly series: readonly string[];
  /** The words of the series are needed to know what a bar tells. */
  readonly hasLegend: boolean;
  /** Oldest first, each category once. A value is null where the provider gave none: a gap, not a zero. */
  readonly points: readonly ChartPoint[];
}

interface ChartPoint {
  readonly category: string;
  readonly values: readonly (number | null)[];
}

interface Sample {
  readonly period: Period;
  readonly values: readonly (number | null)[];
}

interface Samples {
  readonly series: readonly string[];
  readonly samples: readonly Sample[];
}

interface Row {
  readonly base: string;
  readonly period: Period;
}

/** Charts worth drawing: at least two points that carry a number. */
export function buildCharts(root: JsonValue, specs: readonly ChartSpec[]): ChartModel[] {
  return specs.map((spec) => buildChart(root, spec)).filter((chart) => chart.points.filter(hasNumber).length >= 2);
}

function hasNumber({ values }: Pick<ChartPoint, 'values'>): boolean {
  return values.some((value) => value !== null);
}

function buildChart(root: JsonValue, spec: ChartSpec): ChartModel {
  const rows = expand(root, spec.rows).flatMap((base) => {
    const period = periodAt(root, base, spec.period);
    return period === null ? [] : [{ base, period }];
  });
  const isByKind = 'kind' in spec.series;
  const { series, samples } = 'kind' in spec.series ? samplesByKind(root, rows, spec.series) : plainSamples(root, rows, spec.series);
  const groups = byPeriod(samples).map((group) => (isByKind ? sideBySide(group) : group));
  const points = groups.flatMap((group, index) => {
    const [before, first] = [groups[index - 1]?.[0]?.period, group[0]?.period];
    const absent = before && first ? absentBetween(before, first, spec.period.every) : [];
    return [...absent.map(({ text }) => ({ category: text, values: series.map(() => null) })), ...pointsOf(group)];
  });
  return { title: spec.title, unit: spec.unit, series, hasLegend: isByKind || series.length > 1, points };
}

function plainSamples(root: JsonValue, rows: readonly Row[], series: readonly { readonly label: string; readonly at: string }[]): Samples {
  const samples = rows.map(({ base, period }) => ({ period, values: series.map(({ at }) => numberAt(root, `${base}/${at}`)) }));
  return { series: series.map(({ label }) => label), samples };
}

/** One series per kind, in words; a kind without a number comes last and says so. */
function samplesByKind(root: JsonValue, rows: readonly Row[], spec: KindSeries): Samples {
  const told = rows.map(({ base, period }) => ({ period, kind: kindAt(root, base, spec), number: numberAt(root, `${base}/${spec.at}`) }));
  const kinds = [...new Set(told.map(({ kind }) => kind))].sort(compareTexts);
  const isSilent = (kind: string): boolean => told.every((one) => one.kind !== kind || one.number === null);
  const ordered = [...kinds.filter((kind) => !isSilent(kind)), ...kinds.filter(isSilent)];
  return {
    series: ordered.map((kind) => (isSilent(kind) ? `${kind}\u00a0: ${NOT_COMMUNICATED}` : kind)),
    samples: told.map(({ period, kind, number }) => ({ period, values: ordered.map((one) => (one === kind ? number : null)) })),
  };
}

function kindAt(root: JsonValue, base: string, { kind, as, unnamed }: KindSeries): string {
  const value: JsonPrimitive | undefined = primitiveAt(root, `${base}/${kind}`);
  return value === undefined || value === null || isBlank(value) ? unnamed : formatValue(value, { enum: as });
}

/** Samples whose period is written alike, in an order that owes nothing to that of the answer. */
function byPeriod(samples: readonly Sample[]): Sample[][] {
  const sorted = [...samples].sort((one, other) => comparePeriods(one.period, other.period) || compareValues(one.values, other.values));
  const groups = new Map<string, Sample[]>();
  for (const sample of sorted) groups.set(sample.period.text, [...(groups.get(sample.period.text) ?? []), sample]);
  return [...groups.values()];
}

function compareValues(one: Sample['values'], other: Sample['values']): number {
  // What is silent comes after every number.
  const differences = one.map((value, index) => Number(value === null) - Number(other[index] === null) || (value ?? 0) - (other[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** Kinds of one period share its point, unless one kind tells two numbers. */
function sideBySide(group: readonly Sample[]): Sample[] {
  const merged: Sample[] = [];
  for (const sample of group) {
    const rank = merged.findIndex(({ values }) => values.every((value, index) => value === null || (sample.values[index] ?? null) === null || value === sample.values[index]));
    const host = merged[rank];
    if (host) merged[rank] = { ...host, values: host.values.map((value, index) => value ?? sample.values[index] ?? null) };
    else merged.push(sample);
  }
  return merged;
}

/** What is told twice is drawn once; what is told otherwise is drawn beside it, under a number of its own. */
function pointsOf(group: readonly Sample[]): ChartPoint[] {
  const distinct = group.filter((sample, index) => group.findIndex((other) => compareValues(sample.values, other.values) === 0) === index);
  const spoken = distinct.filter(hasNumber);
  const kept = spoken.length > 0 ? spoken : distinct;
  return kept.map(({ period, values }, index) => ({ category: kept.length > 1 ? `${period.text} (${index + 1})` : period.text, values }));
}

function primitiveAt(root: JsonValue, pointer: string): JsonPrimitive | undefined {
  const value = valueAt(root, pointer);
  return isPrimitive(value) ? value : undefined;
}

function numberAt(root: JsonValue, pointer: string): number | null {
  return readNumber(primitiveAt(root, pointer)) ?? null;
}
