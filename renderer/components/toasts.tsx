import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

import { messageOf } from '../app/bridge';

/** Says in passing that something failed; stays longer than a confirmation, as it must be read. */
export function showFailure(error: unknown): void {
  notifications.show({ role: 'alert', color: 'red', title: 'Action impossible', message: messageOf(error), autoClose: 12_000, closeButtonProps: { 'aria-label': 'Fermer' } });
}

export function showDone(title: string, message: string): void {
  notifications.show({ role: 'status', color: 'teal', title, message, autoClose: 8_000, closeButtonProps: { 'aria-label': 'Fermer' } });
}

/** Says that what is shown was asked for by another program. */
export function showLink(message: string): void {
  notifications.show({ role: 'status', color: 'ink', title: 'Lien extérieur', message, autoClose: 12_000, closeButtonProps: { 'aria-label': 'Fermer' } });
}

/** Paused by the library while the pointer or the focus is on the message (WCAG 2.2.1, timing adjustable). */
const UNDO_MS = 20_000;

/** Says what was done and offers the way back for a while. */
export function showUndo(message: string, undoLabel: string, undo: () => void): void {
  const id = crypto.randomUUID();
  const run = (): void => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    role: 'status',
    color: 'ink',
    autoClose: UNDO_MS,
    closeButtonProps: { 'aria-label': 'Fermer' },
    message: (
      <>
        {message} <Button variant="subtle" size="compact-sm" onClick={run}>{undoLabel}</Button>
      </>
    ),
  });
}
