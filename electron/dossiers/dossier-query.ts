import type { DossierSort, DossierState } from '../../shared/domain/dossier';
import { searchWordsOf } from './search-text';

export interface DossierFilter {
  readonly text?: string | undefined;
  readonly state?: DossierState | undefined;
  readonly tag?: string | undefined;
  /** ISO day: only those whose deadline is on it or before. */
  readonly dueBy?: string | undefined;
  /** Undefined: no restriction. */
  readonly habilitationIds?: readonly string[] | undefined;
}

export interface DossierPageRequest {
  readonly sort?: DossierSort | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/** `search_text` begins with the title, without case nor accents: an order that French readers expect. */
export const orderOf: Readonly<Record<DossierSort, string>> = {
  urgency: 'deadline IS NULL, deadline, updated_at DESC, rowid DESC',
  recent: 'updated_at DESC, rowid DESC',
  title: 'search_text, rowid',
};

/** SQL condition of a filter, with its values in order. */
export function conditionOf({ text, state, tag, dueBy, habilitationIds }: DossierFilter): { readonly where: string; readonly values: readonly string[] } {
  const parts: (readonly [string, string])[] = [];
  if (state) parts.push(['state = ?', state]);
  if (tag !== undefined) parts.push(['EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)', tag]);
  if (dueBy) parts.push(['deadline <= ?', dueBy]);
  if (habilitationIds) parts.push(['habilitation_id IN (SELECT value FROM json_each(?))', JSON.stringify(habilitationIds)]);
  // instr, not LIKE: what is typed is looked for as it is, wildcards included.
  for (const word of searchWordsOf(text ?? '')) parts.push(['instr(search_text, ?) > 0', word]);
  const where = parts.length > 0 ? `WHERE ${parts.map(([condition]) => condition).join(' AND ')}` : '';
  return { where, values: parts.map(([, value]) => value) };
}
