import { Button, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { showDone, showFailure } from '../../components/toasts';
import { RestoreBackup } from './restore-backup';

type Status = ChannelOutput<'journal.status'>;

/** What fixes the state of the journal outside this workstation: a copy, a timestamp. */
export function OutsideProofs({ status }: { readonly status: Status }): ReactNode {
  const [busy, setBusy] = useState<'copy' | 'stamp' | null>(null);
  const [lastAnchor, setLastAnchor] = useState(status.lastAnchor);
  const run = async (what: 'copy' | 'stamp', act: () => Promise<void>): Promise<void> => {
    setBusy(what);
    await act().catch(showFailure);
    setBusy(null);
  };
  const backUp = async (): Promise<void> => {
    const saved = await callMain('journal.backUp', undefined);
    if (saved) showDone('Historique sauvegardé', saved.path);
  };
  const stamp = async (): Promise<void> => {
    const anchor = await callMain('journal.anchor', undefined);
    setLastAnchor(anchor);
    showDone('Historique horodaté', `Jusqu’à la ligne ${anchor.seq.toLocaleString('fr-FR')}, par ${anchor.authority}.`);
  };
  return (
    <section className="card panel" aria-labelledby="outside-proofs">
      <Title order={2} size="h3" id="outside-proofs">Copie et horodatage</Title>
      <Text mt="xs">Une copie gardée ailleurs, ou un horodatage extérieur, fixe l’état de l’historique à une date que ce poste ne peut plus changer.</Text>
      {lastAnchor !== null && <Text mt="xs" size="sm">Dernier horodatage : ligne {lastAnchor.seq.toLocaleString('fr-FR')}, par {lastAnchor.authority}, le {new Date(lastAnchor.stampedAt).toLocaleString('fr-FR', { dateStyle: 'short', timeStyle: 'short' })}.</Text>}
      <Group mt="md">
        <Button variant="default" loading={busy === 'copy'} onClick={() => void run('copy', backUp)}>Sauvegarder l’historique…</Button>
        <RestoreBackup />
        {status.timestampAuthority !== null && <Button variant="default" loading={busy === 'stamp'} onClick={() => void run('stamp', stamp)}>Horodater par {status.timestampAuthority}</Button>}
      </Group>
      {status.timestampAuthority === null && <Text mt="xs" size="sm" c="dimmed">Aucune autorité d’horodatage n’est réglée : votre service informatique peut en indiquer une dans la configuration du poste.</Text>}
    </section>
  );
}
