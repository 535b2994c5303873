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
  // Undefined until main has answered; null: refused, the count stands, only the time is not known.
  const [estimate, setEstimate] = useState<ChannelOutput<'quota.estimate'> | null>();
  useEffect(() => {
    let current = true;
    callMain('quota.estimate', { dossierId, plan: planOf(endpoints) }).then(
      (value) => current && setEstimate(value),
      () => current && setEstimate(null),
    );
    return () => {
      current = false;
    };
  }, [dossierId, endpoints]);
  const sentence = costSentence(endpoints.length, estimate ?? null);
  return (
    <div>
      <Text size="sm" aria-hidden>{sentence}</Text>
      {/* There before its words: a status that arrives with them is not announced. */}
      <VisuallyHidden role="status">{estimate === undefined ? '' : sentence}</VisuallyHidden>
    </div>
  );
}
