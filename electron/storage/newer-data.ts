import { existsSync } from 'node:fs';

import { DatabaseSync } from '@photostructure/sqlite';

import { type Database, type FeatureSchema, storedVersions } from './database';

/** Kept data were written by a later version of the application: this one would lose what it does not know. */
export class NewerDataError extends Error {
  /** @param what the data concerned, in French, with their article. */
  constructor(readonly what: string) {
    super(`newer data: ${what}`);
    this.name = 'NewerDataError';
  }
}

/** @throws {NewerDataError} when a feature, or a step of one, is not among `schemas`; the file is only read. */
export function assertDatabaseKnown(path: string, schemas: readonly FeatureSchema[], what: string): void {
  const known = new Map(schemas.map(({ feature, migrations }) => [feature, migrations.at(-1)?.version ?? 0]));
  const stored = peek(path, storedVersions) ?? new Map<string, number>();
  for (const [feature, version] of stored) {
    if (version > (known.get(feature) ?? 0)) throw new NewerDataError(what);
  }
}

/** The same for a database that keeps one number for all its tables. @throws {NewerDataError} */
export function assertUserVersionKnown(path: string, newestKnown: number, what: string): void {
  const version = peek(path, (database) => (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version);
  if ((version ?? 0) > newestKnown) throw new NewerDataError(what);
}

/** Null without a file, or when it cannot be read: opening it for good then says why. */
function peek<T>(path: string, read: (database: Database) => T): T | null {
  if (!existsSync(path)) return null;
  let database: Database | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    return read(database);
  } catch {
    return null;
  } finally {
    database?.close();
  }
}
