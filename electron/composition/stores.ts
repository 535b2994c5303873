import { setImmediate as nextTurn } from 'node:timers/promises';

import { PURGE_ID, type RecordEvent } from '../../shared/domain/journal';
import type { Host } from '../host';
import { fileHeadWitness, generateSealKey, type HeadWitness, type Journal, JournalWorker, openJournal, placeRestored, type SealKey, sealKeyFromPrivate } from '../journal';
import { createDataCipher, type DataCipher } from '../storage/data-cipher';
import type { Database } from '../storage/database';
import { type KeyRing, openKeyRing } from '../storage/key-ring';
import { Secret } from '../storage/secret';
import { createVault, type Vault } from '../storage/vault';
import { type FirstStores, openFirstStores } from './first-stores';

const SEAL_KEY_NAME = 'journal-seal-key';

/** Everything that is kept on this workstation, opened. */
export interface Stores extends FirstStores {
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
 * Opens the rest, one after the other, with a turn of the loop in between.
 * @throws what `startFailureSentence` puts in words; nothing on disk is changed by a failed start.
 */
export async function openStores(host: Host, first: FirstStores = openFirstStores(host)): Promise<Stores> {
  const { clock } = host;
  const { paths, database } = first;
  const vault = createVault(database, ...host.ciphers);
  const sealKey = sealKeyOf(vault);
  await nextTurn();
  const witnessPath = `${paths.journal}.head`;
  const replacedJournalKeptAt = placeRestored(paths.journal, witnessPath, clock.now());
  const witness = fileHeadWitness(witnessPath);
  const journal = openJournal({
    ...{ path: paths.journal, clock, workstation: host.workstation, sealKey, witness },
    onNotices: () => host.notify('notices.changed', null),
    onPurgeProgress: ({ done, total }) => host.notify('journal.exportProgress', { exportId: PURGE_ID, written: done, total }),
  });
  await nextTurn();
  const record = recorderOf(journal);
  const worker = new JournalWorker({ bundlePath: host.workerPath('journal-worker'), journalPath: paths.journal });
  const keyRing = openKeyRing({ path: paths.dataKey, ciphers: host.ciphers, hasSealedData: () => hasSealedData(database) });
  const cipher = createDataCipher(keyRing);
  return { ...first, replacedJournalKeptAt, vault, keyRing, cipher, journal, record, worker, sealKey, witness };
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
