import type { ReactNode } from 'react';

import type { Endpoint } from '../../../shared/catalogue/types';
import type { DossierCompany } from '../../../shared/domain/dossier';
import { readCard } from '../../../shared/reading';
import { EndpointCard } from './endpoint-card';
import { identifierFor } from './endpoint-set';
import { widths } from './section-widths';
import type { CallOptions, CardEntry } from './sheet-store';

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
  return entry?.lastAnswer ? readCard(entry.lastAnswer, endpoint.path).tables.some(({ columns }) => columns.length > 3) : false;
}
