import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';

import type { Agent } from '../../../shared/domain/agent';
import { CopyTextButton } from '../../components/copy-button';
import { Dialog } from '../../components/dialog';

/** A temporary password on its way to its owner. */
export interface HandOver {
  readonly agent: Agent;
  readonly temporaryPassword: string;
}

/** Shown once: nothing keeps the password after the dialog closes. */
export function TemporaryPasswordDialog({ handOver, onClose }: { readonly handOver: HandOver | null; readonly onClose: () => void }): ReactNode {
  const descriptionId = useId();
  return (
    <Dialog
      opened={handOver !== null}
      descriptionId={descriptionId}
      onClose={onClose}
      title="Mot de passe provisoire"
      centered
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      {handOver && (
        <Stack gap="md">
          <Text size="sm" id={descriptionId}>À remettre à {handOver.agent.displayName} (identifiant : <b>{handOver.agent.login}</b>), de vive voix ou sur papier.</Text>
          <Code block fz="lg" ta="center" role="group" aria-label="Mot de passe provisoire">{handOver.temporaryPassword}</Code>
          <Alert color="amber">Il ne sera plus affiché. Sa première connexion demandera d’en choisir un autre.</Alert>
          <Group justify="flex-end">
            <CopyTextButton text={handOver.temporaryPassword} label="Copier" />
            <Button onClick={onClose} data-autofocus>J’en ai pris note</Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
