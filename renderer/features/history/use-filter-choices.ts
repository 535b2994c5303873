import { hasRight, type Role } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { useLoaded } from '../../components/use-loaded';
import { unknownHabilitation } from './journal-text';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What can be chosen in the filters; a list that this role may not read is empty, and its filter is not shown. */
export interface FilterChoices {
  readonly dossiers: readonly Choice[];
  readonly habilitations: readonly Choice[];
  readonly agents: readonly Choice[];
}

const nothing: FilterChoices = { dossiers: [], habilitations: [], agents: [] };

export function useFilterChoices(role: Role): FilterChoices {
  return useLoaded(() => readChoices(role), role).value ?? nothing;
}

/** Whoever reads all lines chooses among what they name, of which his role may list nothing; the others among what is theirs. */
async function readChoices(role: Role): Promise<FilterChoices> {
  if (hasRight(role, 'journal.all')) {
    const { agents, dossiers, habilitations } = await callMain('journal.known', undefined);
    return {
      agents: agents.map(({ id, name }) => ({ value: id, label: name })),
      dossiers: dossiers.map(titled),
      habilitations: habilitations.map(({ id, title }) => ({ value: id, label: title ?? unknownHabilitation(id) })),
    };
  }
  const [dossiers, habilitations] = await Promise.all([
    hasRight(role, 'dossiers.read') ? callMain('dossiers.list', { sort: 'title', limit: 500 }).then(({ dossiers: page }) => page) : [],
    hasRight(role, 'habilitations.read') ? callMain('habilitations.list', undefined) : [],
  ]);
  return { dossiers: dossiers.map(titled), habilitations: habilitations.map(titled), agents: [] };
}

function titled({ id, title }: { readonly id: string; readonly title: string }): Choice {
  return { value: id, label: title };
}
