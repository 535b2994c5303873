import type { Handlers } from '../ipc';
import type { Dossiers } from './dossiers';

export function dossierHandlers(dossiers: Dossiers): Pick<
  Handlers,
  | 'dossiers.list'
  | 'dossiers.tags'
  | 'dossiers.get'
  | 'dossiers.create'
  | 'dossiers.update'
  | 'dossiers.duplicate'
  | 'dossiers.addCompany'
  | 'dossiers.removeCompany'
> {
  return {
    'dossiers.list': ({ sort, limit, offset, ...filter }, { session }) => dossiers.list(session.agent, filter, { sort, limit, offset }),
    'dossiers.tags': (_, { session }) => dossiers.tags(session.agent),
    'dossiers.get': ({ id }, { session }) => dossiers.get(session.agent, id),
    'dossiers.create': (draft, { session }) => dossiers.create(session.agent, draft),
    'dossiers.update': ({ id, draft }, { session }) => dossiers.update(session.agent, id, draft),
    'dossiers.duplicate': ({ id }, { session }) => dossiers.duplicate(session.agent, id),
    'dossiers.addCompany': ({ id, ...company }, { session }) => dossiers.addCompany(session.agent, id, company),
    'dossiers.removeCompany': async ({ id, identifier }, { session }) => {
      await dossiers.removeCompany(session.agent, id, identifier);
      return null;
    },
  };
}
