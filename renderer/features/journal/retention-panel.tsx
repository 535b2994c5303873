import { Alert, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useId, useState } from 'react';

import { dayText, parisDay } from '../../../shared/domain/days';
import { PURGE_ID } from '../../../shared/domain/journal';
import { hasRight, type Role } from '../../../shared/domain/rights';
import { callMain, onMain } from '../../app/bridge';
import { Dialog } from '../../components/dialog';
import { countText } from '../../components/export-menu';
import { ProgressBar } from '../../components/progress-bar';
import { SpokenProgress } from '../../components/spoken-progress';
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
        <Text mt="xs">L’application s’en charge d’elle-même, à chaque démarrage puis chaque jour.</Text>
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

interface Advance {
  readonly written: number;
  readonly total: number;
}

/** What is due, and the purge that runs, whoever began it and whenever; nothing due is said anew before the next answer. */
function usePurge() {
  const { value: summary, problem, replace, reload } = useLoaded(() => callMain('journal.previewPurge', undefined), '');
  const [told, setTold] = useState<Advance | null>(null);
  const readAnew = useCallback(async (): Promise<void> => {
    try {
      replace(await callMain('journal.previewPurge', undefined));
    } catch {
      // Read once more, by what shows why it cannot be.
      reload();
    }
    setTold(null);
  }, [replace, reload]);
  useEffect(() => onMain('journal.exportProgress', ({ exportId, written, total }) => {
    if (exportId !== PURGE_ID) return;
    setTold({ written, total });
    if (written === total) void readAnew();
  }), [readAnew]);
  const purge = async (): Promise<void> => {
    setTold({ written: 0, total: 0 });
    try {
      const { lineCount } = await callMain('journal.purge', undefined);
      showDone('Fin de conservation appliquée', `${linesText(lineCount)} effacée${lineCount > 1 ? 's' : ''}.`);
    } catch (error) {
      showFailure(error);
    } finally {
      await readAnew();
    }
  };
  return { summary, problem, progress: told ?? summary?.running ?? null, purge };
}

function PurgeSection(): ReactNode {
  const { summary, problem, progress, purge } = usePurge();
  const [asking, setAsking] = useState(false);
  const descriptionId = useId();
  if (progress !== null) return <RunningPurge progress={progress} />;
  if (problem !== null) return <Alert color="red" role="alert" mt="md">{problem}</Alert>;
  if (summary === null) return <Skeleton h={40} mt="md" aria-label="Recherche des lignes échues" />;
  if (summary.lineCount === 0) return <Alert color="teal" mt="md">Aucune ligne n’est à effacer pour l’instant.</Alert>;
  const { lineCount, throughSeq, before } = summary;
  return (
    <>
      <Alert color="amber" mt="md" title={`${linesText(lineCount)} à effacer`}>
        Celles d’avant le {dayText(parisDay(before))}, jusqu’à la ligne {throughSeq.toLocaleString('fr-FR')} comprise.
      </Alert>
      <Button mt="md" variant="default" onClick={() => setAsking(true)}>Appliquer la fin de conservation…</Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title="Effacer les traces échues ?" descriptionId={descriptionId}>
        <Text size="sm" id={descriptionId}>{linesText(lineCount)} {lineCount > 1 ? 'perdront leur' : 'perdra son'} contenu, sans retour possible : une fois commencé, l’effacement ne s’annule plus. L’opération s’inscrit elle-même dans l’historique.</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>Annuler</Button>
          <Button color="red" onClick={() => { setAsking(false); void purge(); }}>Effacer {linesText(lineCount)}</Button>
        </Group>
      </Dialog>
    </>
  );
}

function RunningPurge({ progress }: { readonly progress: Advance }): ReactNode {
  return (
    <>
      <Group mt="md">
        <Text size="sm">Effacement en cours{progress.total > 0 && `\u00a0: ${countText(progress)}`}</Text>
        <ProgressBar flex={1} miw={120} percent={progress.total > 0 ? (100 * progress.written) / progress.total : 0} label="Avancement de l’effacement" />
        <SpokenProgress done={progress.written} total={progress.total} />
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        Il ne s’annule plus : l’historique l’a déjà inscrit, et ces lignes n’y paraissent plus. Vous pouvez quitter cet écran, et même fermer l’application :
        il reprend au démarrage suivant.
      </Text>
    </>
  );
}
