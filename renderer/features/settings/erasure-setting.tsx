import { Alert, Button, Checkbox, Code, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useId, useState } from 'react';

import type { ChannelOutput, EventPayload } from '../../../shared/ipc';
import { ERASURE_EXPORT_ID, ERASURE_WORD } from '../../../shared/ipc/erasure';
import { callMain, onMain } from '../../app/bridge';
import { CopyTextButton } from '../../components/copy-button';
import { Dialog } from '../../components/dialog';
import { ProgressBar } from '../../components/progress-bar';
import { SpokenProgress } from '../../components/spoken-progress';
import { showFailure } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { useFocusOnArrival } from '../../components/use-focus-on-arrival';
import { useLoaded } from '../../components/use-loaded';
import { SettingCard } from './setting-card';

type Prepared = ChannelOutput<'erasure.prepare'>;
type Head = Prepared['head'];
type Saved = NonNullable<ChannelOutput<'erasure.saveJournal'>>;

/** The end of a workstation; a responsable alone sees it. */
export function ErasureSetting(): ReactNode {
  const [opened, setOpened] = useState(false);
  return (
    <SettingCard title="Effacer ce poste" summary="Avant de rendre ou de réattribuer ce poste : comptes, dossiers, documents, historique, jetons, clés et réglages de cette session disparaissent.">
      <Button variant="default" c="var(--mantine-color-error)" h="auto" mih={36} styles={{ label: { whiteSpace: 'normal' } }} onClick={() => setOpened(true)}>Effacer toutes les données de ce poste…</Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} size="lg" title="Effacer toutes les données de ce poste">
        {opened && <Erasure onClose={() => setOpened(false)} />}
      </Dialog>
    </SettingCard>
  );
}

function Erasure({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { value, problem } = useLoaded(() => callMain('erasure.prepare', undefined), '');
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={320} aria-label="Lecture de ce que garde ce poste" />;
  return <Decision prepared={value} onClose={onClose} />;
}

function Decision({ prepared, onClose }: { readonly prepared: Prepared; readonly onClose: () => void }): ReactNode {
  const [saved, setSaved] = useState<Saved | null>(null);
  const [isGivenUp, setIsGivenUp] = useState(false);
  const [word, setWord] = useState('');
  const saving = useAction();
  // Read after the dialog has opened: what the law asks is said with the button that then takes the focus.
  const dutyId = useId();
  const leave = useFocusOnArrival<HTMLButtonElement>();
  const erasing = useAction();
  const isReady = !saving.busy && (saved !== null || isGivenUp) && word.trim().toUpperCase() === ERASURE_WORD;
  return (
    <Stack gap="md">
      <Duty id={dutyId} prepared={prepared} />
      <Stack gap="xs" align="flex-start">
        <Text fw={600}>1. Garder l’historique</Text>
        <Text size="sm">Une copie complète, qui se vérifie sans Instruire (scripts/verify-journal.mjs). Remettez-la au responsable des traces avec l’empreinte ci-dessous.</Text>
        <Button variant={saved === null ? 'filled' : 'default'} loading={saving.busy} onClick={() => saving.run(async () => setSaved((await callMain('erasure.saveJournal', undefined)) ?? saved))}>Enregistrer l’historique…</Button>
        {saving.busy && <SavingProgress />}
        {saving.problem !== null && <Alert color="red" role="alert">{saving.problem.message}</Alert>}
        {saved !== null && <Text size="sm" role="status" style={{ overflowWrap: 'anywhere' }}>Enregistré sous {saved.path}.</Text>}
        {saved === null && <Checkbox label="Je renonce à garder l’historique de ce poste" checked={isGivenUp} onChange={(event) => setIsGivenUp(event.currentTarget.checked)} />}
        <Proof head={saved?.head ?? prepared.head} sha256={saved?.sha256 ?? null} />
      </Stack>
      <Stack gap="xs">
        <Text fw={600}>2. Confirmer</Text>
        <TextInput label={`Tapez ${ERASURE_WORD} pour confirmer`} description="Instruire se ferme, efface tout, puis s’ouvre comme au premier jour. Rien ne se récupère." maw={320} autoComplete="off" value={word} onChange={(event) => setWord(event.currentTarget.value)} />
      </Stack>
      {erasing.problem !== null && <Alert color="red" role="alert">{erasing.problem.message}</Alert>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} ref={leave} aria-describedby={dutyId}>Annuler</Button>
        <Button color="red" disabled={!isReady} loading={erasing.busy} onClick={() => erasing.run(async () => void (await callMain('erasure.run', { word: ERASURE_WORD, isJournalGivenUp: saved === null })))}>Tout effacer</Button>
      </Group>
    </Stack>
  );
}

/** Leaving the dialog stops the copy. */
function SavingProgress(): ReactNode {
  const [progress, setProgress] = useState<EventPayload<'journal.exportProgress'> | null>(null);
  const stop = (): void => void callMain('erasure.cancelSave', undefined).catch(showFailure);
  useEffect(() => onMain('journal.exportProgress', (next) => next.exportId === ERASURE_EXPORT_ID && setProgress(next)), []);
  useEffect(() => stop, []);
  const { written, total } = progress ?? { written: 0, total: 0 };
  return (
    <Group w="100%">
      <ProgressBar flex={1} miw={120} percent={total === 0 ? 0 : (100 * written) / total} label="Enregistrement de l’historique" />
      {total > 0 && <Text size="sm">{written.toLocaleString('fr-FR')} sur {counted(total, 'ligne')}</Text>}
      <SpokenProgress done={written} total={total} />
      <Button variant="default" size="xs" onClick={stop}>Arrêter l’enregistrement</Button>
    </Group>
  );
}

/** What the law asks is said before anything is offered. */
function Duty({ id, prepared: { retentionMonths, head, dossierCount, documentCount, answerCount } }: { readonly id: string; readonly prepared: Prepared }): ReactNode {
  return (
    <Alert id={id} color="red" role="note" title={`Les traces doivent être conservées ${retentionMonths} mois`}>
      <Stack gap={4}>
        <Text size="sm">Votre organisation doit pouvoir justifier chaque appel à API Entreprise pendant toute cette durée. Si ce poste est le seul à garder cet historique, enregistrez-le d’abord.</Text>
        <Text size="sm">Ce poste garde {head.seq.toLocaleString('fr-FR')} lignes d’historique, {counted(dossierCount, 'dossier')}, {counted(documentCount, 'document')} et {counted(answerCount, 'réponse')}.</Text>
      </Stack>
    </Alert>
  );
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('fr-FR')} ${noun}${count > 1 ? 's' : ''}`;
}

/** What proves, once the workstation is empty, that a copy is the whole of what it kept. */
function Proof({ head, sha256 }: { readonly head: Head; readonly sha256: string | null }): ReactNode {
  const text = [
    `Dernière ligne : ${head.seq}`,
    `Empreinte : ${head.hash}`,
    `Scellée le : ${head.at}`,
    `Signature : ${head.signature}`,
    ...(sha256 === null ? [] : [`SHA-256 de la copie : ${sha256}`]),
    head.publicKeyPem.trim(),
  ].join('\n');
  return (
    <Stack gap={4} w="100%">
      <Group justify="space-between">
        <Text size="sm" fw={560}>Tête de l’historique et son sceau</Text>
        <CopyTextButton text={text} label="Copier" />
      </Group>
      <Code block tabIndex={0} role="region" aria-label="Tête de l’historique et son sceau" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: 130, overflow: 'auto' }}>{text}</Code>
    </Stack>
  );
}
