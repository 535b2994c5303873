import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

import type { TokenSummary } from '../../../shared/domain/habilitation';
import { useNow } from '../quota';
import { stateNow, tokenColor, tokenStateLabels } from './token-words';

/** State of a token in two words, true to the second. */
export function TokenBadge({ token }: { readonly token: TokenSummary }): ReactNode {
  const now = useNow();
  const state = stateNow(token, now);
  return <Badge variant="light" radius="sm" tt="none" fw={560} color={tokenColor(state, token.expiresAt, now)}>{tokenStateLabels[state]}</Badge>;
}
