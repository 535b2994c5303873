import { UntracedError } from '../consultation/ports';

export type JournalWriteReason = 'disk_full' | 'read_only' | 'locked' | 'damaged' | 'failing_disk' | 'closed' | 'unknown';

const sentences: Readonly<Record<JournalWriteReason, string>> = {
  disk_full: 'Le disque est plein : l’historique ne peut plus être écrit. Libérez de la place, puis réessayez.',
  read_only: 'Le dossier de l’historique est en lecture seule. Demandez à l’administrateur du poste d’y autoriser l’écriture.',
  locked: 'Un autre programme tient le fichier de l’historique. Fermez-le, puis réessayez.',
  damaged: 'Le fichier de l’historique est endommagé. Restaurez la dernière sauvegarde ou prévenez l’administrateur du poste.',
  failing_disk: 'Le disque ne lit ou n’écrit plus l’historique correctement. Prévenez votre service informatique avant de continuer : le disque est à vérifier, et la dernière sauvegarde peut être restaurée.',
  closed: 'L’historique est fermé : relancez l’application.',
  unknown: 'L’historique n’a pas pu être écrit. Réessayez ; si cela revient, prévenez l’administrateur du poste.',
};

/** The trace is not on disk: the caller must not go on. The message is a French sentence for the screen. */
export class JournalWriteError extends UntracedError {
  constructor(
    readonly reason: JournalWriteReason,
    options?: ErrorOptions,
  ) {
    super(sentences[reason], options);
    this.name = 'JournalWriteError';
  }
}

const patterns: readonly (readonly [JournalWriteReason, RegExp])[] = [
  ['disk_full', /full|ENOSPC/i],
  ['read_only', /readonly|read-only|unable to open|EACCES|EPERM|EROFS/i],
  ['locked', /locked|busy/i],
  ['damaged', /malformed|not a database|corrupt/i],
  ['failing_disk', /disk I\/O|\bEIO\b/i],
];

export function toJournalWriteError(error: unknown): JournalWriteError {
  if (error instanceof JournalWriteError) return error;
  const text = error instanceof Error ? error.message : '';
  const reason = patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? 'unknown';
  return new JournalWriteError(reason, { cause: error });
}

/** The file, or the disk under it, cannot be relied upon: trying again does not help. */
export function isFileLost({ reason }: JournalWriteError): boolean {
  return reason === 'damaged' || reason === 'failing_disk';
}

/** What a journal says where it can be read, `fallback` where its file is damaged. */
export function readableOr<T>(fallback: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isFileLost(toJournalWriteError(error))) return fallback;
    throw error;
  }
}
