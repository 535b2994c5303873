import type { ChannelName } from '../../shared/ipc';
import type { DispatchOptions, Handlers } from '../dispatch';
import type { Host } from '../host';
import type { FirstStores } from './first-stores';
import { startStateOf } from './start-state';

/**
 * What the first screen asks, answered from the first stores while the others are still to be opened and all that works
 * behind a session is to be read: nobody is signed in yet. Every other message waits for the whole.
 */
export function firstAnswers(host: Host, stores: FirstStores): DispatchOptions {
  const startState = startStateOf(host, stores, null, stores.settings.get().environment);
  const handlers: Pick<Handlers, 'session.start'> = {
    'session.start': () => ({ ...startState(), session: null, lockedAgent: null }),
  };
  return {
    handlers,
    currentSession: () => null,
    ready: () => Promise.resolve(),
    traceReading: () => Promise.resolve(),
    onForbidden: () => undefined,
    logError: (place, error) => host.log.error(place, error),
  };
}

export function isAnswered({ handlers }: DispatchOptions, channelName: unknown): channelName is ChannelName {
  return typeof channelName === 'string' && Object.hasOwn(handlers, channelName);
}
