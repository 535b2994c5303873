import { contextBridge, ipcRenderer } from 'electron';

import type { InstruireBridge } from '../shared/ipc';

// Written out, not imported: the preload carries no library into the sandboxed world.
const IPC_CALL = 'instruire:call';
const IPC_EVENT = 'instruire:event';

const bridge: InstruireBridge = {
  call: (channel, input) => ipcRenderer.invoke(IPC_CALL, channel, input),
  on: (event, listener) => {
    const forward = (_: unknown, name: string, payload: unknown): void => {
      if (name === event) listener(payload);
    };
    ipcRenderer.on(IPC_EVENT, forward);
    return () => ipcRenderer.off(IPC_EVENT, forward);
  },
};

contextBridge.exposeInMainWorld('instruire', bridge);
