import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';

import type { CallStop } from '../consultation/ports';
import type { Database } from '../storage/database';
import { Secret } from '../storage/secret';
import type { Vault } from '../storage/vault';
import { type Check, fault, type Finding, ok, warning } from './finding';

const GIB = 1_073_741_824;
const LITTLE_BYTES = 2 * GIB;
const TOO_LITTLE_BYTES = GIB / 4;

export interface LocalChecksDeps {
  readonly vault: Vault;
  readonly database: Database;
  /** Whether the journal can be read and its head is where it was left; a sentence when not. */
  readonly checkJournal: () => string | null;
  /** What its last reading has shown, when that keeps calls from leaving. */
  readonly journalStop: () => CallStop | null;
  readonly folder: string;
}

/** What a call needs on this very machine. */
export function localChecks({ vault, database, checkJournal, journalStop, folder }: LocalChecksDeps): Record<'keychain' | 'database' | 'disk', Check> {
  return {
    keychain: () => Promise.resolve(checkKeychain(vault)),
    database: () => Promise.resolve(checkDatabases(database, checkJournal, journalStop())),
    disk: () => checkDisk(folder),
  };
}

/** Seals something and opens it again: apart from the database, which has a check of its own. */
function checkKeychain(vault: Vault): Finding {
  if (vault.kind !== 'keychain') {
    return warning('Ce poste n’a pas de trousseau système : seul le bac à sable est utilisable.', 'Dites à votre service informatique : ouvrez un trousseau dans la session (Credential Manager, Keychain, GNOME Keyring ou KWallet), puis relancez Instruire.');
  }
  const trial = randomUUID();
  try {
    if (vault.sealAndOpen(new Secret(trial)).reveal() === trial) return ok('Le trousseau du système scelle et rend un secret d’essai.');
    return fault('Le trousseau n’a pas rendu ce qui lui était confié.', 'Fermez puis rouvrez votre session ; sinon, prévenez votre service informatique.');
  } catch {
    return fault('Le trousseau du système ne s’ouvre pas.', 'Déverrouillez-le, ou fermez puis rouvrez votre session ; sinon, prévenez votre service informatique.');
  }
}

function checkDatabases(database: Database, checkJournal: () => string | null, stop: CallStop | null): Finding {
  const journalFault = checkJournal();
  const mend = 'Cessez de travailler sur ce poste, copiez le dossier de données, et prévenez votre service informatique : une sauvegarde de l’historique se restaure depuis « Historique ».';
  if (!isSound(database)) return fault('Le fichier des dossiers est endommagé.', mend);
  if (stop) return fault(stop.message, stop.advice);
  if (journalFault !== null) return fault(journalFault, mend);
  return ok('Le fichier des dossiers et celui de l’historique sont sains.');
}

/** A file that is spoilt enough is not even read. */
function isSound(database: Database): boolean {
  try {
    return (database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string }).quick_check === 'ok';
  } catch {
    return false;
  }
}

async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const facts = { 'Place libre': `${(free / GIB).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Gio` };
  const mend = 'Libérez de la place sur ce disque : sans elle, l’historique ne s’écrit plus et aucun appel ne part.';
  if (free < TOO_LITTLE_BYTES) return fault('Le disque est presque plein.', mend, facts);
  return free < LITTLE_BYTES ? warning('Il reste peu de place sur le disque.', mend, facts) : ok('Il reste de la place sur le disque.', facts);
}
