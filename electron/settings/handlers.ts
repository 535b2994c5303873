import { isDeepStrictEqual } from 'node:util';

import type { Agent } from '../../shared/domain/agent';
import { type Checked, invalid } from '../../shared/domain/checked';
import type { Environment } from '../../shared/domain/environment';
import type { RecordEvent } from '../../shared/domain/journal';
import { hasRight } from '../../shared/domain/rights';
import type { Settings } from '../../shared/ipc/settings';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import { type SettingsPort, viewOfSettings } from '../storage/settings';
import { by, traceOrRefuse } from '../trace';
import { changeWords, isShared } from './change-words';

/**
 * @param canWorkIn whether this workstation is fit for an environment, with the reason when it is not.
 * @param onWayChange called once calls must leave by another way.
 */
export function settingsHandlers(
  settings: SettingsPort,
  record: RecordEvent,
  canWorkIn: (environment: Environment) => Checked<null>,
  onWayChange: () => void = () => undefined,
): Pick<Handlers, 'settings.get' | 'settings.update'> {
  return {
    'settings.get': () => viewOfSettings(settings),
    'settings.update': async (changes, { session }) => {
      const current = settings.get();
      const keys = (Object.keys(changes) as (keyof typeof changes)[]).filter((key) => changes[key] !== undefined && !isDeepStrictEqual(changes[key], current[key]));
      for (const key of keys) assertMayChange(key, session.agent, settings);
      if (keys.includes('environment')) assertFit(checkEnvironment(changes.environment ?? current.environment, canWorkIn));
      const shared = keys.filter(isShared);
      if (shared.length > 0) {
        const detail = shared.map((key) => changeWords(key, current, changes)).join('\u00a0; ');
        await traceOrRefuse(record, { event: 'settings.changed', outcome: 'success', ...by(session.agent), detail: `Réglages changés (${detail}).` });
      }
      settings.update(Object.fromEntries(keys.map((key) => [key, changes[key]])));
      if (keys.some((key) => key.startsWith('proxy') || key === 'noProxy')) onWayChange();
      return viewOfSettings(settings);
    },
  };
}

function assertMayChange(key: keyof Settings, agent: Agent, settings: SettingsPort): void {
  if (settings.lockedKeys.has(key)) {
    throw new IpcFailure('forbidden', 'Ce réglage est fixé par votre organisation : adressez-vous à votre service informatique pour le changer.', key);
  }
  if (isShared(key) && !hasRight(agent.role, 'settings.manage')) {
    throw new IpcFailure('forbidden', 'Ce réglage vaut pour tout le poste : adressez-vous au responsable.', key);
  }
}

/** The relay's address is the machine policy's to give: the screen cannot choose it. */
function checkEnvironment(environment: Environment, canWorkIn: (environment: Environment) => Checked<null>): Checked<null> {
  if (environment === 'gateway') return invalid('La passerelle se déclare dans la politique du poste, avec son adresse : adressez-vous à votre service informatique.');
  return canWorkIn(environment);
}

function assertFit(checked: Checked<null>): void {
  if (!checked.ok) throw new IpcFailure('refused', checked.message, 'environment');
}
