import { readTypedSearch } from '../../../shared/domain/typed-search';
import type { ChannelInput } from '../../../shared/ipc';
import { companySearchFiltersSchema } from '../../../shared/ipc/search';

/** What the agent filled in, as typed. */
export interface SearchForm {
  readonly text: string;
  /** Postcode or department: the number of digits tells which. */
  readonly place: string;
  readonly section: string | null;
  readonly activity: string;
  readonly state: 'active' | 'ceased' | null;
  readonly kind: 'association' | 'sole_trader' | null;
  readonly directorName: string;
  readonly directorFirstName: string;
}

export const emptyForm: SearchForm = { text: '', place: '', section: null, activity: '', state: null, kind: null, directorName: '', directorFirstName: '' };

export type SearchInput = ChannelInput<'search.companies'>;
export type FormProblems = Readonly<Partial<Record<keyof SearchForm, string>>>;

export type Question =
  /** Nothing to ask yet: nothing filled in, or a word too short. */
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong'; readonly problems: FormProblems }
  /** `ignoresFilters`: a number designates one company, whatever the bounds. */
  | { readonly kind: 'right'; readonly input: SearchInput; readonly ignoresFilters: boolean };

const NAME_MIN_LENGTH = 3;

/** The question that a form asks, under the rules of the contract. */
export function questionOf(form: SearchForm): Question {
  const typed = readTypedSearch(form.text);
  if (typed.kind === 'identifier') {
    if (!typed.checked.ok) return { kind: 'wrong', problems: { text: typed.checked.message } };
    const { siret, identifier } = typed.checked.value;
    return { kind: 'right', input: { text: siret ?? identifier }, ignoresFilters: hasFilters(form) };
  }
  const filters = companySearchFiltersSchema.safeParse(filtersOf(form));
  if (!filters.success) return { kind: 'wrong', problems: Object.fromEntries(filters.error.issues.map(({ path, message }) => [fieldOf(String(path[0])), message])) };
  const text = form.text.trim();
  if (text.length > 0 && text.length < NAME_MIN_LENGTH) return { kind: 'none' };
  if (text === '' && !hasFilters(form)) return { kind: 'none' };
  return { kind: 'right', input: { text, filters: filters.data }, ignoresFilters: false };
}

function hasFilters(form: SearchForm): boolean {
  return Object.keys(filtersOf(form)).length > 0;
}

/** Empty fields bound nothing. */
function filtersOf({ place, section, activity, state, kind, directorName, directorFirstName }: SearchForm): Record<string, string | boolean> {
  const where = place.trim();
  const all = {
    ...(/^\d{4,}$/.test(where) ? { postcode: where } : { department: where }),
    ...{ section, activity: activity.trim(), state, directorName: directorName.trim(), directorFirstName: directorFirstName.trim() },
    associationsOnly: kind === 'association',
    soleTradersOnly: kind === 'sole_trader',
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string | boolean] => Boolean(entry[1])));
}

function fieldOf(filter: string): string {
  return filter === 'postcode' || filter === 'department' ? 'place' : filter;
}
