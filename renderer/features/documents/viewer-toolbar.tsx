import { ActionIcon, Group, NumberInput, Text, TextInput, Tooltip } from '@mantine/core';
import {
  IconArrowAutofitWidth,
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconChevronUp,
  IconLayoutSidebar,
  IconRotateClockwise,
  IconSearch,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';

import type { ViewerAction, ViewerState } from './viewer-state';

interface ToolProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly disabled?: boolean;
}

function Tool({ label, icon, onClick, disabled = false }: ToolProps): ReactNode {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} disabled={disabled} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

export interface SearchControl {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly count: number;
  /** From 0; -1 when there is none. */
  readonly active: number;
  readonly move: (step: 1 | -1) => void;
}

interface ToolbarProps {
  readonly state: ViewerState;
  readonly scale: number;
  readonly dispatch: (action: ViewerAction) => void;
  /** Null for an image: it has neither pages nor text. */
  readonly search: SearchControl | null;
  readonly printer: ReactNode;
}

const SIZE = 18;

export function ViewerToolbar({ state, scale, dispatch, search, printer }: ToolbarProps): ReactNode {
  return (
    <Group justify="space-between" gap="sm" px="sm" py={6} role="toolbar" aria-label="Lecture du document" style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
      <Group gap={2}>
        {search && <Pages state={state} dispatch={dispatch} />}
      </Group>
      <Group gap={2}>
        <Tool label="Réduire (−)" icon={<IconZoomOut size={SIZE} />} onClick={() => dispatch({ kind: 'zoom', direction: -1, currentScale: scale })} />
        <Text size="sm" w={52} ta="center" aria-live="polite">{Math.round(scale * 100)}&nbsp;%</Text>
        <Tool label="Agrandir (+)" icon={<IconZoomIn size={SIZE} />} onClick={() => dispatch({ kind: 'zoom', direction: 1, currentScale: scale })} />
        <Tool label="Ajuster à la largeur (0)" icon={<IconArrowAutofitWidth size={SIZE} />} onClick={() => dispatch({ kind: 'fit' })} />
        <Tool label="Pivoter (R)" icon={<IconRotateClockwise size={SIZE} />} onClick={() => dispatch({ kind: 'rotate' })} />
        {printer}
      </Group>
      {search ? <Search {...search} /> : <span />}
    </Group>
  );
}

function Pages({ state, dispatch }: Pick<ToolbarProps, 'state' | 'dispatch'>): ReactNode {
  const { page, pageCount } = state;
  return (
    <>
      <Tool label="Vignettes" icon={<IconLayoutSidebar size={SIZE} />} onClick={() => dispatch({ kind: 'thumbnails' })} />
      <Tool label="Page précédente (←)" icon={<IconChevronLeft size={SIZE} />} disabled={page <= 1} onClick={() => dispatch({ kind: 'page', page: page - 1 })} />
      <NumberInput
        size="xs"
        w={56}
        hideControls
        min={1}
        max={Math.max(1, pageCount)}
        value={page}
        onChange={(value) => typeof value === 'number' && dispatch({ kind: 'page', page: value })}
        aria-label="Numéro de page"
      />
      <Text size="sm" px={4}>sur {pageCount}</Text>
      <Tool label="Page suivante (→)" icon={<IconChevronRight size={SIZE} />} disabled={page >= pageCount} onClick={() => dispatch({ kind: 'page', page: page + 1 })} />
    </>
  );
}

function Search({ field, query, setQuery, count, active, move }: SearchControl): ReactNode {
  return (
    <Group gap={2}>
      <TextInput
        ref={field}
        size="xs"
        w={200}
        placeholder="Rechercher (Ctrl F)"
        aria-label="Rechercher dans le document"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && move(event.shiftKey ? -1 : 1)}
      />
      <Text size="xs" c="dimmed" w={64} ta="center" aria-live="polite">
        {query.trim() === '' ? '' : count === 0 ? 'aucun' : `${active + 1} sur ${count}`}
      </Text>
      <Tool label="Résultat précédent" icon={<IconChevronUp size={SIZE} />} disabled={count === 0} onClick={() => move(-1)} />
      <Tool label="Résultat suivant" icon={<IconChevronDown size={SIZE} />} disabled={count === 0} onClick={() => move(1)} />
    </Group>
  );
}
