import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

import { type Environment, environmentLabels } from '../../shared/domain/environment';

const colors: Readonly<Record<Environment, string>> = { sandbox: 'teal', staging: 'amber', production: 'red', gateway: 'red' };

/** Where calls go, in one word: always in sight, so that nobody mistakes a trial for the real thing. */
export function EnvironmentBadge({ environment }: { readonly environment: Environment }): ReactNode {
  return (
    <Badge color={colors[environment]} variant="light" size="lg" radius="sm" tt="none" fw={600} style={{ flexShrink: 0 }} title="Environnement">
      {environmentLabels[environment]}
    </Badge>
  );
}
