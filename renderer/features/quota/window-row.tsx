import { Sparkline } from '@mantine/charts';
import { Badge, Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { poolLabel, shareOf, usageText } from './quota-text';
import { type QuotaWindow, useNow } from './use-quota';

const stateLabels = { open: 'Ouvert', spent: 'Épuisé', stopped: 'Arrêté', banned: 'Suspendu' } as const;
const stateColors = { open: 'teal', spent: 'amber', stopped: 'red', banned: 'red' } as const;

/** One pool of one token: spent, left, next minute, and the minutes before. */
export function WindowRow({ window }: { readonly window: QuotaWindow }): ReactNode {
  const { pool, used, inFlight, queued, limit, state, history, reason, resetsAt } = window;
  return (
    <div className="quota-row">
      <Text fw={540}>{poolLabel(pool)}</Text>
      <div>
        <Progress.Root role="meter" aria-label={`Quota : ${poolLabel(pool)}`} aria-valuemin={0} aria-valuemax={limit} aria-valuenow={Math.min(limit, used)} aria-valuetext={usageText(window)}>
          <Progress.Section withAria={false} value={100 * shareOf(window)} color={state === 'open' ? 'ink' : 'amber'} />
        </Progress.Root>
        <Text size="sm" mt={6}>
          {usageText(window)}
          {inFlight > 0 && ` · ${inFlight} en cours`}
          {queued > 0 && ` · ${queued} en attente`}
        </Text>
        {reason !== null && <Text size="sm" mt={4} c="var(--mantine-color-amber-light-color)">{reason}</Text>}
      </div>
      <div className="quota-past">
        {history.length > 1 && (
          <div role="img" aria-label={`Minutes précédentes : ${history.join(', ')}`}>
            <Sparkline h={28} data={[...history]} color="ink.5" fillOpacity={0.15} strokeWidth={1.5} />
          </div>
        )}
      </div>
      <Countdown until={resetsAt} />
      <Badge variant="light" radius="sm" tt="none" color={stateColors[state]}>{stateLabels[state]}</Badge>
    </div>
  );
}

function Countdown({ until }: { readonly until: string }): ReactNode {
  const seconds = Math.max(0, Math.ceil((new Date(until).getTime() - useNow()) / 1_000));
  return <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>{seconds === 0 ? 'Minute nouvelle' : `Remise à zéro dans ${seconds}\u00a0s`}</Text>;
}
