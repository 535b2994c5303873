import type { Agent } from '../../shared/domain/agent';
import type { RecordEvent } from '../../shared/domain/journal';
import { hasRight } from '../../shared/domain/rights';
import type { Settings } from '../../shared/ipc/settings';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import type { SettingsPort } from '../storage/settings';
import { by, traceOrRefuse } from '../trace';

/** What each agent chooses for himself; the rest commits the organisation and belongs to a responsable. */
const personalSettings: ReadonlySet<keyof Settings> = new Set(['colorScheme', 'firstStepsDone']);

const settingNames: Readonly<Record<keyof Settings, string>> = {
  colorScheme: 'apparence',
  longTimeouts: 'attente longue des fournisseurs lents',
  lockAfterMinutes: 'verrouillage après inactivité (minutes)',
  useV2: 'version 2 d’API Entreprise',
  firstStepsDone: 'premiers pas',
};

export function settingsHandlers(settings: SettingsPort, record: RecordEvent): Pick<Handlers, 'settings.get' | 'settings.update'> {
  return {
    'settings.get': () => settings.get(),
    'settings.update': async (changes, { session }) => {
      const current = settings.get();
      const keys = (Object.keys(changes) as (keyof Settings)[]).filter((key) => changes[key] !== undefined && changes[key] !== current[key]);
      for (const key of keys) assertMayChange(key, session.agent, settings);
      const shared = keys.filter((key) => !personalSettings.has(key));
      if (shared.length > 0) {
        const detail = shared.map((key) => `${settingNames[key]} : ${String(current[key])} → ${String(changes[key])}`).join(' ; ');
        await traceOrRefuse(record, { event: 'settings.changed', outcome: 'success', ...by(session.agent), detail: `Réglages changés (${detail}).` });
      }
      return settings.update(Object.fromEntries(keys.map((key) => [key, changes[key]])));
    },
  };
}

function assertMayChange(key: keyof Settings, agent: Agent, settings: SettingsPort): void {
  if (settings.lockedKeys.has(key)) {
    throw new IpcFailure('forbidden', 'Ce réglage est fixé par votre organisation : il ne se change pas ici.', key);
  }
  if (!personalSettings.has(key) && !hasRight(agent.role, 'settings.manage')) {
    throw new IpcFailure('forbidden', 'Ce réglage vaut pour tout le poste : adressez-vous au responsable.', key);
  }
}
