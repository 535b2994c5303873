import { Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

import { dayText } from '../../../shared/domain/days';
import type { ListedDocument } from '../../../shared/domain/listed-document';
import { restsOnRule, VALIDITY_RULES_NOTE } from '../../../shared/domain/validity';
import { ValidityBadge } from '../../components/validity-badge';

/** Whether the document holds, today and until the deadline of its dossier. */
export function DocumentValidity({ validity }: Pick<ListedDocument, 'validity'>): ReactNode {
  return (
    <Tooltip label={restsOnRule(validity) ? `${validity.reason} ${VALIDITY_RULES_NOTE}` : validity.reason} multiline maw={420}>
      <div style={{ width: 'max-content' }}>
        <ValidityBadge validity={validity} />
        <Text size="xs" c="dimmed" mt={2}>{validity.holdsUntil === null ? '' : `Jusqu’au ${dayText(validity.holdsUntil)}`}</Text>
      </div>
    </Tooltip>
  );
}
