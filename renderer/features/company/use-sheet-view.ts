import { useEffect, useMemo } from 'react';

import { endpoints, findEndpoint } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { Answer } from '../../../shared/domain/consultation';
import type { Dossier, DossierCompany } from '../../../shared/domain/dossier';
import type { Habilitation } from '../../../shared/domain/habilitation';
import { type CompanyHeader, companyHeader } from '../../../shared/reading';
import { listenToDownloads } from '../documents/documents-store';
import { type CompanySet, companySet } from './company-set';
import { type EndpointSet, endpointSet } from './endpoint-set';
import { isAnswerPartiallyDiffused } from './read-answers';
import { type Section, sectionsOf } from './sections';
import { type CardEntry, isPending, listenToProgress, loadLatest, useSheet } from './sheet-store';

/** What one company of one dossier shows, derived from its calls. */
export interface SheetView {
  readonly sheet: Readonly<Record<string, CardEntry>>;
  readonly set: EndpointSet;
  readonly shown: readonly Endpoint[];
  /** Of the set, what this company is asked. */
  readonly asked: CompanySet;
  readonly answers: readonly Answer[];
  readonly header: CompanyHeader;
  readonly isPartiallyDiffused: boolean;
  /** What lists and exports of the dossier may call it: a name in partial diffusion stays on the sheet, which marks it. */
  readonly listedName: string | null;
  readonly sections: readonly Section[];
  readonly pending: readonly CardEntry[];
}

export function useSheetView(dossier: Dossier, habilitation: Habilitation | null, company: DossierCompany, useV2: boolean): SheetView {
  const sheet = useSheet(dossier.id, company.identifier);
  useEffect(() => {
    void loadLatest(dossier.id, company);
    const stopProgress = listenToProgress();
    const stopDownloads = listenToDownloads();
    return () => {
      stopProgress();
      stopDownloads();
    };
  }, [dossier.id, company]);
  const set = useMemo(() => endpointSet(endpoints, dossier, habilitation, { useV2 }), [dossier, habilitation, useV2]);
  const answers = useMemo(() => Object.values(sheet).flatMap(({ lastAnswer }) => (lastAnswer ? [lastAnswer] : [])), [sheet]);
  const asked = useAsked(set, company, answers);
  const consultedIds = Object.keys(sheet).join(' ');
  const shown = useMemo(() => shownEndpoints([...asked.callable, ...asked.withoutIdentifier], consultedIds.split(' ')), [asked, consultedIds]);
  const header = useMemo(() => companyHeader(answers), [answers]);
  const sections = useMemo(() => sectionsOf(shown), [shown]);
  const pending = Object.values(sheet).filter(({ state }) => isPending(state));
  const isPartiallyDiffused = answers.some(isAnswerPartiallyDiffused);
  const listedName = isPartiallyDiffused ? null : header.name;
  return { sheet, set, shown, asked, answers, header, isPartiallyDiffused, listedName, sections, pending };
}

/** The same object as long as it says the same: answers come thirty at a time, and what derives from it is the whole sheet. */
function useAsked(set: EndpointSet, company: DossierCompany, answers: readonly Answer[]): CompanySet {
  const asked = companySet(set.wanted, company, answers);
  const repeatedIds = asked.repeated.map(({ id }) => id).join(' ');
  // Of the answers, only what they repeat matters.
  return useMemo(() => asked, [set, company, repeatedIds]);
}

/** The set, then what was consulted beyond it: an answer already paid for is never hidden. */
function shownEndpoints(wanted: readonly Endpoint[], consultedIds: readonly string[]): Endpoint[] {
  const wantedIds = new Set(wanted.map(({ id }) => id));
  const beyond = consultedIds.filter((id) => !wantedIds.has(id)).map((id) => findEndpoint(id));
  return [...wanted, ...beyond.filter((endpoint) => endpoint !== undefined)];
}
