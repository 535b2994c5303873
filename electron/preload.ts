import { contextBridge, ipcRenderer } from 'electron';

import type { InstruireBridge } from '../shared/ipc';
import { IPC_CALL, IPC_EVENT } from '../shared/ipc/wire';

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
