import { randomUUID } from 'node:crypto';

/** Remembers files under way until they end, so that a crash leaves none behind. */
export interface PendingFiles {
  readonly begin: (pending: PendingFile) => void;
  readonly end: (id: string) => void;
}

export interface PendingFile {
  readonly id: string;
  /** Empty when the file belongs to no dossier. */
  readonly dossierId: string;
  readonly dossierTitle: string;
  /** Where the file is written until it gets its name: anywhere that the agent chose. */
  readonly temporaryPath: string;
}

/** Runs what writes at `temporaryPath` and gives the file its name; a start after a crash in between deletes what is there. */
export async function whilePending<T>(pending: PendingFiles, temporaryPath: string, write: () => Promise<T>, about: Partial<PendingFile> = {}): Promise<T> {
  const file = { id: randomUUID(), dossierId: '', dossierTitle: '', ...about, temporaryPath };
  pending.begin(file);
  try {
    return await write();
  } finally {
    forget(pending, file.id);
  }
}

function forget(pending: PendingFiles, id: string): void {
  try {
    pending.end(id);
  } catch {
    // What was written keeps its own outcome: the next start finds nothing there, and forgets it.
  }
}
