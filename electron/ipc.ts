import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';

import type { EventName, EventPayload } from '../shared/ipc';
import type { IpcResult } from '../shared/ipc/define';
import { IPC_CALL, IPC_EVENT } from '../shared/ipc/wire';
import { failure } from './ipc-failure';

export type { CallContext, Handlers } from './dispatch';

/** Answers a message whose sender is known. */
export type Door = (channelName: unknown, input: unknown) => Promise<IpcResult>;

/** The one door of main: the sender is checked first, then what is behind the door does the rest, as soon as it is there. */
export function registerIpc(door: Promise<Door>, isTrustedSender: (event: IpcMainInvokeEvent) => boolean): void {
  ipcMain.handle(IPC_CALL, async (event, channelName: unknown, input: unknown) => {
    if (!isTrustedSender(event)) return failure('forbidden', 'Cette demande ne vient pas de la fenêtre de l’application : elle est refusée. Relancez l’application ; si cela se reproduit, prévenez votre service informatique.');
    return (await door)(channelName, input);
  });
}

/** Sends an event to the window, when it is there. */
export function notify<E extends EventName>(target: WebContents | undefined, event: E, payload: EventPayload<E>): void {
  if (target && !target.isDestroyed()) target.send(IPC_EVENT, event, payload);
}
