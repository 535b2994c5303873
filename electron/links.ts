import { IpcFailure } from './ipc-failure';
import type { Handlers } from './ipc';

/** Sites that the screens may send the agent to; compared by exact origin. */
export const OPENABLE_ORIGINS: ReadonlySet<string> = new Set([
  'https://entreprise.api.gouv.fr',
  'https://datapass.api.gouv.fr',
  'https://status.entreprise.api.gouv.fr',
  'https://annuaire-entreprises.data.gouv.fr',
  'https://www.data.gouv.fr',
  'https://www.cnil.fr',
  'https://www.legifrance.gouv.fr',
  'https://www.opqibi.com',
]);

/** The address as a browser reads it, when its site is known and it carries no user name; undefined otherwise. */
export function openableUrl(text: string): string | undefined {
  try {
    const url = new URL(text);
    const hasCredentials = url.username !== '' || url.password !== '';
    return OPENABLE_ORIGINS.has(url.origin) && !hasCredentials ? url.href : undefined;
  } catch {
    return undefined;
  }
}

export function linkHandlers(openExternal: (url: string) => Promise<void>): Pick<Handlers, 'app.openLink'> {
  return {
    'app.openLink': async ({ url }) => {
      const openable = openableUrl(url);
      if (openable === undefined) throw new IpcFailure('refused', 'L’application n’ouvre pas ce site.', 'url');
      try {
        await openExternal(openable);
      } catch {
        throw new IpcFailure('unavailable', 'Aucun navigateur n’a pu ouvrir cette page : recopiez son adresse dans le vôtre.');
      }
      return null;
    },
  };
}
