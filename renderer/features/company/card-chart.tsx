import { BarChart } from '@mantine/charts';
import type { ReactNode } from 'react';

import { type ChartModel, eurosText, NOT_COMMUNICATED, numberText } from '../../../shared/reading';

const seriesColors = ['ink.5', 'teal.6', 'amber.5'];

/** A key of our own: the words of a provider may hold what the library takes for a path. */
const seriesKey = (index: number): string => `series-${index}`;

/** Bars of a card's chart. Alone in its file: the chart library is read with the first chart. */
export function CardChart({ chart, height }: { readonly chart: ChartModel; readonly height: number }): ReactNode {
  const data = chart.points.map(({ category, values }) => ({
    category,
    ...Object.fromEntries(chart.series.map((_label, index) => [seriesKey(index), values[index] ?? null])),
  }));
  // The bubble over a gap asks for the text of null.
  const write = (value: number | null): string => (value === null ? NOT_COMMUNICATED : ((chart.unit === 'euros' ? eurosText(value) : numberText(value)) ?? String(value)));
  return (
    <BarChart
      h={height}
      data={data}
      dataKey="category"
      series={chart.series.map((label, index) => ({ name: seriesKey(index), label, color: seriesColors[index % seriesColors.length] ?? 'ink.5' }))}
      valueFormatter={write}
      yAxisProps={{ width: 96 }}
      barProps={{ isAnimationActive: false, maxBarSize: 56, radius: [3, 3, 0, 0] }}
      withLegend={chart.hasLegend}
    />
  );
}
