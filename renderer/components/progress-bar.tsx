import { Progress, type ProgressRootProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props extends Omit<ProgressRootProps, 'children'> {
  readonly label: string;
  /** From 0 to 100; null while nothing tells how much there is to do. */
  readonly percent: number | null;
  readonly color?: string;
}

/** A bar whose figure is said whole and in French, where the library says « 66.66666666666667% ». */
export function ProgressBar({ label, percent, color, ...root }: Props): ReactNode {
  const said = percent === null ? {} : { 'aria-valuenow': Math.floor(percent), 'aria-valuetext': `${Math.floor(percent)}\u00a0%` };
  return (
    <Progress.Root {...root}>
      <Progress.Section withAria={false} role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} {...said} value={percent ?? 100} animated={percent === null} {...(color === undefined ? {} : { color })} />
    </Progress.Root>
  );
}
