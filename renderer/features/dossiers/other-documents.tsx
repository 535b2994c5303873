import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { ValidityBadge } from '../../components/validity-badge';
import type { Completeness } from './use-completeness';

/** Documents beyond the list that no longer hold, or not for long. */
export function OtherDocuments({ completeness: { rows } }: { readonly completeness: Completeness }): ReactNode {
  const aging = rows.flatMap(({ identifier, name, extra }) =>
    extra.filter(({ validity: { state } }) => state === 'expired' || state === 'expiresSoon').map((cell) => ({ ...cell, identifier, name })),
  );
  if (aging.length === 0) return null;
  return (
    <div className="card" role="list" aria-label="Autres documents à renouveler" style={{ padding: '6px 20px' }}>
      {aging.map(({ identifier, name, label, resource, validity }) => (
        <Group key={`${identifier} ${resource}`} role="listitem" gap="sm" py={8} wrap="nowrap">
          <ValidityBadge validity={validity} />
          <Text size="sm">{label} · {name}. <Text span size="sm" c="dimmed">{validity.reason}</Text></Text>
        </Group>
      ))}
    </div>
  );
}
