import { UntracedError } from '../consultation/ports';
import { IpcFailure } from '../ipc-failure';

/** Why a file could not be written, and what to do. */
function fileFailureSentence(error: unknown): string {
  if (error instanceof UntracedError) return error.message;
  const text = error instanceof Error ? error.message : '';
  if (/ENOSPC|full/.test(text)) return 'Le disque est plein : le fichier n’a pas été enregistré. Libérez de la place, puis réessayez.';
  if (/EACCES|EPERM|EROFS|unable to open|readonly/.test(text)) return 'Ce dossier n’accepte pas l’écriture : choisissez-en un autre.';
  if (/too many lines/.test(text)) return 'Une feuille Excel ne peut contenir autant de lignes : réduisez la période ou choisissez CSV.';
  return 'Le fichier n’a pas pu être enregistré. Réessayez, au besoin dans un autre dossier.';
}

/** What is written, or why not in words. @throws {IpcFailure} */
export async function orFileFailure<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw fileFailure(error);
  }
}

/**
 * The same for a file whose going out the journal has told already: when it does not, `tell` is given the line that says so.
 * @throws {IpcFailure}
 */
export async function orToldMissed<T>(what: string, work: () => Promise<T>, tell: (detail: string) => Promise<unknown>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = fileFailure(error);
    await tell(`Enregistrement manqué (${what}) : rien n’est sorti. ${failure.message}`).catch(() => undefined);
    throw failure;
  }
}

/** Why a file could not be written, in words for the screen; a failure that is in words already stays as it is. */
export function fileFailure(error: unknown): IpcFailure {
  return error instanceof IpcFailure ? error : new IpcFailure('unavailable', fileFailureSentence(error));
}
