import { Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

import { dayText } from '../../../shared/domain/days';
import type { StoredDocument } from '../../../shared/domain/document';
import { DEFAULT_SOON_DAYS, validityOfDocument } from '../../../shared/domain/validity';
import { todayInFrance } from '../../components/today';
import { ValidityBadge } from '../../components/validity-badge';

/** Whether the document holds today; the dossier's own grid also weighs it against the deadline. */
export function DocumentValidity({ document }: { readonly document: StoredDocument }): ReactNode {
  const validity = validityOfDocument(document, undefined, { today: todayInFrance(), deadline: null, soonDays: DEFAULT_SOON_DAYS });
  return (
    <Tooltip label={validity.reason} multiline maw={420}>
      <div>
        <ValidityBadge validity={validity} />
        <Text size="xs" c="dimmed" mt={2}>{validity.holdsUntil === null ? '' : `Jusqu’au ${dayText(validity.holdsUntil)}`}</Text>
      </div>
    </Tooltip>
  );
}
