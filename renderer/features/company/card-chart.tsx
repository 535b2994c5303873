import { BarChart } from '@mantine/charts';
import type { ReactNode } from 'react';

import { type ChartModel, eurosText, numberText } from '../../../shared/reading';

const seriesColors = ['ink.5', 'teal.6', 'amber.5'];

/** Bars of a card's chart. Alone in its file: the chart library is read with the first chart. */
export function CardChart({ chart, height }: { readonly chart: ChartModel; readonly height: number }): ReactNode {
  const data = chart.points.map(({ category, values }) => ({
    category,
    ...Object.fromEntries(chart.series.map((name, index) => [name, values[index] ?? null])),
  }));
  const write = (value: number): string => (chart.unit === 'euros' ? eurosText(value) : numberText(value)) ?? String(value);
  return (
    <BarChart
      h={height}
      data={data}
      dataKey="category"
      series={chart.series.map((name, index) => ({ name, color: seriesColors[index % seriesColors.length] ?? 'ink.5' }))}
      valueFormatter={write}
      yAxisProps={{ width: 96 }}
      barProps={{ isAnimationActive: false, maxBarSize: 56, radius: [3, 3, 0, 0] }}
      withLegend={chart.series.length > 1}
    />
  );
}
