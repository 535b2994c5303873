import { Text, VisuallyHidden } from '@mantine/core';
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

/** What a set of calls would cost and how long it would take, before it starts: said once, when all that can be known of it is. */
export function CallCost({ dossierId, endpoints }: Props): ReactNode {
  const [estimate, setEstimate] = useState<ChannelOutput<'quota.estimate'> | null>(null);
  const [isSettled, setIsSettled] = useState(false);
  useEffect(() => {
    let current = true;
    const settle = (value: ChannelOutput<'quota.estimate'> | null): void => {
      if (!current) return;
      setEstimate(value);
      setIsSettled(true);
    };
    // Refused, the count stands; only the time is not known.
    callMain('quota.estimate', { dossierId, plan: planOf(endpoints) }).then(settle, () => settle(null));
    return () => {
      current = false;
    };
  }, [dossierId, endpoints]);
  const sentence = costSentence(endpoints.length, estimate);
  return (
    <div>
      <Text size="sm" aria-hidden>{sentence}</Text>
      {/* There before its words: a status that arrives with them is not announced. */}
      <VisuallyHidden role="status">{isSettled ? sentence : ''}</VisuallyHidden>
    </div>
  );
}
