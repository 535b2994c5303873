import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writeDurably } from './file-store';

/** Clear copies lent to the reader of the agent's choice; none outlives the session of the app. */
export interface OutsideCopies {
  /** Path of a new private copy. */
  lend(fileName: string, clear: AsyncIterable<Buffer>): Promise<string>;
  /** Deletes every copy: at quit, and at the next start for those that a crash left. */
  clear(): void;
}

export function createOutsideCopies(folder: string): OutsideCopies {
  return {
    async lend(fileName, clear) {
      const own = join(folder, randomUUID());
      mkdirSync(own, { recursive: true, mode: 0o700 });
      const path = join(own, fileName);
      await writeDurably(path, clear);
      return path;
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Writes where the agent chose: whole, or not at all. */
export async function saveAtomically(path: string, clear: AsyncIterable<Buffer>): Promise<void> {
  const partial = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await writeDurably(partial, clear);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
