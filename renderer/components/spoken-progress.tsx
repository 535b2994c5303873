import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

import { spokenProgress } from './spoken-words';

/** Speaks for a progress whose words change at each step: those are read, and not spoken. */
export function SpokenProgress({ done, total }: { readonly done: number; readonly total: number }): ReactNode {
  return <VisuallyHidden role="status">{spokenProgress(done, total)}</VisuallyHidden>;
}
