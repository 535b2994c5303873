import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';

import { navigate } from '../../app/navigation';
import { fullestOf, quotaSentence, shareOf } from './quota-text';
import { useQuota } from './use-quota';

const TIGHT_SHARE = 0.8;

/** One line of the status bar: the fullest window, or why nothing leaves. */
export function QuotaGauge(): ReactNode {
  const { quota } = useQuota();
  if (quota === null) return null;
  const fullest = fullestOf(quota.windows);
  const share = fullest === undefined ? 0 : shareOf(fullest);
  const sentence = quotaSentence(quota);
  return (
    <UnstyledButton onClick={() => navigate({ name: 'quota' })} className="status-item" aria-label={`Quota : ${sentence}`}>
      <span className="gauge" aria-hidden data-tone={quota.ban ? 'error' : share > TIGHT_SHARE ? 'warning' : 'calm'}>
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span className="ellipsis">{sentence}</span>
    </UnstyledButton>
  );
}
