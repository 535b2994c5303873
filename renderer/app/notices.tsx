import { Alert } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import type { StartState } from './session-store';

const colors = { info: 'ink', warning: 'amber', error: 'red' } as const;

/** What main has to say on every screen; what is not an error can be put away until the next sign-in. */
export function Notices({ notices }: { readonly notices: StartState['notices'] }): ReactNode {
  const [putAway, setPutAway] = useState<ReadonlySet<string>>(new Set());
  const shown = notices.filter(({ id }) => !putAway.has(id));
  if (shown.length === 0) return null;
  return (
    <section aria-label="Avis" className="notices">
      {shown.map(({ id, tone, message }) => (
        <Alert
          key={id}
          color={colors[tone]}
          radius={0}
          px={32}
          py={5}
          withCloseButton={tone !== 'error'}
          closeButtonLabel="Masquer cet avis"
          onClose={() => setPutAway((known) => new Set([...known, id]))}
        >
          {message}
        </Alert>
      ))}
    </section>
  );
}
