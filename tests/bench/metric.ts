/** One figure of a benchmark, printed as `metric value unit`. */
export interface Metric {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Nearest-rank percentile; `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  const value = sorted[rank];
  if (value === undefined) throw new Error('no value was measured');
  return value;
}
