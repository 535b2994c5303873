import type { ReactNode } from 'react';

import { identifierFor } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { Answer } from '../../../shared/domain/consultation';
import type { DossierCompany } from '../../../shared/domain/dossier';
import { readCard } from '../../../shared/reading';
import { EndpointCard } from './endpoint-card';
import { widths } from './section-widths';
import { type CallOptions, type CardEntry, isPending } from './sheet-store';

/** Each answer is read once, not at each new state of its neighbours. */
const wideAnswers = new WeakMap<Answer, boolean>();

interface SectionCardsProps {
  readonly endpoints: readonly Endpoint[];
  readonly sheet: Readonly<Record<string, CardEntry>>;
  readonly company: DossierCompany;
  readonly onConsult: (endpoint: Endpoint, options: CallOptions) => void;
}

/** Cards of a section, two a row; wide tables, and a card that would be alone on its row, take it whole. */
export function SectionCards({ endpoints, sheet, company, onConsult }: SectionCardsProps): ReactNode {
  const ordered = isSettled(endpoints, sheet) ? answersFirst(endpoints, sheet) : endpoints;
  const wide = widths(ordered.map((endpoint) => hasWideTable(endpoint, sheet[endpoint.id])));
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

/** Cards keep their place while answers come: nothing moves under the agent's hand. */
function isSettled(endpoints: readonly Endpoint[], sheet: SectionCardsProps['sheet']): boolean {
  return !endpoints.some(({ id }) => sheet[id] !== undefined && isPending(sheet[id].state));
}

/** Providers that do not cover this company come last, small and together. */
function answersFirst(endpoints: readonly Endpoint[], sheet: SectionCardsProps['sheet']): readonly Endpoint[] {
  const isOutside = ({ id }: Endpoint): boolean => {
    const entry = sheet[id];
    return entry?.lastAnswer === null && entry.state.step === 'failed' && entry.state.error.kind === 'outside_perimeter';
  };
  return [...endpoints.filter((endpoint) => !isOutside(endpoint)), ...endpoints.filter(isOutside)];
}

function hasWideTable(endpoint: Endpoint, entry: CardEntry | undefined): boolean {
  const answer = entry?.lastAnswer;
  if (!answer) return false;
  let isWide = wideAnswers.get(answer);
  if (isWide === undefined) {
    isWide = readCard(answer, endpoint.path).tables.some(({ columns }) => columns.length > 3);
    wideAnswers.set(answer, isWide);
  }
  return isWide;
}
