import { ActionIcon, Group, MultiSelect, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';

import { endpointsForUseCase } from '../../../shared/catalogue';
import { type Procedure, useCaseOfProcedure } from '../../../shared/domain/completeness';
import { partsOf, resourceOfEndpoint } from '../../../shared/domain/validity';
import type { RequiredPiece } from './use-completeness';

const needs = [
  { value: 'indispensable', label: 'Indispensable' },
  { value: 'useful', label: 'Utile' },
] as const;

interface Props {
  readonly piece: RequiredPiece;
  readonly procedure: Procedure;
  readonly onChange: (piece: RequiredPiece) => void;
  readonly onRemove: () => void;
}

/** One piece of a list: what it is, what can stand for it, who demands it, what the company may send. */
export function PieceEditor({ piece, procedure, onChange, onRemove }: Props): ReactNode {
  const choices = useMemo(() => resourceChoices(procedure), [procedure]);
  const set = (change: Partial<RequiredPiece>): void => onChange({ ...piece, ...change });
  const name = piece.label === '' ? 'nouvelle pièce' : piece.label;
  return (
    <section className="card" aria-label={`Pièce : ${name}`} style={{ padding: '14px 18px' }}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput label="Pièce" value={piece.label} onChange={(event) => set({ label: event.currentTarget.value })} style={{ flex: '1 1 240px' }} maxLength={200} />
          <SegmentedControl aria-label={`Exigence : ${name}`} data={[...needs]} value={piece.need} onChange={(next) => set({ need: needs.find(({ value }) => value === next)?.value ?? piece.need })} />
          <ActionIcon color="gray" size={36} aria-label={`Retirer ${name} de la liste`} onClick={onRemove}><IconTrash size={17} aria-hidden /></ActionIcon>
        </Group>
        <MultiSelect
          label="Données qui peuvent en tenir lieu"
          description="La première qui répond suffit. Vide : seule la structure peut la donner."
          searchable
          data={choices}
          value={[...piece.resources]}
          onChange={(resources) => set({ resources })}
        />
        <Textarea label="D’où vient l’exigence" autosize minRows={1} value={piece.source} onChange={(event) => set({ source: event.currentTarget.value })} maxLength={500} />
        <Textarea label="Ce que la structure peut envoyer elle-même" autosize minRows={1} value={piece.alternative} onChange={(event) => set({ alternative: event.currentTarget.value })} maxLength={500} />
      </Stack>
    </section>
  );
}

/** What the purpose justifies, once a resource whatever its versions. */
function resourceChoices(procedure: Procedure): { value: string; label: string }[] {
  const titles = new Map<string, string>();
  for (const endpoint of endpointsForUseCase(useCaseOfProcedure[procedure])) {
    const { id, title, providerLabel } = endpoint;
    const resource = resourceOfEndpoint(id);
    if (!titles.has(resource)) titles.set(resource, `${title} (${providerLabel})`);
    for (const part of partsOf(endpoint)) titles.set(part.resource, `${title} : ${part.label.toLocaleLowerCase('fr')} seul (${providerLabel})`);
  }
  return [...titles].map(([value, label]) => ({ value, label })).sort((one, other) => one.label.localeCompare(other.label, 'fr'));
}
