import type { ReactNode } from 'react';

import { identifierFor } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { Answer } from '../../../shared/domain/consultation';
import type { DossierCompany } from '../../../shared/domain/dossier';
import { readCard } from '../../../shared/reading';
import { EndpointCard } from './endpoint-card';
import { widths } from './section-widths';
import type { CallOptions, CardEntry } from './sheet-store';

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
  const wide = widths(endpoints.map((endpoint) => hasWideTable(endpoint, sheet[endpoint.id])));
  return (
    <div className="sheet-cards">
      {endpoints.map((endpoint, rank) => (
        <div key={endpoint.id} className={wide[rank] ? 'wide' : undefined}>
          <EndpointCard endpoint={endpoint} entry={sheet[endpoint.id]} callable={identifierFor(endpoint, company) !== null} onConsult={onConsult} />
        </div>
      ))}
    </div>
  );
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
