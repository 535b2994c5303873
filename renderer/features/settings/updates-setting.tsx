import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

import type { ChannelOutput, EventPayload } from '../../../shared/ipc';
import { callMain, onMain } from '../../app/bridge';
import { ProgressBar } from '../../components/progress-bar';
import { SpokenProgress } from '../../components/spoken-progress';
import { showDone, showFailure } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { useLoaded } from '../../components/use-loaded';
import { SettingCard } from './setting-card';

type Found = NonNullable<ChannelOutput<'updates.check'>>;
type Source = ChannelOutput<'updates.state'>['source'];

const reasons: Readonly<Record<Exclude<Source, 'ready'>, string>> = {
  off: 'Votre organisation installe elle-même les mises à jour : elles ne se cherchent pas d’ici.',
  no_address: 'Aucune adresse de mise à jour n’est indiquée dans la politique du poste : votre service informatique peut en donner une.',
  no_key: 'Cette version n’est pas publiée par un éditeur : elle ne reçoit pas de mise à jour. Une organisation qui prépare ses installateurs peut en donner la clé dans la politique du poste.',
};

const SUMMARY = 'Rien n’est cherché ni installé sans vous\u00a0: vous lisez ce qui change, vous choisissez où enregistrer l’installateur, dont la signature est vérifiée, et vous le lancez vous-même.';

export function UpdatesSetting(): ReactNode {
  const { value, problem } = useLoaded(() => callMain('updates.state', undefined), '');
  return (
    <SettingCard title="Mises à jour" summary={value?.source === 'ready' ? SUMMARY : undefined}>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value !== null && value.source !== 'ready' && <Text>{reasons[value.source]}</Text>}
      {value?.source === 'ready' && <Check currentVersion={value.currentVersion} />}
    </SettingCard>
  );
}

function Check({ currentVersion }: { readonly currentVersion: string }): ReactNode {
  const [found, setFound] = useState<Found | 'none' | null>(null);
  const checking = useAction();
  return (
    <Stack gap="sm" align="flex-start">
      <Button variant="default" loading={checking.busy} onClick={() => checking.run(async () => setFound((await callMain('updates.check', undefined)) ?? 'none'))}>Chercher une mise à jour</Button>
      {checking.problem !== null && <Alert color="red" role="alert">{checking.problem.message}</Alert>}
      {found === 'none' && <Text role="status">La version {currentVersion} est la dernière.</Text>}
      {found !== null && found !== 'none' && <Offer found={found} />}
    </Stack>
  );
}

function Offer({ found }: { readonly found: Found }): ReactNode {
  const [progress, setProgress] = useState<EventPayload<'updates.progress'> | null>(null);
  const saving = useAction();
  useEffect(() => onMain('updates.progress', setProgress), []);
  const save = async (): Promise<void> => {
    try {
      const saved = await callMain('updates.download', undefined);
      if (saved !== null) showDone('Installateur enregistré', `${saved.path} : sa signature est vérifiée. Fermez Instruire, puis lancez-le.`);
    } finally {
      setProgress(null);
    }
  };
  return (
    <Alert color="ink" title={<span role="status">Version {found.version} disponible</span>} w="100%">
      <Stack gap="sm" align="flex-start">
        <List size="sm">{found.notes.map((note) => <List.Item key={note}>{note}</List.Item>)}</List>
        {found.minimumSystem !== null && <Text size="sm">Système demandé : {found.minimumSystem}.</Text>}
        {progress !== null && <ProgressBar w="100%" percent={(100 * progress.receivedBytes) / progress.totalBytes} label="Téléchargement de l’installateur" />}
        {progress !== null && <SpokenProgress done={progress.receivedBytes} total={progress.totalBytes} />}
        <Group>
          <Button size="xs" loading={saving.busy} onClick={() => saving.run(save)}>Enregistrer l’installateur…</Button>
          {progress !== null && <Button size="xs" variant="default" onClick={() => void callMain('updates.cancel', undefined).catch(showFailure)}>Arrêter</Button>}
        </Group>
        {saving.problem !== null && <Text c="var(--mantine-color-error)" role="alert">{saving.problem.message}</Text>}
      </Stack>
    </Alert>
  );
}
