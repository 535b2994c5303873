import { JournalWriteError } from './journal';
import { DatabaseLockedError } from './storage/database';
import { NewerDataError } from './storage/newer-data';
import { UndecryptableSecretError } from './storage/vault';

/** The application cannot start; the message is a French sentence that says why and what to do. */
export class StartFailure extends Error {}

/** Puts in words what keeps the application from starting. Nothing is changed on disk by a failed start. */
export function startFailureSentence(error: unknown): string {
  if (error instanceof StartFailure || error instanceof JournalWriteError) return error.message;
  if (error instanceof DatabaseLockedError) {
    return 'Les données d’Instruire sont utilisées par un autre programme (une autre session ou une sauvegarde en cours). Fermez-le puis réessayez ; rien n’a été perdu.';
  }
  if (error instanceof NewerDataError) {
    return `Une version plus récente d’Instruire a déjà servi sur ce poste : celle-ci ne sait pas lire ${error.what}. Installez la version la plus récente ; rien n’a été modifié.`;
  }
  if (error instanceof UndecryptableSecretError) {
    return 'Le trousseau de cette session n’ouvre pas les secrets de ce poste : il est absent, verrouillé, ou ce n’est pas celui qui les a reçus. Déverrouillez-le (sous Linux : GNOME Keyring ou KWallet), puis réessayez ; s’il l’est déjà, fermez puis rouvrez votre session, ou prévenez votre service informatique. Rien n’a été perdu ni modifié : tout s’ouvrira avec lui.';
  }
  if (isSystemError(error, 'ENOSPC') || saysSqlite(error, /disk is full/i)) return 'Le disque est plein : libérez de l’espace puis réessayez. Rien n’a été perdu.';
  if (isSystemError(error, 'EACCES') || isSystemError(error, 'EROFS') || isSystemError(error, 'EPERM') || saysSqlite(error, /readonly database|unable to open database/i)) {
    return 'Le dossier des données d’Instruire n’est pas accessible en écriture : demandez ce droit à votre service informatique.';
  }
  if (isSystemError(error, 'EIO') || saysSqlite(error, /disk I\/O error/i)) {
    return 'Le disque de ce poste ne lit ou n’écrit plus correctement les données d’Instruire : rien n’a été modifié. Prévenez votre service informatique avant de réessayer.';
  }
  return 'Instruire n’a pas pu démarrer. Réessayez ; si cela se reproduit, transmettez le journal technique à votre service informatique.';
}

/** SQLite's errors carry no code of the system: their text says what it met. */
function saysSqlite(error: unknown, text: RegExp): boolean {
  return error instanceof Error && text.test(error.message);
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}
