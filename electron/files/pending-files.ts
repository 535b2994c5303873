import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import type { RecordEvent, TracedEvent } from '../../shared/domain/journal';
import type { Database, FeatureSchema } from '../storage/database';

export const pendingFilesSchema: FeatureSchema = {
  // Its first files were exports of dossiers.
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
    {
      version: 2,
      sql: `
        ALTER TABLE pending_exports ADD COLUMN event TEXT NOT NULL DEFAULT 'data.exported';
        ALTER TABLE pending_exports ADD COLUMN what TEXT NOT NULL DEFAULT 'export';
      `,
    },
  ],
};

/** What is written, as the journal will say it if it is cut. */
export interface FileSubject {
  readonly event: TracedEvent['event'];
  /** In a few French words: `copie de sauvegarde de l’historique`. */
  readonly what: string;
  /** Null or absent when the file belongs to no dossier. */
  readonly dossier?: { readonly id: string; readonly title: string } | null;
}

interface PendingFile {
  readonly id: string;
  readonly event: TracedEvent['event'];
  readonly what: string;
  /** Empty when the file belongs to no dossier. */
  readonly dossierId: string;
  readonly dossierTitle: string;
  /** Where the file is written until it gets its name: anywhere that the agent chose. */
  readonly temporaryPath: string;
}

/** Files under way, remembered on disk before their first byte: a crash leaves none behind for good. */
export interface PendingFiles {
  /** Errors are SQLite's own. */
  begin(temporaryPath: string, subject: FileSubject): { end(): void };
  /** Deletes what a crash left; answers the files that were cut. Done at start, before any is written. */
  sweep(): readonly PendingFile[];
}

export function createPendingFiles(database: Database): PendingFiles {
  const insert = database.prepare(
    'INSERT INTO pending_exports (id, dossier_id, dossier_title, temporary_path, event, what) VALUES (:id, :dossierId, :dossierTitle, :temporaryPath, :event, :what)',
  );
  const all = database.prepare('SELECT id, dossier_id AS dossierId, dossier_title AS dossierTitle, temporary_path AS temporaryPath, event, what FROM pending_exports');
  const remove = database.prepare('DELETE FROM pending_exports WHERE id = ?');
  return {
    begin(temporaryPath, { event, what, dossier }) {
      const id = randomUUID();
      insert.run({ id, dossierId: dossier?.id ?? '', dossierTitle: dossier?.title ?? '', temporaryPath, event, what });
      return { end: () => void remove.run(id) };
    },
    sweep() {
      const pending = all.all() as unknown as PendingFile[];
      return pending.filter(({ id, temporaryPath }) => {
        // Its folder is away (a key, a share), or somebody holds it: another start deletes it.
        if (!existsSync(dirname(temporaryPath))) return false;
        // Its temporary gone, it had already got its name, or had been given up.
        const isCut = existsSync(temporaryPath);
        if (!isRemoved(temporaryPath)) return false;
        remove.run(id);
        return isCut;
      });
    },
  };
}

/** The journal says which files a crash has cut. */
export async function traceCutFiles(pending: PendingFiles, record: RecordEvent): Promise<void> {
  for (const { event, what, dossierId, dossierTitle } of pending.sweep()) {
    const about = dossierId === '' ? {} : { dossierId, dossierTitle };
    const detail = `Écriture interrompue (${what}) : rien n’est sorti, le fichier commencé a été supprimé.`;
    await record({ event, outcome: 'failure', agentId: null, agentName: null, ...about, detail });
  }
}

/** True once nothing is there. A copy of the journal is a database, which SQLite writes with a journal of its own. */
export function isRemoved(temporaryPath: string): boolean {
  try {
    for (const suffix of ['', '-journal']) rmSync(temporaryPath + suffix, { force: true });
    return true;
  } catch {
    return false;
  }
}
