import { Alert, Button, Group, Modal, Skeleton, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { showDone, showFailure } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';

type Summary = ChannelOutput<'journal.previewPurge'>;

/** How long traces are kept, what has passed its term, and what then goes. */
export function RetentionPanel(): ReactNode {
  const { value, problem, reload } = useLoaded(() => callMain('journal.previewPurge', undefined), '');
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={200} aria-label="Lecture de la conservation" />;
  return (
    <Stack gap="lg" maw={820}>
      <section className="card panel" aria-labelledby="retention-title">
        <Title order={2} size="h3" id="retention-title">Durée de conservation : {value.months} mois</Title>
        <Text mt="xs">
          Les conditions d’utilisation du service demandent de garder 36 mois la trace des accès. L’administration peut allonger cette durée ; elle ne
          peut pas la réduire.
        </Text>
        <Text mt="xs">
          Passé ce terme, les noms, les motifs et les entreprises sont effacés. L’enveloppe de chaque ligne reste, avec son empreinte : l’historique se
          vérifie toujours d’un bout à l’autre.
        </Text>
        <PurgeSection summary={value} onPurged={reload} />
      </section>
    </Stack>
  );
}

function linesText(count: number): string {
  return `${count.toLocaleString('fr-FR')} ligne${count > 1 ? 's' : ''}`;
}

function PurgeSection({ summary, onPurged }: { readonly summary: Summary; readonly onPurged: () => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  if (summary.lineCount === 0) return <Alert color="teal" mt="md">Aucune ligne n’a dépassé ce terme.</Alert>;
  const purge = async (): Promise<void> => {
    setBusy(true);
    try {
      const done = await callMain('journal.purge', undefined);
      showDone('Fin de conservation appliquée', `${linesText(done.lineCount)} effacée${done.lineCount > 1 ? 's' : ''}.`);
      onPurged();
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };
  return (
    <>
      <Alert color="amber" mt="md" title={`${linesText(summary.lineCount)} à effacer`}>Jusqu’à la ligne {summary.throughSeq.toLocaleString('fr-FR')} comprise.</Alert>
      <Button mt="md" variant="default" onClick={() => setAsking(true)}>Appliquer la fin de conservation…</Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Effacer les traces échues ?" closeButtonProps={{ 'aria-label': 'Fermer' }}>
        <Text size="sm">{linesText(summary.lineCount)} perdront leur contenu, sans retour possible. L’opération s’inscrit elle-même dans l’historique.</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>Annuler</Button>
          <Button color="red" loading={busy} onClick={() => void purge()}>Effacer {linesText(summary.lineCount)}</Button>
        </Group>
      </Modal>
    </>
  );
}
