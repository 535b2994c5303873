import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

import type { Database } from '../storage/database';

/**
 * Writes a consistent copy of the journal at `path`, where nothing is, while rows go on being written.
 * Errors are SQLite's and the file system's own.
 * @returns hexadecimal SHA-256 of the copy.
 */
export async function backUpTo(database: Database, path: string): Promise<string> {
  database.prepare('VACUUM INTO ?').run(path);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
