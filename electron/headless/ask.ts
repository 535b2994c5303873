import type { ChannelInput, ChannelName, ChannelOutput } from '../../shared/ipc';

/** The door that screens use, with the same rights; throws an {@link IpcFailure} in words. */
export type Ask = <C extends ChannelName>(channel: C, input: ChannelInput<C>) => Promise<ChannelOutput<C>>;
