import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import type { Batch } from '../../../shared/domain/batch';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { useSession } from '../../app/session-store';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { useAction } from '../../components/use-action';
import { showFailure } from '../../components/toasts';
import { counted, failureCount } from './batch-text';
import { ExportBatch } from './export-batch';

interface Props {
  readonly batch: Batch;
  readonly onChanged: (batch: Batch) => void;
}

type Act = 'batches.start' | 'batches.pause' | 'batches.resume' | 'batches.retryFailed';

/** What can be done now with a run: whoever made it sets it going, whoever governs it stops it. */
export function BatchActions({ batch, onChanged }: Props): ReactNode {
  const [asked, setAsked] = useState<'cancel' | 'remove' | null>(null);
  const { busy, run } = useAction();
  const isOwner = useSession(({ start }) => start?.session?.agent.id === batch.agentId);
  const { id, state, counts } = batch;
  const act = (channel: Act): void => run(() => callMain(channel, { id }).then(onChanged, showFailure));
  const isOver = state === 'done' || state === 'cancelled';
  const retryable = failureCount(counts);
  return (
    <>
      {state === 'running' && <Button variant="default" loading={busy} leftSection={<IconPlayerPause size={17} aria-hidden />} onClick={() => act('batches.pause')}>Mettre en pause</Button>}
      {state === 'paused' && isOwner && <Button loading={busy} leftSection={<IconPlayerPlay size={17} aria-hidden />} onClick={() => act('batches.resume')}>Reprendre</Button>}
      {state === 'planned' && isOwner && <Button loading={busy} leftSection={<IconPlayerPlay size={17} aria-hidden />} onClick={() => act('batches.start')}>Lancer tout de suite</Button>}
      {state === 'done' && isOwner && retryable > 0 && <Button variant="default" loading={busy} leftSection={<IconRefresh size={17} aria-hidden />} onClick={() => act('batches.retryFailed')}>Relancer {retryable > 1 ? `les ${counted(retryable, 'échec')}` : 'l’échec'}</Button>}
      <ExportBatch batch={batch} />
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon variant="default" size={36} aria-label="Autres actions sur le lot"><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {!isOver && <Menu.Item c="var(--mantine-color-error)" onClick={() => setAsked('cancel')}>Annuler ce qui reste…</Menu.Item>}
          {state !== 'running' && <Menu.Item c="var(--mantine-color-error)" onClick={() => setAsked('remove')}>Oublier ce lot…</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asked === 'cancel'}
        title="Annuler ce qui reste"
        confirmLabel="Annuler ce qui reste"
        isDangerous
        onClose={() => setAsked(null)}
        onConfirm={async () => onChanged(await callMain('batches.cancel', { id }))}
      >
        {notSentSentence(counts.waiting)} Ce qui est déjà obtenu reste.
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'remove'}
        title="Oublier ce lot"
        confirmLabel="Oublier ce lot"
        isDangerous
        onClose={() => setAsked(null)}
        onConfirm={async () => {
          await callMain('batches.remove', { id });
          navigate({ name: 'batches' });
        }}
      >
        Les réponses et les documents restent dans le dossier, les traces dans l’historique. La grille du lot disparaît.
      </ConfirmDialog>
    </>
  );
}

function notSentSentence(waiting: number): string {
  if (waiting === 0) return 'Plus aucun appel n’attend\u00a0: le lot ne recommencera plus.';
  return `${counted(waiting, 'appel')} ne ${waiting > 1 ? 'partiront' : 'partira'} pas, et le lot ne recommencera plus.`;
}
