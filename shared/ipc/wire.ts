/** Names of the two Electron channels that carry everything. Alone here: the preload and main's first lines read no schema. */
export const IPC_CALL = 'instruire:call';
export const IPC_EVENT = 'instruire:event';
