import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { IpcFailure } from '../ipc-failure';
import { writeDurably } from './durable-file';

/** Time for another program to read the copy; on paper or in a mail, it is its own. */
const LIFE_MS = 60 * 60 * 1_000;

/** Clear copies lent to the reader of the agent's choice; none outlives the session of the app. */
export interface OutsideCopies {
  /** Path of a new private copy. */
  lend(fileName: string, clear: AsyncIterable<Buffer>): Promise<string>;
  /** Deletes every copy, which none keeps longer than an hour anyway: at quit, and at the next start for those that a crash left. */
  clear(): void;
}

/** @param folder beside other people's in a temporary folder that all may write to: another's is neither used nor touched. */
export function createOutsideCopies(folder: string): OutsideCopies {
  return {
    async lend(fileName, clear) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (!isPrivate(folder)) {
        throw new IpcFailure('unavailable', 'Le dossier des copies temporaires de ce poste appartient à quelqu’un d’autre : enregistrez plutôt le document, et prévenez le responsable.');
      }
      const own = join(folder, randomUUID());
      mkdirSync(own, { mode: 0o700 });
      const path = join(own, fileName);
      await writeDurably(path, clear);
      setTimeout(() => removeIfFree(own), LIFE_MS).unref();
      return path;
    },
    clear() {
      if (isPrivate(folder)) removeIfFree(folder);
    },
  };
}

/** Windows keeps what another program still reads: it goes at the next occasion, at the latest at the next start. */
function removeIfFree(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // In use: what could be removed is.
  }
}

/** A folder (not a link to one) of this account, closed to the others; Windows keeps its temporary folders apart itself. */
function isPrivate(folder: string): boolean {
  const facts = lstatSync(folder, { throwIfNoEntry: false });
  if (!facts?.isDirectory()) return false;
  return process.getuid === undefined || (facts.uid === process.getuid() && (facts.mode & 0o077) === 0);
}
