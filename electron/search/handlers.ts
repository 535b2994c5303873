import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import { SearchError, type SearchCompanies } from './company-search';
import type { RecentCompanies } from './recent-companies';

/** One search at a time: what the agent types next replaces what he typed before. */
export function searchHandlers(search: SearchCompanies, recent: RecentCompanies): Pick<Handlers, 'search.companies' | 'search.recent' | 'search.opened'> {
  let current: AbortController | undefined;

  return {
    'search.companies': async ({ text, page, filters }) => {
      current?.abort();
      const controller = new AbortController();
      current = controller;
      try {
        return await search(text, page, controller.signal, filters);
      } catch (error) {
        if (error instanceof SearchError) throw ipcFailureOf(error);
        throw error;
      }
    },
    'search.recent': (_input, { session }) => recent.list(session.agent),
    'search.opened': ({ dossierId, identifier }, { session }) => {
      recent.opened(session.agent, dossierId, identifier);
      return null;
    },
  };
}

function ipcFailureOf(error: SearchError): IpcFailure {
  if (error.reason === 'invalid') return new IpcFailure('invalid_input', error.message, 'text');
  return new IpcFailure(error.reason === 'cancelled' ? 'conflict' : 'unavailable', error.message);
}
