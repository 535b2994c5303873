import { useEffect, useMemo, useState } from 'react';

import { readTypedSearch, type TypedSearch } from '../../../shared/domain/typed-search';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain, messageOf } from '../../app/bridge';

export type CompanyMatch = ChannelOutput<'search.companies'>['matches'][number];

interface Found {
  readonly query: string;
  readonly matches: readonly CompanyMatch[];
  readonly total: number;
  readonly problem: string | null;
}

interface Matches {
  readonly reading: TypedSearch;
  /** Null: not asked yet, or the answer is not there yet. */
  readonly matches: readonly CompanyMatch[] | null;
  readonly total: number;
  readonly problem: string | null;
  readonly busy: boolean;
}

/** Searches what was typed once the typing pauses; an answer to an older text is dropped. */
export function useCompanyMatches(text: string, settled: string): Matches {
  const reading = useMemo(() => readTypedSearch(text), [text]);
  const [found, setFound] = useState<Found | null>(null);
  const query = useMemo(() => queryOf(readTypedSearch(settled)), [settled]);
  useEffect(() => {
    if (query === null) return undefined;
    let current = true;
    callMain('search.companies', { text: query }).then(
      ({ matches, total }) => current && setFound({ query, matches, total, problem: null }),
      (error: unknown) => current && setFound({ query, matches: [], total: 0, problem: messageOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [query]);
  const wanted = queryOf(reading);
  const answer = found !== null && found.query === wanted ? found : null;
  return { reading, matches: answer?.matches ?? null, total: answer?.total ?? 0, problem: answer?.problem ?? null, busy: wanted !== null && answer === null };
}

function queryOf(reading: TypedSearch): string | null {
  if (reading.kind === 'name') return reading.text;
  if (reading.kind !== 'identifier' || !reading.checked.ok) return null;
  return reading.checked.value.siret ?? reading.checked.value.identifier;
}
