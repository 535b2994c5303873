import { Alert, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { hasRight, type Role } from '../../../shared/domain/rights';
import { callMain } from '../../app/bridge';
import { Dialog } from '../../components/dialog';
import { showDone, showFailure } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import { OutsideProofs } from './outside-proofs';
import { ProcessingRecord } from './processing-record';

/** How long traces are kept, what has passed its term, and what is kept elsewhere. */
export function RetentionPanel({ role }: { readonly role: Role }): ReactNode {
  const { value, problem } = useLoaded(() => callMain('journal.status', undefined), '');
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={200} aria-label="Lecture de la conservation" />;
  return (
    <Stack gap="lg" maw={820}>
      <section className="card panel" aria-labelledby="retention-title">
        <Title order={2} size="h3" id="retention-title">Durée de conservation : {value.retentionMonths} mois</Title>
        <Text mt="xs">
          Les conditions d’utilisation du service demandent de garder 36 mois la trace des accès. L’administration peut allonger cette durée ; elle ne
          peut pas la réduire.
        </Text>
        <Text mt="xs">
          Passé ce terme, les noms, les motifs et les entreprises sont effacés. L’enveloppe de chaque ligne reste, avec son empreinte : l’historique se
          vérifie toujours d’un bout à l’autre.
        </Text>
        {hasRight(role, 'journal.all') && <PurgeSection />}
      </section>
      <OutsideProofs status={value} />
      <ProcessingRecord />
    </Stack>
  );
}

function linesText(count: number): string {
  return `${count.toLocaleString('fr-FR')} ligne${count > 1 ? 's' : ''}`;
}

function PurgeSection(): ReactNode {
  const { value: summary, problem, reload } = useLoaded(() => callMain('journal.previewPurge', undefined), '');
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  if (problem !== null) return <Alert color="red" role="alert" mt="md">{problem}</Alert>;
  if (summary === null) return <Skeleton h={40} mt="md" aria-label="Recherche des lignes échues" />;
  if (summary.lineCount === 0) return <Alert color="teal" mt="md">Aucune ligne n’a dépassé ce terme.</Alert>;
  const purge = async (): Promise<void> => {
    setBusy(true);
    try {
      const done = await callMain('journal.purge', undefined);
      showDone('Fin de conservation appliquée', `${linesText(done.lineCount)} effacée${done.lineCount > 1 ? 's' : ''}.`);
      reload();
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
      <Dialog opened={asking} onClose={() => setAsking(false)} title="Effacer les traces échues ?">
        <Text size="sm">{linesText(summary.lineCount)} perdront leur contenu, sans retour possible. L’opération s’inscrit elle-même dans l’historique.</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>Annuler</Button>
          <Button color="red" loading={busy} onClick={() => void purge()}>Effacer {linesText(summary.lineCount)}</Button>
        </Group>
      </Dialog>
    </>
  );
}
