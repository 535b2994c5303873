import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';

import type { Database } from '../storage/database';

/**
 * Writes a consistent copy of the journal at `target`, whole or not at all, while rows go on being written.
 * @param temporary where it is written until it is whole; nothing is there.
 * Errors are SQLite's and the file system's own.
 * @returns hexadecimal SHA-256 of the copy.
 */
export async function backUpTo(database: Database, target: string, temporary: string): Promise<string> {
  try {
    database.prepare('VACUUM INTO ?').run(temporary);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(temporary)) hash.update(chunk as Buffer);
    await rename(temporary, target);
    return hash.digest('hex');
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
