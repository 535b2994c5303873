import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';

import { type EventName, type EventPayload, IPC_CALL, IPC_EVENT } from '../shared/ipc';
import { dispatch, type DispatchOptions, failure } from './dispatch';

export type { CallContext, Handlers } from './dispatch';

/** The one door of main: the sender is checked first, then {@link dispatch} does the rest. */
export function registerIpc(options: () => Promise<DispatchOptions>, isTrustedSender: (event: IpcMainInvokeEvent) => boolean): void {
  ipcMain.handle(IPC_CALL, async (event, channelName: unknown, input: unknown) => {
    if (!isTrustedSender(event)) return failure('forbidden', "Cet appel ne vient pas de la fenêtre de l'application.");
    return dispatch(await options(), channelName, input);
  });
}

/** Sends an event to the window, when it is there. */
export function notify<E extends EventName>(target: WebContents | undefined, event: E, payload: EventPayload<E>): void {
  if (target && !target.isDestroyed()) target.send(IPC_EVENT, event, payload);
}
