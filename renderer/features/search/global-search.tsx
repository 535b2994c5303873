import type { ReactNode } from 'react';

import { currentDossierId, useNavigation } from '../../app/navigation';
import { useCompanyOpening } from './company-opening';
import { CompanySearch } from './company-search';

/** The search of the top bar: a company is always consulted for a dossier, the current one or one to choose. */
export function GlobalSearch(): ReactNode {
  const { open, question } = useCompanyOpening(currentDossierId(useNavigation((state) => state.screen)));
  return (
    <search>
      <CompanySearch label="Rechercher une entreprise" labelHidden withRecent onChoose={open} />
      {question}
    </search>
  );
}
