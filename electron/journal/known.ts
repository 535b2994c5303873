import { type LineOwner, ownersOf } from './search';
import type { SearchIndex } from './search-index';

/** Whom and what the lines name, whether it still exists or not: what they can be filtered by. */
export interface Known {
  readonly agents: readonly LineOwner[];
  /** Each under the last title that a line gave it. */
  readonly dossiers: readonly { readonly id: string; readonly title: string }[];
  readonly habilitationIds: readonly string[];
}

export function knownOf(index: SearchIndex): Known {
  index.refresh();
  const { columns, dictionaries } = index;
  const actors = new Set<number>();
  const titles = new Map<string, string>();
  const habilitations = new Set<string>();
  for (let slot = index.length - 1; slot >= index.firstSlot; slot -= 1) {
    actors.add(columns.actor[slot] as number);
    const { dossierId, habilitationId } = dictionaries.purpose.fields[columns.purpose[slot] as number] ?? {};
    const { dossierTitle } = dictionaries.words.fields[columns.words[slot] as number] ?? {};
    if (dossierId !== undefined && dossierTitle !== undefined && !titles.has(dossierId)) titles.set(dossierId, dossierTitle);
    if (habilitationId !== undefined) habilitations.add(habilitationId);
  }
  return {
    agents: ownersOf([...actors].map((code) => dictionaries.actor.fields[code] ?? {})),
    dossiers: [...titles].map(([id, title]) => ({ id, title })).sort((left, right) => left.title.localeCompare(right.title, 'fr')),
    habilitationIds: [...habilitations],
  };
}
