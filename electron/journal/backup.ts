import type { Database } from '../storage/database';

/** Writes a consistent copy of the journal at `target`, which must not exist. Errors are SQLite's own. */
export function backUpTo(database: Database, target: string): void {
  database.prepare('VACUUM INTO ?').run(target);
}
