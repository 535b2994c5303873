import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

import { type Environment, environmentLabels } from '../../shared/domain/environment';

const colors: Readonly<Record<Environment, string>> = { sandbox: 'teal', staging: 'amber', production: 'red', gateway: 'red' };

/** Where calls go, in one word: always in sight, so that nobody mistakes a trial for the real thing. `md` beside other badges. */
export function EnvironmentBadge({ environment, size = 'lg' }: { readonly environment: Environment; readonly size?: 'md' | 'lg' }): ReactNode {
  return (
    <Badge color={colors[environment]} variant="light" size={size} radius="sm" tt="none" fw={560} style={{ flexShrink: 0 }} title="Environnement">
      {environmentLabels[environment]}
    </Badge>
  );
}
