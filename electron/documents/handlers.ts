import type { Handlers } from '../ipc';
import { type FetchChannels, type FetchHandlerDeps, fetchHandlers } from './fetch-handlers';
import { type ReadingChannels, type ReadingHandlerDeps, readingHandlers } from './reading-handlers';

export type DocumentHandlerDeps = FetchHandlerDeps & ReadingHandlerDeps;

export function documentHandlers(deps: DocumentHandlerDeps): Pick<Handlers, FetchChannels | ReadingChannels> {
  return { ...fetchHandlers(deps), ...readingHandlers(deps) };
}
