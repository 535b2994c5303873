import { Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

import type { Endpoint } from '../../../shared/catalogue/types';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { costSentence, planOf } from './quota-text';

interface Props {
  readonly dossierId: string;
  /** One call each. */
  readonly endpoints: readonly Endpoint[];
}

/** What a set of calls would cost and how long it would take, before it starts. */
export function CallCost({ dossierId, endpoints }: Props): ReactNode {
  const [estimate, setEstimate] = useState<ChannelOutput<'quota.estimate'> | null>(null);
  useEffect(() => {
    let current = true;
    callMain('quota.estimate', { dossierId, plan: planOf(endpoints) }).then(
      (value) => current && setEstimate(value),
      // The count stands; only the time is not known.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [dossierId, endpoints]);
  // Said once, when all of it is known.
  return <Text size="sm" role={estimate === null ? undefined : 'status'}>{costSentence(endpoints.length, estimate)}</Text>;
}
