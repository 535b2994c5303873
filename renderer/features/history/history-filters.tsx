import { Button, Group, Popover, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { endpoints } from '../../../shared/catalogue';
import type { JournalOutcome } from '../../../shared/domain/journal';
import { outcomes } from './journal-text';

/** What the agent typed; turned into the contract's filter when it is sent. */
export interface FilterValues {
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly outcome: JournalOutcome | null;
  readonly endpointId: string | null;
  readonly dossierId: string | null;
  readonly identifier: string;
  readonly requestIds: readonly string[];
  readonly kind: 'calls' | 'all';
}

export const noFilter: FilterValues = { text: '', from: '', to: '', outcome: null, endpointId: null, dossierId: null, identifier: '', requestIds: [], kind: 'calls' };

const outcomeData = Object.entries(outcomes).map(([value, { label }]) => ({ value, label }));
const endpointData = endpoints.map(({ id, title, version }) => ({ value: id, label: `${title} (v${version})` }));

interface Props {
  readonly values: FilterValues;
  readonly dossiers: readonly { readonly id: string; readonly title: string }[];
  readonly onChange: (values: FilterValues) => void;
}

export function HistoryFilters({ values, dossiers, onChange }: Props): ReactNode {
  const set = (part: Partial<FilterValues>): void => onChange({ ...values, ...part });
  return (
    <search aria-label="Filtres de l’historique">
      <Group gap="sm" mb="md" align="flex-end">
        <TextInput label="Texte" placeholder="Entreprise, objet, agent…" leftSection={<IconSearch size={16} aria-hidden />} value={values.text} onChange={(event) => set({ text: event.currentTarget.value })} w={220} />
        <TextInput label="Du" type="date" value={values.from} onChange={(event) => set({ from: event.currentTarget.value })} />
        <TextInput label="Au" type="date" value={values.to} onChange={(event) => set({ to: event.currentTarget.value })} />
        <Select label="Résultat" placeholder="Tous" clearable data={outcomeData} value={values.outcome} onChange={(value) => set({ outcome: value as JournalOutcome | null })} w={140} />
        <Select label="Donnée" placeholder="Toutes" clearable searchable data={endpointData} value={values.endpointId} onChange={(endpointId) => set({ endpointId })} w={200} nothingFoundMessage="Aucune donnée à ce nom" />
        {dossiers.length > 0 && <Select label="Dossier" placeholder="Tous" clearable searchable data={dossiers.map(({ id, title }) => ({ value: id, label: title }))} value={values.dossierId} onChange={(dossierId) => set({ dossierId })} w={180} nothingFoundMessage="Aucun dossier à ce nom" />}
        <TextInput label="SIREN ou SIRET" value={values.identifier} onChange={(event) => set({ identifier: event.currentTarget.value })} w={150} />
        <RequestIdsFilter requestIds={values.requestIds} onChange={(requestIds) => set({ requestIds })} />
        <SegmentedControl aria-label="Lignes montrées" data={[{ value: 'calls', label: 'Consultations' }, { value: 'all', label: 'Tout' }]} value={values.kind} onChange={(kind) => set({ kind: kind === 'all' ? 'all' : 'calls' })} />
        {values !== noFilter && <Button variant="subtle" onClick={() => onChange(noFilter)}>Effacer</Button>}
      </Group>
    </search>
  );
}

function RequestIdsFilter({ requestIds, onChange }: { readonly requestIds: readonly string[]; readonly onChange: (ids: readonly string[]) => void }): ReactNode {
  const [text, setText] = useState('');
  const [opened, setOpened] = useState(false);
  const apply = (): void => {
    onChange(text.split(/[\s,;]+/).filter((id) => id !== ''));
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} width={380} trapFocus shadow="md">
      <Popover.Target>
        <Button variant="default" onClick={() => setOpened(!opened)}>Identifiants d’appel{requestIds.length > 0 && ` (${requestIds.length})`}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Textarea label="Identifiants d’appel" description="Collez-les, un par ligne." minRows={4} autosize maxRows={10} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Button mt="sm" onClick={apply}>Filtrer</Button>
      </Popover.Dropdown>
    </Popover>
  );
}
