import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

import { providerLabelOf } from '../../../shared/catalogue';
import type { ChannelOutput } from '../../../shared/ipc';

type Reasons = ChannelOutput<'journal.statistics'>['reasons'];

/** Why calls were refused or failed, the most frequent first. */
export function RefusalReasons({ reasons }: { readonly reasons: Reasons }): ReactNode {
  if (reasons.length === 0) return null;
  return (
    <section className="card panel" aria-labelledby="refusals">
      <Title order={2} size="h3" id="refusals" mb="sm">Motifs de refus et d’échec</Title>
      <ul className="plain-list">
        {reasons.map((reason) => (
          <li key={JSON.stringify(reason)}>
            <b>{reason.count.toLocaleString('fr-FR')}</b> {countedOutcome(reason)}{reason.provider !== null && ` (${providerLabelOf(reason.provider)})`} : {sentenceOf(reason)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function countedOutcome({ outcome, count }: Reasons[number]): string {
  return outcome === 'refused' ? 'refus' : `échec${count > 1 ? 's' : ''}`;
}

function sentenceOf({ detail, code, httpStatus }: Reasons[number]): string {
  return detail ?? code ?? (httpStatus === null ? 'sans précision' : `statut ${httpStatus}`);
}
