import { Alert, Button, Group, List, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { CopyTextButton } from '../../components/copy-button';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { type Habilitation, keepHabilitation } from './habilitations-store';

type Stopped = ChannelOutput<'habilitations.stopToken'>;

interface Props {
  readonly habilitation: Habilitation;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** « Jeton compromis »: stop first, then tell the operator, with a message ready to send. */
export function TokenStopDialog({ habilitation, opened, onClose }: Props): ReactNode {
  const [stopped, setStopped] = useState<Stopped | null>(null);
  const descriptionId = useId();
  const close = (): void => {
    setStopped(null);
    onClose();
  };
  return (
    // The message is prepared once: a slip of the mouse must not lose it.
    <Dialog
      opened={opened}
      onClose={close}
      descriptionId={descriptionId}
      size="lg"
      centered
      closeOnClickOutside={stopped === null}
      closeOnEscape={stopped === null}
      withCloseButton={stopped === null}
      title={stopped ? 'Jeton arrêté : prévenez API Entreprise' : 'Jeton compromis\u00a0?'}
    >
      {stopped ? <OperatorMessage descriptionId={descriptionId} stopped={stopped} onClose={close} /> : <Confirmation descriptionId={descriptionId} habilitation={habilitation} onClose={close} onStopped={setStopped} />}
    </Dialog>
  );
}

interface ConfirmationProps {
  readonly descriptionId: string;
  readonly habilitation: Habilitation;
  readonly onClose: () => void;
  readonly onStopped: (stopped: Stopped) => void;
}

function Confirmation({ descriptionId, habilitation, onClose, onStopped }: ConfirmationProps): ReactNode {
  const { busy, problem, run } = useAction();
  const stop = (): void =>
    run(async () => {
      const stopped = await callMain('habilitations.stopToken', { id: habilitation.id });
      keepHabilitation(stopped.habilitation);
      onStopped(stopped);
    });
  return (
    <Stack gap="md">
      <Stack gap="md" id={descriptionId}>
        <Text size="sm">Un jeton est compromis dès qu’il a pu être lu par une autre personne : envoyé par courriel, collé dans un moteur de recherche, laissé sur un poste perdu ou volé. En confirmant :</Text>
        <List size="sm" type="ordered" spacing={4}>
          <List.Item>son usage s’arrête tout de suite et il est effacé de ce poste ;</List.Item>
          <List.Item>les consultations de « {habilitation.title} » {habilitation.hasStagedToken === true ? 'continuent avec le jeton qui attendait' : 's’arrêtent jusqu’au prochain jeton'} ;</List.Item>
          <List.Item>un message à API Entreprise, qui le révoquera, vous est préparé.</List.Item>
        </List>
      </Stack>
      {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>Annuler</Button>
        <Button color="red" loading={busy} onClick={stop}>Arrêter ce jeton</Button>
      </Group>
    </Stack>
  );
}

function OperatorMessage({ descriptionId, stopped, onClose }: { readonly descriptionId: string; readonly stopped: Stopped; readonly onClose: () => void }): ReactNode {
  const { operatorEmail, subject, body } = stopped;
  return (
    <Stack gap="sm">
      <Alert color="red" id={descriptionId}>Le jeton ne sert plus sur ce poste. Il reste valable ailleurs tant qu’API Entreprise ne l’a pas révoqué : envoyez ce message sans attendre.</Alert>
      <TextInput label="Destinataire" value={operatorEmail} readOnly />
      <TextInput label="Objet du message" value={subject} readOnly />
      <Textarea label="Message" value={body} readOnly autosize minRows={8} maxRows={16} />
      <Group justify="flex-end">
        <CopyTextButton text={`À : ${operatorEmail}\nObjet : ${subject}\n\n${body}`} label="Copier le message" />
        <Button onClick={onClose}>Fermer</Button>
      </Group>
    </Stack>
  );
}
