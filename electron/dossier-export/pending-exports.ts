import { existsSync, rmSync } from 'node:fs';

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

export interface PendingExport {
  readonly id: string;
  readonly dossierId: string;
  readonly dossierTitle: string;
  /** Where the file is written until it gets its name: anywhere that the agent chose. */
  readonly temporaryPath: string;
}

/** Files under way, remembered on disk before their first byte: a crash leaves none behind for good. */
export interface PendingExports {
  begin(pending: PendingExport): void;
  end(id: string): void;
  /** Deletes what a crash left; answers the exports that were cut. Done at start, before any export. */
  sweep(): readonly PendingExport[];
}

export function createPendingExports(database: Database): PendingExports {
  const insert = database.prepare('INSERT INTO pending_exports (id, dossier_id, dossier_title, temporary_path) VALUES (:id, :dossierId, :dossierTitle, :temporaryPath)');
  const all = database.prepare('SELECT id, dossier_id AS dossierId, dossier_title AS dossierTitle, temporary_path AS temporaryPath FROM pending_exports');
  const remove = database.prepare('DELETE FROM pending_exports WHERE id = ?');
  return {
    begin: (pending) => void insert.run({ ...pending }),
    end: (id) => void remove.run(id),
    sweep() {
      const pending = all.all() as unknown as PendingExport[];
      // Its temporary gone, an export had already got its name, or had been given up.
      const cut = pending.filter(({ temporaryPath }) => existsSync(temporaryPath));
      for (const { temporaryPath } of cut) rmSync(temporaryPath, { force: true });
      for (const { id } of pending) remove.run(id);
      return cut;
    },
  };
}
