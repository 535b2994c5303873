import { Button, Group, Popover, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';

import { endpoints } from '../../../shared/catalogue';
import type { JournalOutcome } from '../../../shared/domain/journal';
import { DateField } from '../../components/date-field';
import { dropdownProps, popoverProps } from '../../components/popover-props';
import type { FilterValues } from './filter-values';
import { outcomes } from './journal-text';
import { readPastedIds } from './pasted-ids';
import type { FilterChoices } from './use-filter-choices';

type Data = readonly { readonly value: string; readonly label: string }[];

const outcomeData: Data = Object.entries(outcomes).map(([value, { label }]) => ({ value, label }));
const endpointData: Data = endpoints.map(({ id, title, version, providerLabel }) => ({ value: id, label: `${title} · ${providerLabel} (v${version})` }));
const providerData: Data = [...new Map(endpoints.map(({ provider, providerLabel }) => [provider, providerLabel]))]
  .map(([value, label]) => ({ value, label }))
  .sort((left, right) => left.label.localeCompare(right.label, 'fr'));

interface Props {
  readonly values: FilterValues;
  readonly choices: FilterChoices;
  readonly onChange: (values: FilterValues) => void;
  /** What was typed is to be looked for now. */
  readonly onSettle: () => void;
}

/** The usual filters in sight, the others one click away. */
export function HistoryFilters({ values, choices, onChange, onSettle }: Props): ReactNode {
  const [more, setMore] = useState(false);
  const set = (part: Partial<FilterValues>): void => onChange({ ...values, ...part });
  const typing = { onBlur: onSettle, onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && onSettle() };
  return (
    <search aria-label="Filtres de l’historique">
      <Group className="filters" gap="sm" mb="sm" align="flex-end">
        <TextInput label="Texte" placeholder="Entreprise, objet…" leftSection={<IconSearch size={16} aria-hidden />} value={values.text} onChange={(event) => set({ text: event.currentTarget.value })} {...typing} w={180} />
        <DateField label="Du" value={values.from} max={values.to} onChange={(from) => set({ from })} />
        <DateField label="Au" value={values.to} min={values.from} onChange={(to) => set({ to })} />
        <Choice label="Résultat" none="Tous" data={outcomeData} value={values.outcome} width={144} onChange={(outcome) => set({ outcome: outcome as JournalOutcome | null })} />
        <SegmentedControl aria-label="Lignes montrées" data={[{ value: 'calls', label: 'Consultations' }, { value: 'all', label: 'Tout' }]} value={values.kind} onChange={(kind) => set({ kind: kind === 'all' ? 'all' : 'calls' })} />
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={17} aria-hidden />} aria-expanded={more} aria-controls="more-filters" onClick={() => setMore(!more)}>
          Plus de filtres{hiddenCount(values) > 0 && ` (${hiddenCount(values)})`}
        </Button>
      </Group>
      <Group className="filters" gap="sm" mb="sm" align="flex-end" id="more-filters" hidden={!more} display={more ? undefined : 'none'}>
        <Choice label="Donnée" none="Toutes" data={endpointData} value={values.endpointId} width={190} onChange={(endpointId) => set({ endpointId })} />
        <Choice label="Fournisseur" none="Tous" data={providerData} value={values.provider} width={150} onChange={(provider) => set({ provider })} />
        {choices.dossiers.length > 0 && <Choice label="Dossier" none="Tous" data={choices.dossiers} value={values.dossierId} width={180} onChange={(dossierId) => set({ dossierId })} />}
        {choices.agents.length > 0 && <Choice label="Agent" none="Tous" data={choices.agents} value={values.agentId} width={150} onChange={(agentId) => set({ agentId })} />}
        {choices.habilitations.length > 0 && <Choice label="Habilitation" none="Toutes" data={choices.habilitations} value={values.habilitationId} width={180} onChange={(habilitationId) => set({ habilitationId })} />}
        <TextInput label="SIREN ou SIRET" value={values.identifier} onChange={(event) => set({ identifier: event.currentTarget.value })} {...typing} w={140} />
        <RequestIdsFilter requestIds={values.requestIds} onChange={(requestIds) => set({ requestIds })} />
      </Group>
    </search>
  );
}

function hiddenCount({ endpointId, provider, dossierId, agentId, habilitationId, identifier, requestIds }: FilterValues): number {
  const choices = [endpointId, provider, dossierId, agentId, habilitationId].filter((value) => value !== null).length;
  return choices + (identifier === '' ? 0 : 1) + (requestIds.length === 0 ? 0 : 1);
}

interface ChoiceProps {
  readonly label: string;
  readonly none: string;
  readonly data: Data;
  readonly value: string | null;
  readonly width: number;
  readonly onChange: (value: string | null) => void;
}

function Choice({ label, none, data, value, width, onChange }: ChoiceProps): ReactNode {
  return (
    <Select
      label={label}
      placeholder={none}
      clearable
      clearButtonProps={{ 'aria-label': `Effacer : ${label}` }}
      searchable={data.length > 8}
      data={[...data]}
      value={value}
      onChange={onChange}
      w={width}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      nothingFoundMessage="Rien à ce nom"
    />
  );
}

function RequestIdsFilter({ requestIds, onChange }: { readonly requestIds: readonly string[]; readonly onChange: (ids: readonly string[]) => void }): ReactNode {
  const [text, setText] = useState('');
  const [opened, setOpened] = useState(false);
  const { ids } = readPastedIds(text);
  const isUnread = text.trim() !== '' && ids.length === 0;
  const apply = (): void => {
    onChange(ids);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} width={380} {...popoverProps}>
      <Popover.Target>
        <Button variant="default" onClick={() => setOpened(!opened)}>Identifiants d’appel{requestIds.length > 0 && ` (${requestIds.length})`}</Button>
      </Popover.Target>
      <Popover.Dropdown {...dropdownProps}>
        <Textarea label="Identifiants d’appel" description="Collez-les, ou le texte qui les contient." minRows={4} autosize maxRows={10} data-autofocus value={text} onChange={(event) => setText(event.currentTarget.value)} error={isUnread ? 'Aucun identifiant d’appel n’est reconnu.' : null} />
        <Button mt="sm" disabled={isUnread} onClick={apply}>Filtrer</Button>
      </Popover.Dropdown>
    </Popover>
  );
}
