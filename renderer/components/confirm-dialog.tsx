import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';

import { Dialog } from './dialog';
import { useAction } from './use-action';

interface Props {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** What says itself once it is known: apart from what is said as the dialog opens, lest it be heard twice. */
  readonly cost?: ReactNode;
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  /** What was asked for, and can be stopped: Enter does it. */
  readonly isExpected?: boolean;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** Says what is about to happen; the refusal, if any, is read in the same place. Closes once done. */
export function ConfirmDialog({ opened, title, children, cost, confirmLabel, isDangerous = false, isExpected = false, onConfirm, onClose }: Props): ReactNode {
  const { busy, problem, run, forget } = useAction();
  const descriptionId = useId();
  const close = (): void => {
    forget();
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={title} descriptionId={descriptionId} centered>
      <Stack gap="md">
        {cost}
        <Text component="div" size="sm" id={descriptionId}>{children}</Text>
        {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus={isExpected ? undefined : true}>Annuler</Button>
          <Button
            data-autofocus={isExpected ? true : undefined}
            {...(isDangerous ? { color: 'red' } : {})}
            loading={busy}
            onClick={() => run(async () => {
              await onConfirm();
              close();
            })}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
