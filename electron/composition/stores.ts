import { setImmediate as nextTurn } from 'node:timers/promises';

import type { RecordEvent } from '../../shared/domain/journal';
import type { Settings } from '../../shared/ipc/settings';
import type { Host } from '../host';
import { fileHeadWitness, generateSealKey, type HeadWitness, type Journal, JournalWorker, openJournal, placeRestored, type SealKey, sealKeyFromPrivate } from '../journal';
import { StartFailure } from '../start-failure';
import { createDataCipher, type DataCipher } from '../storage/data-cipher';
import { type Database, openDatabase } from '../storage/database';
import { type AppPaths, appPaths } from '../storage/paths';
import { type MachinePolicy, readPolicy } from '../storage/policy';
import { type KeyRing, openKeyRing } from '../storage/key-ring';
import { Secret } from '../storage/secret';
import { createSettings, type SettingsPort } from '../storage/settings';
import { createVault, type Vault } from '../storage/vault';
import { assertFormatsKnown, storedSchemas } from './stored-formats';

const SEAL_KEY_NAME = 'journal-seal-key';

/** Everything that is kept on this workstation, opened. */
export interface Stores {
  readonly paths: AppPaths;
  readonly policy: MachinePolicy;
  readonly settings: SettingsPort;
  readonly database: Database;
  readonly damagedFileKeptAt: string | null;
  /** Set when a backup of the journal was put in place at this start. */
  readonly replacedJournalKeptAt: string | null;
  readonly vault: Vault;
  readonly keyRing: KeyRing;
  readonly cipher: DataCipher;
  readonly journal: Journal;
  readonly record: RecordEvent;
  readonly worker: JournalWorker;
  readonly sealKey: SealKey;
  readonly witness: HeadWitness;
}

/**
 * Opens one after the other, with a turn of the loop in between: the window's page is sent meanwhile.
 * @throws what `startFailureSentence` puts in words; nothing on disk is changed by a failed start.
 */
export async function openStores(host: Host): Promise<Stores> {
  const { clock } = host;
  const paths = appPaths(host.userDataPath);
  const policy = policyOf(host);
  assertFormatsKnown(paths, host.settingsFile);
  const settings = createSettings(host.settingsFile, policySettings(policy));
  leaveForbiddenEnvironment(settings, policy);
  const { database, damagedFileKeptAt } = openDatabase(paths.database, storedSchemas, () => clock.now());
  await nextTurn();
  const vault = createVault(database, ...host.ciphers);
  const sealKey = sealKeyOf(vault);
  await nextTurn();
  const witnessPath = `${paths.journal}.head`;
  const replacedJournalKeptAt = placeRestored(paths.journal, witnessPath, clock.now());
  const witness = fileHeadWitness(witnessPath);
  const journal = openJournal({ path: paths.journal, clock, workstation: host.workstation, sealKey, witness, onNotices: () => host.notify('notices.changed', null) });
  await nextTurn();
  const record = recorderOf(journal);
  const worker = new JournalWorker({ bundlePath: host.workerPath('journal-worker'), journalPath: paths.journal });
  const keyRing = openKeyRing({ path: paths.dataKey, ciphers: host.ciphers, hasSealedData: () => hasSealedData(database) });
  const cipher = createDataCipher(keyRing);
  return { paths, policy, settings, database, damagedFileKeptAt, replacedJournalKeptAt, vault, keyRing, cipher, journal, record, worker, sealKey, witness };
}

function policyOf(host: Host): MachinePolicy {
  const policy = readPolicy(host.policyPath, host.readRegistry);
  if (!policy.ok) throw new StartFailure(policy.message);
  return policy.value;
}

/** What the organisation has set among the settings; nobody changes it on screen. */
function policySettings(policy: MachinePolicy): Partial<Settings> {
  const { lockAfterMinutes, organisation, recipient, contexts, proxyUrl, proxyPacUrl, noProxy, proxyUser } = policy;
  const only = policy.allowedEnvironments?.length === 1 ? policy.allowedEnvironments[0] : undefined;
  const proxyMode = policy.proxyMode ?? (proxyUrl !== undefined ? 'manual' : proxyPacUrl !== undefined ? 'pac' : undefined);
  const set = { lockAfterMinutes, organisation, recipient, contexts, proxyUrl, proxyPacUrl, noProxy, proxyUser, proxyMode, environment: policy.environment ?? only };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
}

/** Chosen before the organisation forbade it: this workstation goes on in the first environment that it allows. */
function leaveForbiddenEnvironment(settings: SettingsPort, { allowedEnvironments }: MachinePolicy): void {
  const [first] = allowedEnvironments ?? [];
  if (first !== undefined && !allowedEnvironments?.includes(settings.get().environment)) settings.update({ environment: first });
}

/** The workstation's seal key: made once, kept by the vault. */
function sealKeyOf(vault: Vault): SealKey {
  const known = vault.secret(SEAL_KEY_NAME);
  if (known) return sealKeyFromPrivate(Buffer.from(known.reveal(), 'base64'));
  const { key, pkcs8 } = generateSealKey();
  vault.setSecret(SEAL_KEY_NAME, new Secret(pkcs8.toString('base64')));
  return key;
}

function recorderOf(journal: Journal): RecordEvent {
  return async ({ agentId, agentName, ...event }) => {
    await journal.record({ ...event, agent: agentId === null ? null : { id: agentId, displayName: agentName ?? '' } });
  };
}

function hasSealedData(database: Database): boolean {
  const row = database.prepare('SELECT EXISTS (SELECT 1 FROM answers) OR EXISTS (SELECT 1 FROM documents) OR EXISTS (SELECT 1 FROM supplied_pieces) AS found').get() as { found: number };
  return row.found === 1;
}
