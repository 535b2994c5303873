import { Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

import { dayText } from '../../../shared/domain/days';
import type { ListedDocument } from '../../../shared/domain/listed-document';
import { ValidityBadge } from '../../components/validity-badge';

/** Whether the document holds, today and until the deadline of its dossier. */
export function DocumentValidity({ validity }: Pick<ListedDocument, 'validity'>): ReactNode {
  return (
    <Tooltip label={validity.reason} multiline maw={420}>
      <div>
        <ValidityBadge validity={validity} />
        <Text size="xs" c="dimmed" mt={2}>{validity.holdsUntil === null ? '' : `Jusqu’au ${dayText(validity.holdsUntil)}`}</Text>
      </div>
    </Tooltip>
  );
}
