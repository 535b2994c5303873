import { hasRight, type Role } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { useLoaded } from '../../components/use-loaded';

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

async function readChoices(role: Role): Promise<FilterChoices> {
  const [dossiers, habilitations, agents] = await Promise.all([
    hasRight(role, 'dossiers.read') ? callMain('dossiers.list', { sort: 'title', limit: 500 }).then(({ dossiers: page }) => page) : [],
    hasRight(role, 'habilitations.read') ? callMain('habilitations.list', undefined) : [],
    hasRight(role, 'journal.all') ? callMain('journal.agents', undefined).then((known) => known.map(({ id, name }) => ({ value: id, label: name }))) : [],
  ]);
  const titled = ({ id, title }: { readonly id: string; readonly title: string }): Choice => ({ value: id, label: title });
  return { dossiers: dossiers.map(titled), habilitations: habilitations.map(titled), agents };
}
