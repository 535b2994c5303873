import { create } from 'zustand';

import { callMain, messageOf } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { sessionStore } from '../../app/session-memory';
import { emptyForm, type SearchForm, type SearchInput } from './search-form';
import type { CompanyMatch } from './use-company-matches';

interface SearchAnswer {
  readonly matches: readonly CompanyMatch[];
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
}

interface SearchStore {
  readonly form: SearchForm;
  /** Question of the answer at hand, or of the one awaited. */
  readonly key: string | null;
  readonly answer: SearchAnswer | null;
  readonly busy: boolean;
  readonly problem: string | null;
  /** Filled by a link of another program: nothing is asked until the agent says so. */
  readonly isLinked: boolean;
}

/** Kept while the session lasts: coming back from a sheet, the agent finds his search as he left it. */
export const useSearch = sessionStore(
  create<SearchStore>(() => ({ form: emptyForm, key: null, answer: null, busy: false, problem: null, isLinked: false })),
);

export function editForm(changes: Partial<SearchForm>): void {
  useSearch.setState(({ form }) => ({ form: { ...form, ...changes }, isLinked: false }));
}

export function clearSearch(): void {
  useSearch.setState(useSearch.getInitialState(), true);
}

/** Goes to the search screen with what was typed elsewhere. */
export function openSearch(text: string, dossierId: string | null): void {
  useSearch.setState({ ...useSearch.getInitialState(), form: { ...emptyForm, text } });
  navigate({ name: 'search', ...(dossierId === null ? {} : { dossierId }) });
}

/** Shows the number that another program gave, and waits. */
export function openLinked(identifier: string): void {
  openSearch(identifier, null);
  useSearch.setState({ isLinked: true });
}

/** The agent wants what the link gave. */
export function acceptLink(): void {
  useSearch.setState({ isLinked: false });
}

/** Asks a question from its first page; the same one again is not asked twice. */
export async function ask(input: SearchInput): Promise<void> {
  const key = JSON.stringify(input);
  const { key: known, problem } = useSearch.getState();
  if (known === key && problem === null) return;
  useSearch.setState({ key, answer: null, problem: null });
  await fetchPage(input, key, 1);
}

/** « Voir plus »: the next page goes below. */
export async function askMore(input: SearchInput): Promise<void> {
  const { key, answer, busy } = useSearch.getState();
  if (busy || answer === null || key !== JSON.stringify(input)) return;
  await fetchPage(input, key, answer.page + 1);
}

async function fetchPage(input: SearchInput, key: string, page: number): Promise<void> {
  useSearch.setState({ busy: true, problem: null });
  try {
    const found = await callMain('search.companies', { ...input, page });
    if (useSearch.getState().key !== key) return;
    const before = page === 1 ? [] : (useSearch.getState().answer?.matches ?? []);
    useSearch.setState({ busy: false, answer: { ...found, matches: withoutTwins([...before, ...found.matches]) } });
  } catch (error) {
    if (useSearch.getState().key === key) useSearch.setState({ busy: false, problem: messageOf(error) });
  }
}

/** A company that moved from one page to the next between two questions is listed once. */
function withoutTwins(matches: readonly CompanyMatch[]): CompanyMatch[] {
  return [...new Map(matches.map((match) => [match.siren, match])).values()];
}
