import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';

import { findEndpoint } from '../../../shared/catalogue';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { ProgressBar } from '../../components/progress-bar';
import { SpokenProgress } from '../../components/spoken-progress';
import { useFocusOnArrival } from '../../components/use-focus-on-arrival';
import { CallCost } from '../quota';
import { gather, type Gathering, type NeededCall, stopGathering, useGatherings } from './gather-store';

interface Props {
  readonly dossierId: string;
  readonly calls: readonly NeededCall[];
  readonly label: string;
}

/** One click for everything that a call can bring, its cost first; while it runs, how far it is and a way to stop. */
export function GatherButton({ dossierId, calls, label }: Props): ReactNode {
  const gathering = useGatherings(({ gatherings }) => gatherings[dossierId]);
  const [asking, setAsking] = useState(false);
  const [isOurs, setIsOurs] = useState(false);
  const endpoints = useMemo(() => calls.flatMap(({ endpointId, act }) => (act === 'download' ? [] : (findEndpoint(endpointId) ?? []))), [calls]);
  if (gathering) return <Running dossierId={dossierId} gathering={gathering} takesFocus={isOurs} />;
  return (
    <>
      <Button leftSection={<IconDownload size={16} aria-hidden />} disabled={calls.length === 0} onClick={() => setAsking(true)}>{label}</Button>
      <ConfirmDialog
        opened={asking}
        title={label}
        confirmLabel="Lancer"
        isExpected
        cost={<CallCost dossierId={dossierId} endpoints={endpoints} />}
        onConfirm={() => {
          setIsOurs(true);
          void gather(dossierId, calls).finally(() => setIsOurs(false));
          return Promise.resolve();
        }}
        onClose={() => setAsking(false)}
      >
        C’est un maximum : quand plusieurs données peuvent tenir lieu d’une même pièce, la première qui répond suffit. Chaque appel est inscrit
        dans l’historique avec la justification du dossier.
      </ConfirmDialog>
    </>
  );
}

/** Where the button was: whoever pressed it is where he can stop it. */
function Running({ dossierId, gathering: { done, total, isStopped }, takesFocus }: { readonly dossierId: string; readonly gathering: Gathering; readonly takesFocus: boolean }): ReactNode {
  const stop = useFocusOnArrival<HTMLButtonElement>(takesFocus);
  return (
    <Stack gap={4} w={260}>
      <Group justify="space-between">
        <Text size="sm">{done} sur {total}</Text>
        <Button ref={stop} size="compact-sm" variant="default" disabled={isStopped} onClick={() => stopGathering(dossierId)}>Arrêter</Button>
      </Group>
      <ProgressBar percent={(100 * done) / total} label="Avancement de la récupération" />
      <SpokenProgress done={done} total={total} />
    </Stack>
  );
}
