import { notifications } from '@mantine/notifications';

import { messageOf } from '../app/bridge';

/** Says in passing that something failed; stays longer than a confirmation, as it must be read. */
export function showFailure(error: unknown): void {
  notifications.show({ color: 'red', title: 'Action impossible', message: messageOf(error), autoClose: 12_000, closeButtonProps: { 'aria-label': 'Fermer' } });
}

export function showDone(title: string, message: string): void {
  notifications.show({ color: 'teal', title, message, autoClose: 8_000, closeButtonProps: { 'aria-label': 'Fermer' } });
}
