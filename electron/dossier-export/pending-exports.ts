import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import type { PendingFile, PendingFiles } from '../files/pending-file';
import type { Database, FeatureSchema } from '../storage/database';

export const exportsSchema: FeatureSchema = {
  feature: 'dossier-exports',
  migrations: [
    {
      version: 1,
      sql: `
        CREATE TABLE pending_exports (
          id TEXT PRIMARY KEY,
          dossier_id TEXT NOT NULL,
          dossier_title TEXT NOT NULL,
          temporary_path TEXT NOT NULL
        ) STRICT;
      `,
    },
  ],
};

/** Files under way, remembered on disk before their first byte: a crash leaves none behind for good. */
export interface PendingExports extends PendingFiles {
  /** Deletes what a crash left; answers the exports that were cut. Done at start, before any export. */
  sweep(): readonly PendingFile[];
}

export function createPendingExports(database: Database): PendingExports {
  const insert = database.prepare('INSERT INTO pending_exports (id, dossier_id, dossier_title, temporary_path) VALUES (:id, :dossierId, :dossierTitle, :temporaryPath)');
  const all = database.prepare('SELECT id, dossier_id AS dossierId, dossier_title AS dossierTitle, temporary_path AS temporaryPath FROM pending_exports');
  const remove = database.prepare('DELETE FROM pending_exports WHERE id = ?');
  return {
    begin: (pending) => void insert.run({ ...pending }),
    end: (id) => void remove.run(id),
    sweep() {
      const pending = all.all() as unknown as PendingFile[];
      return pending.filter(({ id, temporaryPath }) => {
        // Its folder is away (a key, a share), or somebody holds it: another start deletes it.
        if (!existsSync(dirname(temporaryPath))) return false;
        // Its temporary gone, an export had already got its name, or had been given up.
        const isCut = existsSync(temporaryPath);
        if (!isDeleted(temporaryPath)) return false;
        remove.run(id);
        return isCut;
      });
    },
  };
}

/** A copy of the journal is a database, which SQLite writes with a journal of its own. */
function isDeleted(temporaryPath: string): boolean {
  try {
    for (const suffix of ['', '-journal']) rmSync(temporaryPath + suffix, { force: true });
    return true;
  } catch {
    return false;
  }
}
