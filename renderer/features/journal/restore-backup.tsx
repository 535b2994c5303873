import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';

import { breakSentences } from '../../../shared/domain/journal';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain, messageOf, onMain } from '../../app/bridge';
import { Dialog } from '../../components/dialog';
import { ProgressBar } from '../../components/progress-bar';
import { SpokenProgress } from '../../components/spoken-progress';

type Checked = NonNullable<ChannelOutput<'journal.checkBackup'>>;

type State =
  | { readonly step: 'idle' }
  | { readonly step: 'checking'; readonly done: number; readonly total: number }
  | { readonly step: 'checked'; readonly backup: Checked }
  | { readonly step: 'restoring'; readonly backup: Checked }
  | { readonly step: 'failed'; readonly message: string };

const linesText = (count: number): string => `${count.toLocaleString('fr-FR')} ligne${count > 1 ? 's' : ''}`;

/** One restoration at a time: choose and verify, then decide. Leaving the screen stops the verification. */
function useRestoration() {
  const [state, setState] = useState<State>({ step: 'idle' });
  const restoreId = useRef('');
  const cancel = (): void => void callMain('journal.cancelExport', { exportId: restoreId.current }).catch(() => undefined);
  useEffect(
    () =>
      onMain('journal.exportProgress', ({ exportId, written, total }) => {
        if (exportId === restoreId.current) setState((before) => (before.step === 'checking' ? { step: 'checking', done: written, total } : before));
      }),
    [],
  );
  useEffect(() => cancel, []);
  const choose = async (): Promise<void> => {
    restoreId.current = crypto.randomUUID();
    setState({ step: 'checking', done: 0, total: 0 });
    try {
      const backup = await callMain('journal.checkBackup', { restoreId: restoreId.current });
      setState(backup === null ? { step: 'idle' } : { step: 'checked', backup });
    } catch (error) {
      setState({ step: 'failed', message: messageOf(error) });
    }
  };
  const restore = async (backup: Checked): Promise<void> => {
    setState({ step: 'restoring', backup });
    try {
      await callMain('journal.restore', { restoreId: restoreId.current });
    } catch (error) {
      setState({ step: 'failed', message: messageOf(error) });
    }
  };
  return { state, choose, cancel, restore, leave: () => setState({ step: 'idle' }) };
}

/** Puts a backup of the journal back in place, once verified and explained. */
export function RestoreBackup(): ReactNode {
  const { state, choose, cancel, restore, leave } = useRestoration();
  const descriptionId = useId();
  const backup = state.step === 'checked' || state.step === 'restoring' ? state.backup : null;
  return (
    <>
      <Button variant="default" loading={state.step === 'checking'} onClick={() => void choose()}>Restaurer une sauvegarde…</Button>
      {state.step === 'checking' && state.total > 0 && (
        <Group w="100%">
          <ProgressBar flex={1} miw={120} percent={(100 * state.done) / state.total} label="Avancement de la vérification de la sauvegarde" />
          <Text size="sm" role="status">Copie et vérification de la sauvegarde…</Text>
          <SpokenProgress done={state.done} total={state.total} />
          <Button variant="default" size="xs" onClick={cancel}>Arrêter</Button>
        </Group>
      )}
      {state.step === 'failed' && <Alert color="red" role="alert" w="100%">{state.message}</Alert>}
      <Dialog opened={backup !== null} onClose={leave} size="lg" title="Restaurer cette sauvegarde ?" descriptionId={descriptionId}>
        {backup !== null && <Decision descriptionId={descriptionId} backup={backup} busy={state.step === 'restoring'} onLeave={leave} onRestore={() => void restore(backup)} />}
      </Dialog>
    </>
  );
}

interface DecisionProps {
  readonly descriptionId: string;
  readonly backup: Checked;
  readonly busy: boolean;
  readonly onLeave: () => void;
  readonly onRestore: () => void;
}

function Decision({ descriptionId, backup, busy, onLeave, onRestore }: DecisionProps): ReactNode {
  const { report, fileName } = backup;
  const isUsable = report.ok && report.rowCount > 0;
  return (
    <Stack gap="sm">
      <Text size="sm">{fileName}</Text>
      {isUsable ? <WhatChanges descriptionId={descriptionId} backup={backup} /> : <WhyNot backup={backup} />}
      <Group justify="flex-end" mt="sm">
        <Button variant="default" data-autofocus onClick={onLeave} disabled={busy}>{isUsable ? 'Annuler' : 'Fermer'}</Button>
        {isUsable && <Button color="red" loading={busy} onClick={onRestore}>Restaurer et redémarrer</Button>}
      </Group>
    </Stack>
  );
}

function WhatChanges({ descriptionId, backup: { report, lastAt, isContained, presentSeq } }: Pick<DecisionProps, 'descriptionId' | 'backup'>): ReactNode {
  const until = lastAt === null ? '' : `, jusqu’au ${new Date(lastAt).toLocaleString('fr-FR', { dateStyle: 'short', timeStyle: 'short' })}`;
  const newer = presentSeq - report.toSeq;
  return (
    <>
      <Alert color="teal" title="Sauvegarde intacte">{linesText(report.rowCount)}{until}. La chaîne et les sceaux sont ceux de ce poste.</Alert>
      <Stack gap="sm" id={descriptionId}>
        <Text size="sm">
          {isContained
            ? `L’historique en cours continue cette sauvegarde : ${newer > 1 ? `ses ${linesText(newer)} plus récentes ne se verront` : 'sa dernière ligne ne se verra'} plus ici.`
            : `L’historique en cours (${linesText(presentSeq)}) est une autre suite que cette sauvegarde : il ne se verra plus ici.`}
        </Text>
        <Text size="sm">
          Rien n’est détruit : l’historique en cours est gardé à côté, sous un nom daté. Ce fichier reste à conserver jusqu’à la fin de sa durée de
          conservation. La restauration s’inscrit dans les deux historiques, avec votre nom.
        </Text>
        <Text size="sm" fw={600}>Instruire redémarre aussitôt. Les appels en cours sont interrompus.</Text>
      </Stack>
    </>
  );
}

function WhyNot({ backup: { report } }: { readonly backup: Checked }): ReactNode {
  return (
    <Alert color="red" role="alert" title="Cette sauvegarde ne peut pas être restaurée">
      {whyNot(report.break)}
    </Alert>
  );
}

function whyNot(found: Checked['report']['break']): string {
  if (found === null) return 'Elle ne contient aucune ligne. Choisissez une autre sauvegarde et prévenez l’auditeur.';
  const place = `Ligne ${found.seq.toLocaleString('fr-FR')} :`;
  if (found.kind !== 'foreign_seal') return `${place} ${breakSentences[found.kind]} Choisissez une autre sauvegarde et prévenez l’auditeur.`;
  return `${place} l’historique de ce poste n’a jamais eu la clé de ce sceau. La sauvegarde vient d’un autre poste, ou d’avant une réinstallation qui n’a gardé ni le trousseau ni l’historique. Restaurez-la sur le poste qui l’a faite ; à défaut, conservez le fichier et prévenez l’auditeur.`;
}
