import type { Settings } from '../../shared/ipc/settings';
import type { Host } from '../host';
import { StartFailure } from '../start-failure';
import { type Database, openDatabase } from '../storage/database';
import { type AppPaths, appPaths } from '../storage/paths';
import { type MachinePolicy, readPolicy } from '../storage/policy';
import { createSettings, type SettingsPort } from '../storage/settings';
import { assertFormatsKnown, storedSchemas } from './stored-formats';

/** What the first screen is drawn from: no secret, and nothing that proves. */
export interface FirstStores {
  readonly paths: AppPaths;
  readonly policy: MachinePolicy;
  readonly settings: SettingsPort;
  readonly database: Database;
  readonly damagedFileKeptAt: string | null;
}

/** @throws what `startFailureSentence` puts in words; nothing on disk is changed by a failed start. */
export function openFirstStores(host: Host): FirstStores {
  const paths = appPaths(host.userDataPath);
  const policy = policyOf(host);
  assertFormatsKnown(paths, host.settingsFile);
  const settings = createSettings(host.settingsFile, policySettings(policy));
  leaveForbiddenEnvironment(settings, policy);
  const { database, damagedFileKeptAt } = openDatabase(paths.database, storedSchemas, () => host.clock.now());
  return { paths, policy, settings, database, damagedFileKeptAt };
}

function policyOf(host: Host): MachinePolicy {
  const policy = readPolicy(host.policyPath, host.readRegistry);
  if (!policy.ok) throw new StartFailure(policy.message);
  return policy.value;
}

/** What the organisation has set among the settings; nobody changes it on screen. */
function policySettings(policy: MachinePolicy): Partial<Settings> {
  const { lockAfterMinutes, organisation, recipient, contexts, proxyUrl, proxyPacUrl, noProxy, proxyUser, proxyAccountFor } = policy;
  const only = policy.allowedEnvironments?.length === 1 ? policy.allowedEnvironments[0] : undefined;
  const proxyMode = policy.proxyMode ?? (proxyUrl !== undefined ? 'manual' : proxyPacUrl !== undefined ? 'pac' : undefined);
  const set = { lockAfterMinutes, organisation, recipient, contexts, proxyUrl, proxyPacUrl, noProxy, proxyUser, proxyAccountFor, proxyMode, environment: policy.environment ?? only };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
}

/** Chosen before the organisation forbade it: this workstation goes on in the first environment that it allows. */
function leaveForbiddenEnvironment(settings: SettingsPort, { allowedEnvironments }: MachinePolicy): void {
  const [first] = allowedEnvironments ?? [];
  if (first !== undefined && !allowedEnvironments?.includes(settings.get().environment)) settings.update({ environment: first });
}
