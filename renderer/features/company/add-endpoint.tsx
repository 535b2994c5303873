import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { memo, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';

import { relevanceOf, V2_MARK } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { UseCase } from '../../../shared/domain/use-case';
import { Dialog } from '../../components/dialog';
import type { EndpointSet } from './endpoint-set';

interface AddEndpointProps {
  readonly set: EndpointSet;
  /** Of the set, what another call already brings: called alone if the agent wants it all the same. */
  readonly repeated: readonly Endpoint[];
  readonly shownIds: ReadonlySet<string>;
  /** The purpose of the dossier: it decides which endpoints ask for a written reason. */
  readonly useCase: UseCase;
  readonly onAdd: (endpoint: Endpoint, writtenReason?: string) => void;
}

function options(endpoints: readonly Endpoint[], shownIds: ReadonlySet<string>): { value: string; label: string }[] {
  return endpoints
    .filter(({ id }) => !shownIds.has(id))
    .map(({ id, title, providerLabel }) => ({ value: id, label: `${title} — ${providerLabel}` }));
}

/** Adds an endpoint to the sheet; one that the purpose does not justify asks for a written reason first. */
export const AddEndpoint = memo(function AddEndpoint({ set, repeated, shownIds, useCase, onAdd }: AddEndpointProps): ReactNode {
  const [unjustified, setUnjustified] = useState<Endpoint | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const field = useKeptInSight(isOpen);
  const choose = (id: string | null): void => {
    const chosen = [...repeated, ...set.addable, ...set.unjustified, ...set.v2].find((endpoint) => endpoint.id === id);
    if (!chosen) return;
    if (relevanceOf(chosen, useCase) === 'injustifie') setUnjustified(chosen);
    else onAdd(chosen);
  };
  const groups = [
    { group: 'Utiles à ce cas d’usage', items: options([...repeated, ...set.addable], shownIds) },
    { group: 'Non justifiées : motif écrit demandé', items: options(set.unjustified, shownIds) },
    { group: V2_MARK, items: options(set.v2, shownIds) },
  ];
  return (
    <>
      <Select
        ref={field}
        w={420}
        maw="100%"
        maxDropdownHeight={380}
        comboboxProps={{ keepMounted: false }}
        searchable
        // Given the focus back by a dialog, or walked past, it asks nothing.
        openOnFocus={false}
        onDropdownOpen={() => setIsOpen(true)}
        onDropdownClose={() => setIsOpen(false)}
        value={null}
        placeholder="Consulter une autre donnée…"
        aria-label="Consulter une autre donnée"
        nothingFoundMessage="Aucune donnée de ce nom"
        data={groups.filter(({ items }) => items.length > 0)}
        onChange={choose}
      />
      {unjustified && (
        <ReasonModal
          endpoint={unjustified}
          onClose={() => setUnjustified(null)}
          onConfirm={(reason) => {
            onAdd(unjustified, reason);
            setUnjustified(null);
          }}
        />
      )}
    </>
  );
});

/** While its list is open, the field stays in sight: answers that come fill the sheet above, and would take both away. */
function useKeptInSight(isOpen: boolean): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const observer = new ResizeObserver(() => field.current?.scrollIntoView({ block: 'nearest' }));
    for (const part of field.current?.closest('main')?.children ?? []) observer.observe(part);
    return () => observer.disconnect();
  }, [isOpen]);
  return field;
}

interface ReasonModalProps {
  readonly endpoint: Endpoint;
  readonly onClose: () => void;
  readonly onConfirm: (reason: string) => void;
}

function ReasonModal({ endpoint, onClose, onConfirm }: ReasonModalProps): ReactNode {
  const [reason, setReason] = useState('');
  const descriptionId = useId();
  return (
    <Dialog opened onClose={onClose} title={`${endpoint.title} : pourquoi cette consultation ?`} descriptionId={descriptionId}>
      <Stack>
        <Text size="sm" id={descriptionId}>Le cas d’usage du dossier ne justifie pas cette donnée. Votre motif est conservé dans l’historique des accès.</Text>
        <Textarea label="Motif" autosize minRows={3} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Annuler</Button>
          <Button disabled={reason.trim().length < 10} onClick={() => onConfirm(reason.trim())}>Consulter avec ce motif</Button>
        </Group>
        {reason.trim().length < 10 && <Text size="xs" c="dimmed">Dix caractères au moins.</Text>}
      </Stack>
    </Dialog>
  );
}
