import type { ReactNode } from 'react';

import { identifierFor } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { DossierCompany } from '../../../shared/domain/dossier';
import { EndpointCard } from './endpoint-card';
import { cardOf } from './read-answers';
import { widths } from './section-widths';
import { type CallOptions, type CardEntry, isPending } from './sheet-store';

interface SectionCardsProps {
  readonly endpoints: readonly Endpoint[];
  readonly sheet: Readonly<Record<string, CardEntry>>;
  readonly company: DossierCompany;
  readonly onConsult: (endpoint: Endpoint, options: CallOptions) => void;
}

/** Cards of a section, two a row; wide tables, and a card that would be alone on its row, take it whole. */
export function SectionCards({ endpoints, sheet, company, onConsult }: SectionCardsProps): ReactNode {
  // Cards keep their place while answers come: nothing moves under the agent's hand.
  const isOutside = isSettled(endpoints, sheet) ? (endpoint: Endpoint) => isOutsidePerimeter(sheet[endpoint.id]) : () => false;
  // Providers that do not cover this company come last, small, and together.
  const groups = [endpoints.filter((endpoint) => !isOutside(endpoint)), endpoints.filter(isOutside)];
  const ordered = groups.flat();
  const wide = groups.flatMap((group) => widths(group.map((endpoint) => hasWideTable(endpoint, sheet[endpoint.id]))));
  return (
    <div className="sheet-cards">
      {ordered.map((endpoint, rank) => (
        <div key={endpoint.id} className={wide[rank] ? 'wide' : undefined}>
          <EndpointCard endpoint={endpoint} entry={sheet[endpoint.id]} callable={identifierFor(endpoint, company) !== null} onConsult={onConsult} />
        </div>
      ))}
    </div>
  );
}

function isSettled(endpoints: readonly Endpoint[], sheet: SectionCardsProps['sheet']): boolean {
  return !endpoints.some(({ id }) => sheet[id] !== undefined && isPending(sheet[id].state));
}

function isOutsidePerimeter(entry: CardEntry | undefined): boolean {
  return entry?.lastAnswer === null && entry.state.step === 'failed' && entry.state.error.kind === 'outside_perimeter';
}

function hasWideTable(endpoint: Endpoint, entry: CardEntry | undefined): boolean {
  const answer = entry?.lastAnswer;
  return answer ? cardOf(answer, endpoint.path).tables.some(({ columns }) => columns.length > 3) : false;
}
