import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { addDays } from '../../../shared/domain/days';
import type { DossierSort } from '../../../shared/domain/dossier';
import { callMain } from '../../app/bridge';
import { todayInFrance } from '../../components/today';
import { useLoaded } from '../../components/use-loaded';
import type { Dossier } from './dossier-rows';
import type { DossierQuery } from './use-dossier-pages';

const states = [
  { value: 'open', label: 'En cours' },
  { value: 'closed', label: 'Clos' },
  { value: 'archived', label: 'Archivés' },
  { value: 'all', label: 'Tous' },
] as const;

/** Days until the deadline; the past is near too. */
const deadlines = [
  { value: '0', label: 'Échus ou aujourd’hui' },
  { value: '7', label: 'Dans les 7 jours' },
  { value: '30', label: 'Dans les 30 jours' },
] as const;

const sorts = [
  { value: 'urgency', label: 'Par échéance' },
  { value: 'recent', label: 'Par modification' },
  { value: 'title', label: 'Par titre' },
] as const;

export interface DossierFilterValues {
  readonly text: string;
  readonly state: Dossier['state'] | 'all';
  readonly tag: string | null;
  readonly dueWithinDays: string | null;
  readonly sort: DossierSort;
}

export const firstDossierFilter: DossierFilterValues = { text: '', state: 'open', tag: null, dueWithinDays: null, sort: 'urgency' };

export function queryOf({ text, state, tag, dueWithinDays, sort }: DossierFilterValues): DossierQuery {
  return {
    sort,
    ...(text === '' ? {} : { text }),
    ...(state === 'all' ? {} : { state }),
    ...(tag === null ? {} : { tag }),
    ...(dueWithinDays === null ? {} : { dueBy: addDays(todayInFrance(), Number(dueWithinDays)) }),
  };
}

interface Props {
  readonly values: DossierFilterValues;
  readonly onChange: (values: DossierFilterValues) => void;
}

export function DossierFilters({ values, onChange }: Props): ReactNode {
  const tags = useLoaded(() => callMain('dossiers.tags', undefined), '').value ?? [];
  const set = (change: Partial<DossierFilterValues>): void => onChange({ ...values, ...change });
  return (
    <div role="search" aria-label="Dossiers" className="filters" style={{ display: 'flex', flexWrap: 'wrap', gap: 12, marginBottom: 16 }}>
      <TextInput
        aria-label="Rechercher un dossier"
        placeholder="Titre, objet, étiquette, entreprise…"
        leftSection={<IconSearch size={17} aria-hidden />}
        value={values.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
        style={{ flex: '1 1 200px', maxWidth: 380 }}
      />
      <SegmentedControl aria-label="État des dossiers" data={[...states]} value={values.state} onChange={(next) => set({ state: states.find(({ value }) => value === next)?.value ?? 'open' })} />
      <Select aria-label="Échéance" placeholder="Échéance" clearable data={[...deadlines]} value={values.dueWithinDays} onChange={(dueWithinDays) => set({ dueWithinDays })} w={175} />
      <Select aria-label="Étiquette" placeholder="Étiquette" clearable searchable nothingFoundMessage="Aucune étiquette" data={[...tags]} value={values.tag} onChange={(tag) => set({ tag })} w={135} />
      <Select aria-label="Trier par" allowDeselect={false} data={[...sorts]} value={values.sort} onChange={(next) => set({ sort: sorts.find(({ value }) => value === next)?.value ?? 'urgency' })} w={165} />
    </div>
  );
}
