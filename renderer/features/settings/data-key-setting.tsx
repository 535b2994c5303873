import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain, onMain } from '../../app/bridge';
import { loadStart } from '../../app/session-store';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { ProgressBar } from '../../components/progress-bar';
import { SpokenProgress } from '../../components/spoken-progress';
import { showDone, showFailure } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import { SettingCard } from './setting-card';

type State = ChannelOutput<'dataKey.state'>;
type Progressing = NonNullable<State['running']>;

const SUMMARY =
  'Les réponses et les documents gardés sur ce poste sont chiffrés par une clé que protège le trousseau du système. La changer chiffre tout à nouveau\u00a0; vous pouvez continuer à travailler, arrêter et reprendre plus tard.';

/** A new key on demand, with what is under way and what was stopped; a responsable alone sees it. */
export function DataKeySetting(): ReactNode {
  const { value, problem, reload } = useLoaded(() => callMain('dataKey.state', undefined), '');
  const [progress, setProgress] = useState<Progressing | null>(null);
  useEffect(() => onMain('dataKey.progress', setProgress), []);
  const running = progress ?? value?.running ?? null;
  const rotate = async (): Promise<void> => {
    setProgress({ done: 0, total: 0 });
    try {
      tellEnd(await callMain('dataKey.rotate', undefined));
    } catch (error) {
      showFailure(error);
    } finally {
      setProgress(null);
      reload();
    }
  };
  return (
    <SettingCard title="Clé des données" summary={SUMMARY}>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value !== null && value.problem !== null && <KeyGone reason={value.problem} onStartedAgain={reload} />}
      {running !== null && <Running progress={running} />}
      {value !== null && value.problem === null && running === null && <Change isUnfinished={value.isUnfinished} onRotate={() => void rotate()} />}
    </SettingCard>
  );
}

function tellEnd({ outcome, resealed, unopened }: ChannelOutput<'dataKey.rotate'>): void {
  if (outcome === 'cancelled') {
    showDone('Changement de clé arrêté', 'Rien n’est perdu : tout s’ouvre encore. Reprenez-le quand vous voulez.');
    return;
  }
  const rest = unopened === 0 ? '' : ` ${unopened} n’ont pas pu être ouverts et restent tels quels.`;
  showDone('Clé changée', `${resealed} réponses et documents sont chiffrés par la nouvelle clé.${rest}`);
}

function Change({ isUnfinished, onRotate }: { readonly isUnfinished: boolean; readonly onRotate: () => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  return (
    <Stack gap="sm" align="flex-start">
      {isUnfinished && (
        <Alert color="amber" role="status">Le dernier changement de clé s’est arrêté avant la fin. Tout s’ouvre, mais l’ancienne clé sert encore.</Alert>
      )}
      <Button variant="default" onClick={() => (isUnfinished ? onRotate() : setAsking(true))}>{isUnfinished ? 'Reprendre le changement' : 'Changer la clé…'}</Button>
      <ConfirmDialog
        opened={asking}
        title="Changer la clé des données ?"
        confirmLabel="Changer la clé"
        onConfirm={() => {
          setAsking(false);
          onRotate();
          return Promise.resolve();
        }}
        onClose={() => setAsking(false)}
      >
        Tout ce qui est gardé sera chiffré à nouveau, puis l’ancienne clé sera effacée : les sauvegardes faites avec elle ne s’ouvriront plus. Le changement est inscrit dans l’historique.
      </ConfirmDialog>
    </Stack>
  );
}

function Running({ progress }: { readonly progress: Progressing }): ReactNode {
  const { done, total } = progress;
  return (
    <Group gap="md" wrap="nowrap">
      <Stack gap={4} style={{ flex: 1 }}>
        <Text size="sm">{total === 0 ? 'Préparation…' : `${done} sur ${total} réponses et documents`}</Text>
        <ProgressBar percent={total === 0 ? null : (100 * done) / total} label="Changement de clé" />
        <SpokenProgress done={done} total={total} />
      </Stack>
      <Button variant="default" onClick={() => void callMain('dataKey.cancel', undefined).catch(showFailure)}>Arrêter</Button>
    </Group>
  );
}

function KeyGone({ reason, onStartedAgain }: { readonly reason: NonNullable<State['problem']>; readonly onStartedAgain: () => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  return (
    <Stack gap="sm" align="flex-start">
      <Alert color="red" role="alert" title={reason === 'missing' ? 'La clé n’est plus sur ce poste' : 'Le trousseau n’ouvre pas la clé'}>
        Les réponses et les documents restent listés, mais fermés. Remettez d’abord le fichier « data.key » d’une sauvegarde, ou le trousseau d’origine, puis relancez Instruire.
      </Alert>
      <Button variant="default" onClick={() => setAsking(true)}>Repartir avec une nouvelle clé…</Button>
      <ConfirmDialog
        opened={asking}
        title="Repartir avec une nouvelle clé ?"
        confirmLabel="Créer une nouvelle clé"
        onConfirm={async () => {
          await callMain('dataKey.startAgain', undefined);
          showDone('Nouvelle clé créée', 'Ce qui arrive désormais est de nouveau gardé.');
          onStartedAgain();
          await loadStart();
        }}
        onClose={() => setAsking(false)}
      >
        Ce que vous recevrez sera de nouveau gardé. Ce qui existe reste fermé, sauf si l’ancienne clé revient : copiée dans le dossier des données sous un nom comme « data-sauvegarde.key », elle l’ouvrira.
      </ConfirmDialog>
    </Stack>
  );
}
