import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

/** Above this number of calls, the cost is shown and confirmed first. */
const ASK_ABOVE_CALLS = 10;

interface ConsultAllProps {
  readonly callCount: number;
  readonly pendingCount: number;
  readonly totalCount: number;
  /** What the calls cost, said before they start. */
  readonly cost: ReactNode;
  readonly onConfirm: () => void;
  readonly onCancelAll: () => void;
}

/** One click for the whole set, with its cost in quota; while it runs, how far it is and a way to stop. */
export function ConsultAll({ callCount, pendingCount, totalCount, cost, onConfirm, onCancelAll }: ConsultAllProps): ReactNode {
  const [asking, setAsking] = useState(false);
  const start = (): void => {
    setAsking(false);
    onConfirm();
  };
  if (pendingCount > 0) {
    const done = totalCount - pendingCount;
    return (
      <Stack gap={4} w={240}>
        <Group justify="space-between">
          <Text size="sm" aria-live="polite">{done} sur {totalCount}</Text>
          <Button size="compact-sm" variant="default" onClick={onCancelAll}>Tout annuler</Button>
        </Group>
        <Progress value={(100 * done) / totalCount} aria-label="Avancement des consultations" />
      </Stack>
    );
  }
  return (
    <>
      <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} disabled={callCount === 0} onClick={() => (callCount > ASK_ABOVE_CALLS ? setAsking(true) : start())}>
        Tout consulter ({callCount} appel{callCount > 1 ? 's' : ''})
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Tout consulter" closeButtonProps={{ 'aria-label': 'Fermer' }}>
        <Stack>
          {cost}
          <Text size="sm">
            Chaque appel est inscrit dans l’historique avec le contexte, le destinataire et l’objet du dossier ; ceux que le quota ne permet pas
            tout de suite attendent leur tour.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>Annuler</Button>
            <Button onClick={start} data-autofocus>Lancer les {callCount} appels</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
