import { randomUUID } from 'node:crypto';
import { access, rm } from 'node:fs/promises';
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
    {
      version: 3,
      sql: `
        ALTER TABLE pending_exports ADD COLUMN begun_at INTEGER NOT NULL DEFAULT 0;
        UPDATE pending_exports SET begun_at = unixepoch();
        ALTER TABLE pending_exports ADD COLUMN is_cut INTEGER NOT NULL DEFAULT 0;
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
  /** 1 once a start has found it cut, even if it is not there any more. */
  readonly isCut: 0 | 1;
  /** 1 once it has waited for its folder for too long. */
  readonly isOld: 0 | 1;
}

/** What a start did of a file that was cut: deleted it, or gave up reaching it. */
type Ending = 'deleted' | 'given_up';

/** A folder that is away (a key, a share) is asked for at each start, this many days. */
const GIVEN_UP_AFTER_DAYS = 30;

/** Files under way, remembered on disk before their first byte: a crash leaves none behind for good. */
export interface PendingFiles {
  /** Errors are SQLite's own. */
  begin(temporaryPath: string, subject: FileSubject): { end(): void };
  /**
   * Deletes what a crash had left when these were opened, and forgets each file once `tell` has resolved: what it rejects is
   * told at the next start. One after the other, for a share that does not answer holds whoever asks for it.
   * @throws what `tell` first rejected with, once every file had its turn.
   */
  sweep(tell: (file: PendingFile, ending: Ending) => Promise<void>): Promise<void>;
}

export function createPendingFiles(database: Database): PendingFiles {
  const insert = database.prepare(
    'INSERT INTO pending_exports (id, dossier_id, dossier_title, temporary_path, event, what, begun_at) VALUES (:id, :dossierId, :dossierTitle, :temporaryPath, :event, :what, unixepoch())',
  );
  const left = database.prepare(ALL_PENDING).all() as unknown as readonly PendingFile[];
  const noteCut = database.prepare('UPDATE pending_exports SET is_cut = 1 WHERE id = ?');
  const remove = database.prepare('DELETE FROM pending_exports WHERE id = ?');
  return {
    begin(temporaryPath, { event, what, dossier }) {
      const id = randomUUID();
      insert.run({ id, dossierId: dossier?.id ?? '', dossierTitle: dossier?.title ?? '', temporaryPath, event, what });
      return { end: () => void remove.run(id) };
    },
    async sweep(tell) {
      const failures: unknown[] = [];
      for (const file of left) {
        try {
          const ending = await clear(file, () => noteCut.run(file.id));
          if (ending === 'left') continue;
          if (ending !== 'named') await tell(file, ending);
          remove.run(file.id);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

const ALL_PENDING = `SELECT id, dossier_id AS dossierId, dossier_title AS dossierTitle, temporary_path AS temporaryPath, event, what,
  is_cut AS isCut, begun_at < unixepoch('now', '-${GIVEN_UP_AFTER_DAYS} days') AS isOld FROM pending_exports`;

/**
 * `left` to another start: its folder is away, or somebody holds it. `named`: its temporary gone before anybody deleted it,
 * it had got its name or had been given up by whoever wrote it.
 */
async function clear({ temporaryPath, isCut, isOld }: PendingFile, noteCut: () => void): Promise<Ending | 'left' | 'named'> {
  const away = isOld === 1 ? 'given_up' : 'left';
  if (!(await isThere(dirname(temporaryPath)))) return away;
  const isFound = await isThere(temporaryPath);
  if (isFound) noteCut();
  if (!(await isRemoved(temporaryPath))) return away;
  return isFound || isCut === 1 ? 'deleted' : 'named';
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const ENDINGS: Readonly<Record<Ending, string>> = {
  deleted: 'rien n’est sorti, le fichier commencé a été supprimé.',
  given_up: `son dossier ne s’ouvre pas depuis ${GIVEN_UP_AFTER_DAYS} jours. Le fichier commencé, dont le nom finit par « .part », y est peut-être encore : supprimez-le s’il réapparaît.`,
};

/** The journal says which files a crash has cut. */
export function traceCutFiles(pending: PendingFiles, record: RecordEvent): Promise<void> {
  return pending.sweep(({ event, what, dossierId, dossierTitle }, ending) => {
    const about = dossierId === '' ? {} : { dossierId, dossierTitle };
    return record({ event, outcome: 'failure', agentId: null, agentName: null, ...about, detail: `Écriture interrompue (${what}) : ${ENDINGS[ending]}` });
  });
}

/** True once nothing is there. A copy of the journal is a database, which SQLite writes with a journal of its own. */
export async function isRemoved(temporaryPath: string): Promise<boolean> {
  try {
    for (const suffix of ['', '-journal']) await rm(temporaryPath + suffix, { force: true });
    return true;
  } catch {
    return false;
  }
}
