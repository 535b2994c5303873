import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';

import type { Endpoint } from '../../../shared/catalogue/types';
import { Dialog } from '../../components/dialog';
import { ProgressBar } from '../../components/progress-bar';
import type { CompanySet } from './company-set';

/** Above this number of calls, the cost is shown and confirmed first. */
const ASK_ABOVE_CALLS = 10;

interface ConsultAllProps {
  readonly callCount: number;
  readonly pendingCount: number;
  readonly totalCount: number;
  /** What the calls cost, which says itself before they start. */
  readonly cost: ReactNode;
  /** What the token does not open: named, never called. */
  readonly closed: readonly Endpoint[];
  /** What the company is not asked, and why. */
  readonly asked: CompanySet;
  /** Settles once every call has its outcome. */
  readonly onConfirm: () => Promise<void>;
  readonly onCancelAll: () => void;
}

/** One click for the whole set, with its cost in quota; while it runs, how far it is and a way to stop. */
export function ConsultAll({ callCount, pendingCount, totalCount, cost, closed, asked, onConfirm, onCancelAll }: ConsultAllProps): ReactNode {
  const [asking, setAsking] = useState(false);
  const descriptionId = useId();
  // From the click on, before any card says so: the screen answers at once, and a second click starts nothing.
  const [launched, setLaunched] = useState(false);
  const start = (): void => {
    setAsking(false);
    setLaunched(true);
    void onConfirm().finally(() => setLaunched(false));
  };
  if (pendingCount > 0 || launched) {
    const [done, total] = pendingCount > 0 ? [totalCount - pendingCount, totalCount] : [0, callCount];
    return (
      <Stack gap={4} w={240}>
        <Group justify="space-between">
          <Text size="sm">{done} sur {total}</Text>
          <Button size="compact-sm" variant="default" onClick={onCancelAll}>Tout annuler</Button>
        </Group>
        <ProgressBar percent={(100 * done) / total} label="Avancement des consultations" />
      </Stack>
    );
  }
  return (
    <>
      <Stack gap={2} align="flex-end">
        <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} disabled={callCount === 0} onClick={() => (callCount > ASK_ABOVE_CALLS ? setAsking(true) : start())}>
          Tout consulter ({callCount} appel{callCount > 1 ? 's' : ''})
        </Button>
        {closed.length > 0 && <Text size="xs" c="dimmed">{closed.length === 1 ? '1 donnée non ouverte' : `${closed.length} données non ouvertes`} par le jeton : non appelée{closed.length > 1 ? 's' : ''}</Text>}
      </Stack>
      <Dialog opened={asking} onClose={() => setAsking(false)} title="Tout consulter" descriptionId={descriptionId}>
        <Stack>
          {cost}
          <Stack id={descriptionId}>
            <NotCalled reason="Non ouvert par le jeton de cette habilitation, donc non appelé" endpoints={closed} />
            <NotCalled reason="Non appelé faute de SIRET ou de numéro RNA" endpoints={asked.withoutIdentifier} />
            <NotCalled reason="Non appelé car l’établissement du dossier est le siège, dont « Siège social » donne les mêmes données" endpoints={asked.repeated} />
            <Text size="sm">
              Chaque appel est inscrit dans l’historique avec le contexte, le destinataire et l’objet du dossier ; ceux que le quota ne permet pas
              tout de suite attendent leur tour.
            </Text>
          </Stack>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>Annuler</Button>
            <Button onClick={start} data-autofocus>Lancer les {callCount} appels</Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}

function NotCalled({ reason, endpoints }: { readonly reason: string; readonly endpoints: readonly Endpoint[] }): ReactNode {
  if (endpoints.length === 0) return null;
  return <Text size="sm">{reason} : {endpoints.map(({ title }) => title).join(', ')}.</Text>;
}
